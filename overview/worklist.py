"""What the page of an omgång says to SKR: who lacks what before the next meeting, and what there is to decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse

from cohorts.duty import Matter, Task
from cohorts.enums import Function, MentorModel
from cohorts.models import Cohort, Participation
from follow_up.duties import skr_tasks_in
from follow_up.overview import Overview, ReadinessCell, ReadinessRow, meetings_to_watch, overview_of
from follow_up.readiness import count_items
from follow_up.records import FollowedRecords, read_followed
from follow_up.reminded import reminded_on
from grouping.duties import bare_themes
from kit.templatetags.swedish import day, enumerated, in_words, sentence, weekday_span
from meetings.models import Meeting, Period
from meetings.whom import is_of_group
from mentoring.themes import shares_from
from overview.line_up import LineUp
from planning.setup.standing import SetupStanding

# From so many organisations on, those that lack something are grouped by what weighs most.
GROUPED_FROM = 12
# So many of a group are listed; the page about the meeting has them all.
LISTED = 12
NAMED = 4


@dataclass(frozen=True)
class WorkRow:
    """One organisation that lacks something, who its strateg is, and when SKR last reminded it."""

    row: ReadinessRow
    strategists: str
    reminded_on: date | None
    url: str

    @property
    def participation(self) -> Participation:
        return self.row.participation

    @property
    def cells(self) -> list[ReadinessCell]:
        return sorted(self.row.lacking, key=lambda cell: cell.weight)


@dataclass(frozen=True)
class WorkGroup:
    """Organisations whose heaviest gap is the same; `more` counts those that are not listed."""

    title: str
    rows: tuple[WorkRow, ...]
    more: int = 0


@dataclass(frozen=True)
class BeforeMeeting:
    """Who lacks what before the meeting that is followed; without participants, nobody does."""

    meeting: Meeting
    overview: Overview
    groups: tuple[WorkGroup, ...]
    remind_url: str
    reporting: tuple[Period, ...]

    @property
    def days(self) -> str:
        return weekday_span(self.meeting.starts_on, self.meeting.ends_on)

    @property
    def lead(self) -> str:
        gap = self.overview.gap
        return " ".join(filter(None, (gap.deadline if gap else "", f"{self.meeting} är {self.days}.")))

    @property
    def remind_all(self) -> str:
        number = len(self.overview.lacking)
        return "Påminn" if number == 1 else f"Påminn alla {in_words(number)}"

    @property
    def done(self) -> str:
        names = [row.participation.organisation.name for row in self.overview.rows if not row.lacking]
        if not names:
            return ""
        if len(names) <= NAMED:
            return f"{enumerated(names)} har inget kvar."
        return f"{sentence(in_words(len(names)))} organisationer har inget kvar."


@dataclass(frozen=True)
class FollowedMeetings:
    """Who lacks what before the meeting that is followed; `more` are the other groups', where it is a group's own."""

    before: BeforeMeeting | None = None
    more: tuple[Meeting, ...] = ()


def followed_in(
    cohort: Cohort, participants: Sequence[Participation], meetings: Sequence[Meeting], today: date
) -> FollowedMeetings:
    """Return nothing to follow if no meeting for participants lies ahead."""
    for row in participants:
        row.cohort = cohort
    followed = _each_followed(meetings_to_watch(meetings, today), today)
    if not followed:
        return FollowedMeetings()
    return FollowedMeetings(_before(cohort, participants, followed[0], today), tuple(followed[1:]))


def _each_followed(meetings: Sequence[Meeting], today: date) -> list[Meeting]:
    """Return the meeting to follow, or where it is a group's own, that of each group, the earliest first."""
    first = _followed(meetings, today)
    if first is None or first.group_id is None:
        return [first] if first else []
    groups = dict.fromkeys(meeting.group_id for meeting in meetings if meeting.group_id)
    followed = [_followed([row for row in meetings if is_of_group(row, group)], today) for group in groups]
    unique = {meeting.pk: meeting for meeting in followed if meeting}
    return sorted(unique.values(), key=lambda meeting: (meeting != first, meeting.starts_on, meeting.pk))


def _before(cohort: Cohort, participants: Sequence[Participation], meeting: Meeting, today: date) -> BeforeMeeting:
    records = read_followed(participants, today, only=meeting)
    overview = overview_of(meeting, records, count_items(cohort))
    reminded = reminded_on(cohort, records) if overview.lacking else {}
    rows = [_work_row(cohort, meeting, row, records, reminded) for row in overview.lacking]
    everything = {cell.matter for row in overview.lacking for cell in row.lacking}
    return BeforeMeeting(
        meeting,
        overview,
        _grouped(rows),
        _remind_url(cohort, meeting, everything),
        tuple(records.reports.periods.values()),
    )


def _followed(meetings: Sequence[Meeting], today: date) -> Meeting | None:
    """Return the next meeting, or the one after whose self-assessment is open: that is what weighs most."""
    following = next(iter(meetings), None)
    assessed = next((meeting for meeting in meetings if meeting.is_assessed), None)
    return assessed if assessed and assessed.assessment_opens_on <= today else following


def _work_row(
    cohort: Cohort, meeting: Meeting, row: ReadinessRow, records: FollowedRecords, reminded: Mapping[int, date]
) -> WorkRow:
    people = records.delegates.get(row.participation.pk, ())
    strategists = [seat.user.name for seat in people if seat.function == Function.STRATEGIST and not seat.deputy]
    matters = {cell.matter for cell in row.lacking}
    url = _remind_url(cohort, meeting, matters, row.participation.code)
    return WorkRow(row, enumerated(strategists), reminded.get(row.participation.pk), url)


def _remind_url(cohort: Cohort, meeting: Meeting, matters: set[Matter], code: str = "") -> str:
    chosen = [("sak", matter) for matter in Matter.values if matter in matters]
    asked = [("traff", meeting.key), *([("av", code)] if code else []), *chosen]
    return f"{reverse('follow_up:remind', args=[cohort.slug])}?{urlencode(asked)}"


def _grouped(rows: list[WorkRow]) -> tuple[WorkGroup, ...]:
    ordered = sorted(rows, key=lambda row: row.cells[0].weight)
    if len(rows) < GROUPED_FROM:
        return (WorkGroup("", tuple(ordered)),) if ordered else ()
    groups = []
    for _, alike in groupby(ordered, key=lambda row: row.cells[0].weight):
        there = tuple(alike)
        groups.append(WorkGroup(_title(there[0].cells[0]), there[:LISTED], max(0, len(there) - LISTED)))
    return tuple(groups)


def _title(cell: ReadinessCell) -> str:
    return f"{cell.matter.label}, sista dag har varit" if cell.sign == "late" else str(cell.matter.label)


def to_decide(
    cohort: Cohort, people: LineUp, meetings: Sequence[Meeting], setting_up: SetupStanding | None, today: date
) -> list[Task]:
    """Return what waits for SKR in the omgång, without what the list of its set-up has already."""
    if not cohort.is_open(today):
        return []
    there = {line.url for line in setting_up.left} if setting_up else set()
    tasks = [*skr_tasks_in([cohort], today), *_bare(cohort, people, meetings, today)]
    return [task for task in tasks if task.url not in there]


def _bare(cohort: Cohort, people: LineUp, meetings: Sequence[Meeting], today: date) -> list[Task]:
    if cohort.mentor_model != MentorModel.BY_THEME:
        return []
    mentorships = [mentor for line in people.groups for mentor in line.mentors if not mentor.participation.is_withdrawn]
    learning = [meeting for meeting in meetings if meeting.is_learning]
    shares = shares_from((), mentorships, learning, [line.group for line in people.groups])
    return bare_themes(cohort, shares.bare(today))


@dataclass(frozen=True)
class WorkHead:
    title: str
    lead: str


def head_of(
    cohort: Cohort,
    before: BeforeMeeting | None,
    setting_up: SetupStanding | None,
    meetings: Sequence[Meeting],
    today: date,
) -> WorkHead:
    """Return the page's headline: the heaviest gap first, and the state of the omgång where nothing is lacking yet."""
    first = next((meeting for meeting in meetings if not meeting.is_cancelled and meeting.ends_on >= today), None)
    if not cohort.is_open(today):
        return WorkHead("Omgången är avslutad.", f"Den pågick {day(cohort.starts_on)} – {day(cohort.ends_on)}.")
    if setting_up:
        left = (
            f"{setting_up.headline.removesuffix('.')} innan omgången börjar."
            if setting_up.left
            else f"{cohort} är redo att börja."
        )
        starts = f"Första träffen är {weekday_span(first.starts_on, first.ends_on)}: {first.name}." if first else ""
        return WorkHead(left, starts or f"Omgången börjar {day(cohort.starts_on)}.")
    if before:
        return WorkHead(before.overview.headline, before.lead)
    title = "Alla träffar är genomförda." if meetings else "Inga träffar är planerade än."
    return WorkHead(title, f"Omgången slutar {day(cohort.ends_on)}.")
