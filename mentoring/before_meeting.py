"""Values that a mentor reads before the next meeting. It holds only what the mentor may read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Max, OuterRef, Q

from assessments.models import Assessment, Score
from checklist.models import Item
from cohorts.models import GroupMentor, Participation
from cohorts.roles import Roles
from improvements.shared_work import SharedWork, shared_work_of
from meetings.enums import MaterialKind
from meetings.models import Agreement, Material, Meeting
from meetings.whom import is_of_group, supports
from mentoring.load import AT_THE_MEETING


@dataclass(frozen=True)
class MentoredMember:
    """An organisation of the group. `glad` needs its consent; `low` are its lowest items."""

    participation: Participation
    assessment: Assessment | None
    is_new: bool
    glad: tuple[Item, ...]
    low: tuple[Item, ...]
    work: SharedWork
    has_presentation: bool


@dataclass(frozen=True)
class Before:
    """`meeting` is the next that the mentor supports in the group; `last` is the newest that has begun."""

    mentorship: GroupMentor
    meeting: Meeting | None
    last: Meeting | None
    members: tuple[MentoredMember, ...]
    agreements: tuple[Agreement, ...]
    expected: tuple[str, ...] = AT_THE_MEETING

    @property
    def n_submitted(self) -> int:
        return sum(member.is_new for member in self.members)


def before_meeting(mentorship: GroupMentor, roles: Roles, today: date) -> Before:
    cohort = mentorship.group.cohort_id
    meetings = [
        meeting
        for meeting in Meeting.objects.visible_to(roles).learning().filter(cohort=cohort).select_related("cohort")
        if is_of_group(meeting, mentorship.group_id)
    ]
    coming = [meeting for meeting in meetings if meeting.ends_on >= today and supports(mentorship, meeting)]
    meeting = coming[0] if coming else None
    # On its own first day a meeting is still the next one, not the one before.
    begun = [other for other in meetings if other.has_begun(today) and other != meeting]
    last = begun[-1] if begun else None
    members = _members(mentorship, meeting, last, roles)
    return Before(
        mentorship=mentorship,
        meeting=meeting,
        last=last,
        members=members,
        agreements=_agreements(last, members) if last else (),
    )


def _members(
    mentorship: GroupMentor, meeting: Meeting | None, last: Meeting | None, roles: Roles
) -> tuple[MentoredMember, ...]:
    handed_in = Material.objects.filter(meeting=meeting, participation=OuterRef("pk"), kind=MaterialKind.PRESENTATION)
    rows = list(
        Participation.objects.visible_to(roles)
        .participants()
        .filter(group=mentorship.group_id)
        .exclude(status="withdrawn")
        .with_organisation()
        .select_related("cohort", "organisation")
        .annotate(has_presentation=Exists(handed_in))
    )
    newest, works = _newest(rows, roles), shared_work_of(rows, roles)
    return tuple(_member(row, newest.get(row.pk), work, last) for row, work in zip(rows, works, strict=True))


def _newest(rows: Iterable[Participation], roles: Roles) -> dict[int, Assessment]:
    """Return the newest assessment handed in before a meeting, by participation, with the scale's highest step."""
    theirs = Assessment.objects.visible_to(roles).submitted().filter(participation__in=[row.pk for row in rows])
    newest = theirs.newest_of_each().select_related("meeting").with_scores()
    return {row.participation_id: row for row in newest.annotate(highest=Max("checklist__steps__value"))}


def _member(
    row: Participation, assessment: Assessment | None, work: SharedWork, last: Meeting | None
) -> MentoredMember:
    scores: list[Score] = sorted(assessment.scores.all(), key=lambda score: score.item.number) if assessment else []
    return MentoredMember(
        participation=row,
        assessment=assessment,
        is_new=bool(assessment and assessment.day and (last is None or assessment.day > last.starts_on)),
        glad=tuple(score.item for score in scores if score.glad_to_tell),
        low=_lowest(scores, assessment.highest if assessment else 0),  # type: ignore[attr-defined]
        work=work,
        has_presentation=row.has_presentation,  # type: ignore[attr-defined]
    )


def _lowest(scores: Iterable[Score], highest: int) -> tuple[Item, ...]:
    # An organisation with the highest step everywhere has no lowest items to learn from.
    rated = [(score.value, score.item) for score in scores if score.value is not None]
    least = min((value for value, _ in rated), default=highest)
    return tuple(item for value, item in rated if value == least < highest)


def _agreements(last: Meeting, members: Iterable[MentoredMember]) -> tuple[Agreement, ...]:
    """Return the agreements of the last meeting that are for everyone or for the group's organisations."""
    theirs = Q(participation=None) | Q(participation__in=[member.participation.pk for member in members])
    rows = Agreement.objects.filter(theirs, meeting=last).select_related("participation__organisation")
    return tuple(rows)
