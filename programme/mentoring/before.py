"""What a mentor reads before the next meeting it supports: ten minutes, and nothing that is not theirs to read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Max, OuterRef, Q

from checklist.models import Assessment, Item, Score
from cohorts.mentoring import AT_THE_MEETING, supports
from cohorts.models import GroupMentor, Participation
from cohorts.roles import Roles
from meetings.enums import MaterialKind
from meetings.models import Agreement, Material, Meeting, Preparation, PreparationTick
from modell.templatetags.swedish import enumerated, in_words


@dataclass(frozen=True)
class Member:
    """One organisation of the group. `glad` is by its consent; `low` are its lowest values, which a mentor reads."""

    participation: Participation
    assessment: Assessment | None
    is_new: bool
    glad: tuple[Item, ...]
    low: tuple[Item, ...]
    n_improvements: int
    n_efforts: int
    has_presentation: bool

    @property
    def shared(self) -> str:
        """What it has shared of its work, in words; empty where it has shared nothing."""
        told = (
            (self.n_improvements, "ett förbättringsarbete", "förbättringsarbeten"),
            (self.n_efforts, "en insats", "insatser"),
        )
        return enumerated(one if n == 1 else f"{in_words(n)} {many}" for n, one, many in told if n)


@dataclass(frozen=True)
class Before:
    """`meeting` is the next that the mentor supports in the group, `last` the group's newest that has begun."""

    mentorship: GroupMentor
    meeting: Meeting | None
    last: Meeting | None
    members: tuple[Member, ...]
    agreements: tuple[Agreement, ...]
    preparations: tuple[Preparation, ...]
    expected: tuple[str, ...] = AT_THE_MEETING

    @property
    def n_submitted(self) -> int:
        return sum(member.is_new for member in self.members)


def before_meeting(mentorship: GroupMentor, roles: Roles, functions: Iterable[str], today: date) -> Before:
    """`functions` are the reader's own: preparations are told by function, and those for all."""
    cohort = mentorship.group.cohort_id
    meetings = [
        meeting
        for meeting in Meeting.objects.visible_to(roles).learning().filter(cohort=cohort).select_related("cohort")
        if meeting.group_id in (None, mentorship.group_id)
    ]
    coming = [meeting for meeting in meetings if meeting.ends_on >= today and supports(mentorship, meeting)]
    meeting = coming[0] if coming else None
    # On its own first day a meeting is still the next one, not the one before.
    begun = [each for each in meetings if each.has_begun(today) and each != meeting]
    last = begun[-1] if begun else None
    members = _members(mentorship, meeting, last, roles)
    return Before(
        mentorship=mentorship,
        meeting=meeting,
        last=last,
        members=members,
        agreements=_agreements(last, members) if last else (),
        preparations=_preparations(meeting, roles, functions) if meeting else (),
    )


def _members(
    mentorship: GroupMentor, meeting: Meeting | None, last: Meeting | None, roles: Roles
) -> tuple[Member, ...]:
    handed_in = Material.objects.filter(meeting=meeting, participation=OuterRef("pk"), kind=MaterialKind.PRESENTATION)
    rows = list(
        Participation.objects.visible_to(roles)
        .participants()
        .filter(group=mentorship.group_id)
        .exclude(status="withdrawn")
        .with_organisation()
        .annotate(
            n_improvements=Count("improvements", filter=Q(improvements__shared=True), distinct=True),
            n_efforts=Count("efforts", filter=Q(efforts__shared=True), distinct=True),
            has_presentation=Exists(handed_in),
        )
    )
    newest = _newest(rows, roles)
    return tuple(_member(row, newest.get(row.pk), last) for row in rows)


def _newest(rows: Iterable[Participation], roles: Roles) -> dict[int, Assessment]:
    """By organisation, the newest it has handed in before a meeting, with its values and the scale's highest step."""
    found = (
        Assessment.objects.visible_to(roles)
        .submitted()
        .at_meetings()
        .filter(participation__in=[row.pk for row in rows])
        .select_related("meeting")
        .with_scores()
        .annotate(highest=Max("checklist__steps__value"))
        .order_by("meeting__starts_on", "pk")
    )
    return {assessment.participation_id: assessment for assessment in found}


def _member(row: Participation, assessment: Assessment | None, last: Meeting | None) -> Member:
    scores: list[Score] = sorted(assessment.scores.all(), key=lambda score: score.item.number) if assessment else []
    return Member(
        participation=row,
        assessment=assessment,
        is_new=bool(assessment and assessment.day and (last is None or assessment.day > last.starts_on)),
        glad=tuple(score.item for score in scores if score.glad_to_tell),
        low=_lowest(scores, assessment.highest if assessment else 0),  # type: ignore[attr-defined]
        n_improvements=row.n_improvements,  # type: ignore[attr-defined]
        n_efforts=row.n_efforts,  # type: ignore[attr-defined]
        has_presentation=row.has_presentation,  # type: ignore[attr-defined]
    )


def _lowest(scores: Iterable[Score], highest: int) -> tuple[Item, ...]:
    """Those with the lowest value, unless that is the highest step: where there is most to learn."""
    rated = [(score.value, score.item) for score in scores if score.value is not None]
    least = min((value for value, _ in rated), default=highest)
    return tuple(item for value, item in rated if value == least < highest)


def _agreements(last: Meeting, members: Iterable[Member]) -> tuple[Agreement, ...]:
    """The group's own; of a joint meeting those for everyone and those of the group's organisations."""
    theirs = Q(participation=None) | Q(participation__in=[member.participation.pk for member in members])
    rows = Agreement.objects.filter(theirs, meeting=last).select_related("participation__organisation")
    return tuple(rows)


def _preparations(meeting: Meeting, roles: Roles, functions: Iterable[str]) -> tuple[Preparation, ...]:
    ticked = PreparationTick.objects.filter(preparation=OuterRef("pk"), delegate__user=roles.user_id)
    for_me = Preparation.objects.filter(meeting=meeting, function__in=("", *functions))
    return tuple(for_me.annotate(is_done=Exists(ticked)))
