"""A group's organisations side by side before one meeting: values, what has moved, and what each has chosen to share.

In the group's own order, never by value, and without sums: nothing here ranks. The omgång's mean beside them is a
`checklist.statistics` result that the reader may be shown (docs/architecture.md, "Numbers").
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.conf import settings
from django.db.models import prefetch_related_objects

from checklist.models import Assessment, Item, Score
from checklist.panels import is_enough, live_panels, participants_of, released_panels
from checklist.statistics import ItemMovement, ItemResult, Panel, Result, result_of
from cohorts.models import Group, Participation
from cohorts.roles import Roles
from meetings.models import Meeting
from modell.templatetags.swedish import enumerated, in_words

SEVERAL: Mapping[str, str] = {"kommun": "kommuner", "region": "regioner"}


@dataclass(frozen=True)
class Member:
    """One organisation of the group; `assessment` is None until it has handed in to the meeting."""

    participation: Participation
    assessment: Assessment | None
    since: Assessment | None
    own: bool

    @property
    def name(self) -> str:
        return self.participation.organisation.short_name


@dataclass(frozen=True)
class Cell:
    """One organisation at one moment. `change` is since the last time it handed in on the same version.

    `comment` and `since_last` are there only where they are shared, or one's own; `is_private` says that they are not.
    `is_elsewhere`: the organisation has rated itself on another version, whose values are not set beside these.
    """

    member: Member
    value: Decimal | None
    change: Fraction | None
    comment: str
    since_last: str
    is_private: bool
    is_elsewhere: bool
    glad_to_tell: bool


@dataclass(frozen=True)
class Beside:
    """One kind's figures in the omgång: a result that may be shown, or in words why there is none."""

    label: str
    result: Result | None
    words: str


@dataclass(frozen=True)
class Row:
    item: Item
    cells: tuple[Cell, ...]
    beside: tuple[tuple[Beside, ItemResult], ...]

    @property
    def differs(self) -> bool:
        """Whether those who have handed in differ; a missing value is a difference, one alone has none to compare."""
        values = [cell.value for cell in self.cells if cell.member.assessment and not cell.is_elsewhere]
        return len(values) < 2 or len(set(values)) > 1 or values[0] is None


@dataclass(frozen=True)
class SideBySide:
    group: Group | None
    meetings: tuple[Meeting, ...]
    meeting: Meeting | None
    members: tuple[Member, ...]
    beside: tuple[Beside, ...]
    rows: tuple[Row, ...]

    @property
    def waiting(self) -> tuple[Member, ...]:
        return tuple(member for member in self.members if member.assessment is None)

    @property
    def waiting_names(self) -> str:
        return enumerated(member.participation.organisation.name for member in self.waiting)

    @property
    def withheld(self) -> list[str]:
        """Why there is no mean, said once where it is the same for both kinds."""
        return list(dict.fromkeys(each.words for each in self.beside if each.words))

    @property
    def elsewhere(self) -> tuple[Member, ...]:
        """Those whose values rest on another version than the rows."""
        items = {row.item.checklist_id for row in self.rows}
        return tuple(each for each in self.members if each.assessment and each.assessment.checklist_id not in items)

    @property
    def headline(self) -> str:
        """How many moment they agree on, where there is anything to compare."""
        handed_in = len(self.members) - len(self.waiting)
        if self.meeting is None or handed_in < 2:
            return "Gruppen sida vid sida"
        apart = sum(row.differs for row in self.rows)
        if apart == 0:
            return "De som har lämnat in står lika i alla moment"
        return f"Gruppen skiljer sig åt i {in_words(apart)} av {in_words(len(self.rows))} moment"


def side_by_side(participation: Participation, roles: Roles, key: str | None) -> SideBySide | None:
    """For the group of the participation; None where a meeting is asked for that the group has nothing from."""
    group = participation.group
    if group is None:
        return None if key else SideBySide(None, (), None, (), (), ())
    among = participants_of(participation.cohort_id)
    readable = Participation.objects.whose_work_is_read_by(roles).filter(cohort=participation.cohort)
    known = frozenset(readable.values_list("pk", flat=True))
    members = [each for each in among if each.group_id == group.pk and each.pk in known]
    assessments = _assessments(members, roles)
    meetings = _meetings(assessments)
    meeting = _chosen(key, meetings)
    if meeting is None:
        return None if key else SideBySide(group, (), None, (), (), ())
    # The cohort at hand has its plan, and a meeting asks its own for it.
    meeting.cohort = participation.cohort
    shown = tuple(_member(each, meeting, assessments, roles) for each in members)
    live = roles.is_process_leader or participation.cohort_id in roles.evaluated_cohort_ids
    beside = tuple(_beside(meeting, members, among, known, live=live))
    rows = tuple(_row(item, shown, beside) for item in participation.cohort.plan.items)
    return SideBySide(group, tuple(meetings), meeting, shown, beside, rows)


def _assessments(members: list[Participation], roles: Roles) -> list[Assessment]:
    """What the members have handed in to meetings and the reader may see, in time's order."""
    found = Assessment.objects.visible_to(roles).submitted().at_meetings().filter(participation__in=members)
    return list(found.select_related("meeting").with_scores().in_time())


def _meetings(assessments: list[Assessment]) -> list[Meeting]:
    found = {each.meeting.pk: each.meeting for each in assessments if each.meeting}
    return sorted(found.values(), key=lambda meeting: (meeting.starts_on, meeting.number, meeting.pk))


def _chosen(key: str | None, meetings: list[Meeting]) -> Meeting | None:
    """The one asked for, else the last that someone has handed in to."""
    if key:
        return next((meeting for meeting in meetings if meeting.key == key), None)
    return meetings[-1] if meetings else None


def _member(participation: Participation, meeting: Meeting, assessments: list[Assessment], roles: Roles) -> Member:
    """With the meeting before it, as on the organisation's own page: on the same version, in the same omgång."""
    own = participation.organisation_id in roles.organisation_ids
    theirs = [each for each in assessments if each.participation_id == participation.pk]
    here = next((each for each in theirs if each.meeting_id == meeting.pk), None)
    if here is None:
        return Member(participation, None, None, own)
    earlier = [each for each in theirs[: theirs.index(here)] if each.checklist_id == here.checklist_id]
    return Member(participation, here, earlier[-1] if earlier else None, own)


def _row(item: Item, members: Iterable[Member], beside: Iterable[Beside]) -> Row:
    means = [
        (each, row) for each in beside if each.result for row in each.result.items if row.item.pk == item.pk and row.n
    ]
    return Row(item, tuple(_cell(item, member) for member in members), tuple(means))


def _cell(item: Item, member: Member) -> Cell:
    score, before = _score(item, member.assessment), _score(item, member.since)
    may_read = member.own or score.shared
    return Cell(
        member=member,
        value=score.value,
        change=ItemMovement(item, before.value, score.value).change,
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
    meeting: Meeting, members: list[Participation], among: list[Participation], known: frozenset[int], *, live: bool
) -> Iterable[Beside]:
    """For each kind in the group, what the omgång has been shown; live to who reads every value of it anyway."""
    plan = meeting.cohort.plan
    if not live:
        prefetch_related_objects([meeting], "releases")
    panels = live_panels(meeting, plan, among) if live else released_panels(meeting, plan, among)
    kinds = {member.kind for member in members}
    for kind, panel in panels.items():
        if kind in kinds:
            may_see = bool(panel.n) if live else is_enough(panel.n, len(panel.answers.keys() & known))
            words = "" if may_see else _why_not(kind, panel)
            yield Beside(f"Omgångens {SEVERAL[kind]}", result_of(panel) if may_see else None, words)


def _why_not(kind: str, panel: Panel) -> str:
    fewest, several = in_words(settings.MIN_GROUP), SEVERAL[kind]
    if panel.n_expected < settings.MIN_GROUP:
        return f"Medelvärde för omgångens {several} visas inte, eftersom de är färre än {fewest}."
    if panel.n >= settings.MIN_GROUP:
        return "Medelvärde visas inte: den som redan ser nästan alla värden skulle kunna räkna ut de övriga."
    return f"Medelvärde för omgångens {several} visas när träffen har börjat och minst {fewest} har lämnat in."
