"""Values that show a group's organisations side by side before one meeting.

They stand in the group's own order, never by value, and without sums: nothing here ranks. The omgång's mean beside them
is a result that the reader may be shown (docs/architecture.md, "Numbers").
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from assessments.figures.disclosure import Shown
from assessments.figures.panels import participants_of
from assessments.figures.sights import Rights, figures_at, rights_of, rule_in_words, why_own
from assessments.figures.statistics import ItemMovement, ItemResult, Result
from assessments.models import Assessment, Score
from assessments.series import assessment_before, handed_in_by
from checklist.models import Item
from cohorts.kinds import SEVERAL
from cohorts.models import Cohort, Group, Participation
from cohorts.roles import Roles
from kit.templatetags.swedish import enumerated, in_words
from meetings.models import Meeting
from meetings.whom import is_expected


@dataclass(frozen=True)
class ComparedMember:
    """One organisation of the group; `assessment` is None until it has submitted one for the meeting."""

    participation: Participation
    assessment: Assessment | None
    since: Assessment | None
    own: bool
    # Whether the organisation was, or is, to hand one in before the meeting.
    is_awaited: bool = True

    @property
    def name(self) -> str:
        return self.participation.organisation.short_name


@dataclass(frozen=True)
class ComparedValue:
    """One organisation's value of one item, beside that of its assessment before.

    `comment` and `since_last` are empty unless they are shared or the reader's own; `is_private` marks an own text that
    is not shared. `is_elsewhere` means that the value is on another version of the checklist and is not compared.
    """

    member: ComparedMember
    moved: ItemMovement
    comment: str
    since_last: str
    is_private: bool
    is_elsewhere: bool
    glad_to_tell: bool


@dataclass(frozen=True)
class Beside:
    """The omgång's figures for one kind: a result that may be shown, or words that say why there is none."""

    label: str
    result: Result | None
    words: str


@dataclass(frozen=True)
class ComparedRow:
    item: Item
    cells: tuple[ComparedValue, ...]
    beside: tuple[tuple[Beside, ItemResult], ...]

    @property
    def differs(self) -> bool:
        """True if the submitted values differ; a missing value differs, and so does a single one."""
        values = [cell.moved.now for cell in self.cells if cell.member.assessment and not cell.is_elsewhere]
        return len(values) < 2 or len(set(values)) > 1 or values[0] is None


@dataclass(frozen=True)
class SideBySide:
    group: Group | None
    meetings: tuple[Meeting, ...]
    meeting: Meeting | None
    members: tuple[ComparedMember, ...]
    beside: tuple[Beside, ...]
    rows: tuple[ComparedRow, ...]

    @property
    def waiting(self) -> tuple[ComparedMember, ...]:
        """Return those that may still hand in: nobody is late once it has left or the omgång is over."""
        return tuple(member for member in self.members if member.assessment is None and member.is_awaited)

    @property
    def waiting_names(self) -> str:
        return enumerated(member.participation.organisation.name for member in self.waiting)

    @property
    def withheld(self) -> list[str]:
        return list(dict.fromkeys(figures.words for figures in self.beside if figures.words))

    @property
    def elsewhere(self) -> tuple[ComparedMember, ...]:
        items = {row.item.checklist_id for row in self.rows}
        return tuple(
            member for member in self.members if member.assessment and member.assessment.checklist_id not in items
        )

    @property
    def headline(self) -> str:
        handed_in = sum(member.assessment is not None for member in self.members)
        if self.meeting is None or handed_in < 2:
            return "Gruppen sida vid sida"
        apart = sum(row.differs for row in self.rows)
        if apart == 0:
            return "Alla som har lämnat in har samma värden."
        return f"Gruppen skiljer sig åt i {in_words(apart)} av {in_words(len(self.rows))} moment."


def side_by_side(participation: Participation, roles: Roles, key: str | None) -> SideBySide | None:
    """Compare the participation's group; return None if `key` names a meeting that the group has nothing from."""
    group = participation.group
    if group is None:
        return None if key else SideBySide(None, (), None, (), (), ())
    among = participants_of(participation.cohort_id)
    rights = rights_of(roles, participation.cohort)
    members = [member for member in among if member.group_id == group.pk and member.pk in rights]
    assessments = _assessments(members, roles)
    meetings = _meetings(assessments, participation.cohort)
    meeting = _chosen(key, meetings)
    if meeting is None:
        return None if key else SideBySide(group, (), None, (), (), ())
    # The cohort at hand has its plan, and a meeting asks its own for it.
    meeting.cohort = participation.cohort
    shown = tuple(_member(member, meeting, assessments, roles) for member in members)
    beside = tuple(_beside(meeting, members, among, rights))
    rows = tuple(_row(item, shown, beside) for item in participation.cohort.plan.items)
    return SideBySide(group, tuple(meetings), meeting, shown, beside, rows)


def _assessments(members: list[Participation], roles: Roles) -> list[Assessment]:
    at_meetings = Assessment.objects.visible_to(roles).at_meetings()
    return list(handed_in_by([member.organisation_id for member in members], at_meetings).with_scores())


def _meetings(assessments: list[Assessment], cohort: Cohort) -> list[Meeting]:
    meetings = {row.meeting.pk: row.meeting for row in assessments if row.meeting}
    here = [meeting for meeting in meetings.values() if meeting.cohort_id == cohort.pk]
    return sorted(here, key=lambda meeting: (meeting.starts_on, meeting.number, meeting.pk))


def _chosen(key: str | None, meetings: list[Meeting]) -> Meeting | None:
    if key:
        return next((meeting for meeting in meetings if meeting.key == key), None)
    return meetings[-1] if meetings else None


def _member(
    participation: Participation, meeting: Meeting, assessments: list[Assessment], roles: Roles
) -> ComparedMember:
    own = participation.organisation_id in roles.organisation_ids
    at_meeting = [row for row in assessments if row.meeting_id == meeting.pk]
    here = next((row for row in at_meeting if row.participation_id == participation.pk), None)
    is_awaited = participation.is_asked(timezone.localdate()) and is_expected(participation, meeting, ())
    before = assessment_before(here, assessments) if here else None
    return ComparedMember(participation, here, before, own, is_awaited)


def _row(item: Item, members: Iterable[ComparedMember], beside: Iterable[Beside]) -> ComparedRow:
    means = [
        (figures, row)
        for figures in beside
        if figures.result
        for row in figures.result.items
        if row.item.pk == item.pk and row.n
    ]
    return ComparedRow(item, tuple(_cell(item, member) for member in members), tuple(means))


def _cell(item: Item, member: ComparedMember) -> ComparedValue:
    score, before = _score(item, member.assessment), _score(item, member.since)
    may_read = member.own or score.shared
    return ComparedValue(
        member=member,
        moved=ItemMovement(item, before.value, score.value),
        comment=score.comment if may_read else "",
        since_last=score.since_last if may_read else "",
        is_private=bool(score.comment or score.since_last) and not score.shared and member.own,
        is_elsewhere=member.assessment is not None and member.assessment.checklist_id != item.checklist_id,
        glad_to_tell=score.glad_to_tell,
    )


def _score(item: Item, assessment: Assessment | None) -> Score:
    scores = assessment.scores.all() if assessment else ()
    return next((score for score in scores if score.item_id == item.pk), Score())


def _beside(
    meeting: Meeting, members: list[Participation], among: list[Participation], rights: Rights
) -> Iterable[Beside]:
    """Yield the omgång's figures for each kind in the group, or words where they are not the reader's to see."""
    kinds = {member.kind for member in members}
    for kind, seen in figures_at(meeting, meeting.cohort.plan, rights, among).items():
        if kind in kinds:
            may_see = seen.shown != Shown.OWN and seen.n > 0
            why = "" if may_see else why_own(seen, meeting) or rule_in_words()
            words = f"Medelvärde för omgångens {SEVERAL[kind]} visas inte. {why}" if why else ""
            yield Beside(f"Omgångens {SEVERAL[kind]}", seen.result if may_see else None, words)
