"""Values that SKR's page about a coming meeting prints: what each organisation has done and what it lacks.

They say only how many moment of a draft have a value, and only whether a person has answered or not.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cohorts.duty import Matter
from cohorts.enums import Function
from cohorts.holders import in_turn, takes_part
from cohorts.models import Delegate, Participation
from follow_up.records import FollowedRecords
from kit.templatetags.swedish import enumerated, in_words, sentence, short_day, some, weekday_and_day
from meetings.enums import Rsvp
from meetings.models import Meeting
from meetings.whom import functions_for, is_for_participants
from people.composition import composition
from reports.duties import ReportRecords

HANDED_IN = (Matter.ASSESSMENT, Matter.REPORT, Matter.PRESENTATION)
# What weighs most comes first: a page's headline names the first of these that anyone lacks.
WEIGHT = (
    *((matter, sign) for sign in ("late", "lacking") for matter in HANDED_IN),
    (Matter.AGREEMENT, "late"),
    *((matter, "lacking") for matter in (Matter.COMPOSITION, Matter.ANSWER, Matter.PREPARATION)),
)
# How the headline says it, where some lack it and where all do.
GAPS = {
    Matter.ASSESSMENT: ("{} har inte lämnat in sin självskattning", "Ingen har lämnat in sin självskattning"),
    Matter.REPORT: ("{} har inte lämnat in sin resultatrapport", "Ingen har lämnat in sin resultatrapport"),
    Matter.PRESENTATION: ("{} har inte lagt upp sin presentation", "Ingen har lagt upp sin presentation"),
    Matter.AGREEMENT: ("{} har inte gjort allt de har åtagit sig", "Ingen har gjort allt de har åtagit sig"),
    Matter.COMPOSITION: ("{} saknar politiker, chef eller strateg", "Alla saknar politiker, chef eller strateg"),
    Matter.ANSWER: ("Hos {} har inte alla svarat om de kommer", "Hos ingen har alla svarat om de kommer"),
    Matter.PREPARATION: ("{} har förberedelser kvar", "Alla har förberedelser kvar"),
}
ANSWERS = {Rsvp.YES: "kommer", Rsvp.NO: "kommer inte", "": "inget svar"}


@dataclass(frozen=True)
class ReadinessCell:
    """One matter of one organisation. `sign` is done, lacking, late, or none where nothing is asked for yet."""

    matter: Matter
    sign: str
    words: tuple[str, ...]
    due_on: date | None = None

    @property
    def weight(self) -> int:
        """Return the place of something that is lacking among all such, the heaviest first."""
        return WEIGHT.index((self.matter, self.sign))

    @property
    def is_lacking(self) -> bool:
        return self.sign in ("lacking", "late")


@dataclass(frozen=True)
class ReadinessRow:
    participation: Participation
    cells: tuple[ReadinessCell, ...]

    @property
    def is_late(self) -> bool:
        return any(cell.sign == "late" for cell in self.cells)

    @property
    def lacking(self) -> list[ReadinessCell]:
        return [cell for cell in self.cells if cell.is_lacking]


@dataclass(frozen=True)
class Gap:
    """What weighs most of all that is lacking: by how many of the organisations, and since or until when."""

    matter: Matter
    is_late: bool
    number: int
    total: int
    due_on: date | None

    @property
    def sentence(self) -> str:
        some, all_of_them = GAPS[self.matter]
        who = _of(self.number, self.total)
        words = all_of_them if self.number == self.total > 1 else sentence(some.format(who[0].lower() + who[1:]))
        return f"{words}{'' if self.is_late or not self.due_on else ' än'}."

    @property
    def deadline(self) -> str:
        return f"Sista dag {'var' if self.is_late else 'är'} {weekday_and_day(self.due_on)}." if self.due_on else ""


@dataclass(frozen=True)
class Overview:
    """The participants that are expected at the meeting; those that lack most come first."""

    meeting: Meeting
    rows: tuple[ReadinessRow, ...]

    @property
    def matters(self) -> tuple[Matter, ...]:
        return tuple(cell.matter for cell in self.rows[0].cells) if self.rows else ()

    @property
    def lacking(self) -> tuple[ReadinessRow, ...]:
        return tuple(row for row in self.rows if row.lacking)

    @property
    def gap(self) -> Gap | None:
        """Return the heaviest gap: what is late before what is only left."""
        for matter, sign in WEIGHT:
            cells = [cell for row in self.rows for cell in row.cells if (cell.matter, cell.sign) == (matter, sign)]
            if cells:
                return Gap(matter, sign == "late", len(cells), len(self.rows), cells[0].due_on)
        return None

    @property
    def headline(self) -> str:
        if not self.rows:
            return f"Ingen organisation ska vara med på {self.meeting} än."
        return self.gap.sentence if self.gap else f"Inget saknas inför {self.meeting}."

    def n_lacking(self, matter: Matter) -> int:
        return len(self.that_lack([matter]))

    def that_lack(self, matters: Collection[Matter]) -> list[str]:
        return [
            row.participation.organisation.name
            for row in self.rows
            if any(cell.matter in matters for cell in row.lacking)
        ]


def _of(number: int, total: int) -> str:
    """Return "Tre av tolv"; both numbers are words, or both are figures."""
    if total > 12:
        return f"{number} av {total}"
    return f"{sentence(some(number))} av {in_words(total)}"


def meetings_to_watch(meetings: Iterable[Meeting], today: date) -> list[Meeting]:
    coming = (meeting for meeting in meetings if meeting.ends_on >= today and not meeting.is_cancelled)
    return [meeting for meeting in coming if is_for_participants(meeting)]


def overview_of(meeting: Meeting, records: FollowedRecords, n_items: int | None) -> Overview:
    """Build the overview; `records` must be read for the whole omgång and for this meeting only."""
    rows = [
        ReadinessRow(participation, tuple(_cells(meeting, participation, records, n_items)))
        for participation in records.participations
        if participation.is_participant and takes_part(participation) and records.meetings.expected(participation)
    ]
    return Overview(meeting, tuple(sorted(rows, key=lambda row: -len(row.lacking))))


def _cells(
    meeting: Meeting, participation: Participation, records: FollowedRecords, n_items: int | None
) -> Iterator[ReadinessCell]:
    people = records.delegates.get(participation.pk, ())
    if meeting.is_assessed:
        yield _assessment(meeting, participation, records, n_items)
    if meeting.has_presentations:
        yield _presentation(meeting, participation, records)
    yield _answers(meeting, people, records)
    yield _composition(participation, people, records.today)
    yield _preparations(meeting, people, records)
    yield _agreements(participation, records)
    yield from _reports(participation, records)


def lacking_at(meeting: Meeting | None, matter: Matter, records: FollowedRecords) -> frozenset[int]:
    """Return the keys of the participations that lack it before the meeting; without one, what hangs on no meeting."""
    if meeting:
        cells = ((row.participation, cell) for row in overview_of(meeting, records, None).rows for cell in row.cells)
    else:
        asked = (row for row in records.participations if row.is_participant and takes_part(row))
        cells = ((row, cell) for row in asked for cell in _at_any_time(row, records))
    return frozenset(row.pk for row, cell in cells if cell.matter == matter and cell.is_lacking)


def _at_any_time(participation: Participation, records: FollowedRecords) -> Iterator[ReadinessCell]:
    yield _composition(participation, records.delegates.get(participation.pk, ()), records.today)
    yield from _reports(participation, records)


def _reports(participation: Participation, records: FollowedRecords) -> Iterator[ReadinessCell]:
    period = records.reports.due_period(participation, records.today)
    if period:
        yield _report(participation, records.reports, period.due_on, records.today)


def _left(due_on: date, today: date) -> str:
    return "late" if due_on < today else "lacking"


def _assessment(
    meeting: Meeting, participation: Participation, records: FollowedRecords, n_items: int | None
) -> ReadinessCell:
    begun = records.assessments.at(participation, meeting)
    if begun and begun.is_submitted:
        return ReadinessCell(Matter.ASSESSMENT, "done", (f"inlämnad {short_day(begun.submitted_on)}",))
    words = f"påbörjad, {begun.rated} av {n_items or '–'} moment" if begun else "inte påbörjad än"
    if records.today < meeting.assessment_opens_on and not begun:
        return ReadinessCell(Matter.ASSESSMENT, "none", (f"öppnar {short_day(meeting.assessment_opens_on)}",))
    due_on = meeting.assessment_due_on
    return ReadinessCell(Matter.ASSESSMENT, _left(due_on, records.today), (words,), due_on)


def _presentation(meeting: Meeting, participation: Participation, records: FollowedRecords) -> ReadinessCell:
    if (meeting.pk, participation.pk) in records.meetings.presented:
        return ReadinessCell(Matter.PRESENTATION, "done", ("finns",))
    if records.today < meeting.invitation_due_on:
        return ReadinessCell(Matter.PRESENTATION, "none", (f"lämnas in {short_day(meeting.presentation_due_on)}",))
    due_on = meeting.presentation_due_on
    return ReadinessCell(Matter.PRESENTATION, _left(due_on, records.today), ("inte upplagd än",), due_on)


def _answers(meeting: Meeting, people: Sequence[Delegate], records: FollowedRecords) -> ReadinessCell:
    # Each function has its own words, since all three should be there.
    asked = in_turn(people, functions_for(meeting), records.meetings.declined(meeting, people))
    given = [(turn.delegate.function, records.meetings.answer(meeting, turn.delegate)) for turn in asked]
    words = tuple(
        f"{Function(function).label.lower()} {_counted([answer for other, answer in given if other == function])}"
        for function in dict.fromkeys(function for function, _ in given)
    )
    if not given:
        return ReadinessCell(Matter.ANSWER, "lacking", ("ingen att bjuda in",))
    if all(answer for _, answer in given):
        return ReadinessCell(Matter.ANSWER, "done", words)
    if records.today < meeting.invitation_due_on:
        return ReadinessCell(Matter.ANSWER, "none", (f"bjuds in {short_day(meeting.invitation_due_on)}",))
    return ReadinessCell(Matter.ANSWER, "lacking", words)


def _counted(answers: list[str]) -> str:
    if len(set(answers)) == 1:
        return ANSWERS[answers[0]]
    return enumerated(f"{answers.count(answer)} {words}" for answer, words in ANSWERS.items() if answer in answers)


def _composition(participation: Participation, people: Sequence[Delegate], today: date) -> ReadinessCell:
    missing = composition(people, participation.both_sides, today).missing
    *others, last = [function.label.lower() for function in missing] or [""]
    if last:
        return ReadinessCell(
            Matter.COMPOSITION, "lacking", (f"ingen {' eller '.join(filter(None, (', '.join(others), last)))}",)
        )
    return ReadinessCell(Matter.COMPOSITION, "done", ("alla tre funktioner",))


def _preparations(meeting: Meeting, people: Sequence[Delegate], records: FollowedRecords) -> ReadinessCell:
    # The page shows how many lines are ticked and never who has ticked them.
    lines = records.meetings.preparations.get(meeting.pk, [])
    declined = records.meetings.declined(meeting, people)
    asked = [turn.delegate for turn in in_turn(people, functions_for(meeting), declined)]
    wanted = {
        (line.pk, who.pk)
        for who in asked
        if records.meetings.answer(meeting, who) != Rsvp.NO
        for line in lines
        if line.function in ("", who.function)
    }
    if not wanted:
        return ReadinessCell(Matter.PREPARATION, "none", ("inga",))
    ticked = len(wanted & records.meetings.ticks)
    words = (f"{ticked} av {len(wanted)} avbockade",)
    if ticked == len(wanted):
        return ReadinessCell(Matter.PREPARATION, "done", words)
    return ReadinessCell(Matter.PREPARATION, "none" if records.today < meeting.invitation_due_on else "lacking", words)


def _agreements(participation: Participation, records: FollowedRecords) -> ReadinessCell:
    theirs = [
        agreement.due_on
        for agreement in records.meetings.agreements
        if (agreement.owner.participation_id if agreement.owner else agreement.participation_id) == participation.pk
    ]
    # An agreement without a day is never late.
    late = [due_on for due_on in theirs if due_on and due_on < records.today]
    if late:
        return ReadinessCell(Matter.AGREEMENT, "late", (f"{len(late)} av {len(theirs)} öppna är försenade",))
    return ReadinessCell(
        Matter.AGREEMENT, "none" if theirs else "done", (f"{len(theirs)} öppna" if theirs else "inga öppna",)
    )


def _report(participation: Participation, records: ReportRecords, due_on: date, today: date) -> ReadinessCell:
    report, edition = records.reports.get(participation.pk), records.editions.get(participation.pk)
    if participation.reported or (report and not report.is_draft):
        on = edition.frozen_on if edition else None
        return ReadinessCell(Matter.REPORT, "done", (f"inlämnad {short_day(on)}" if on else "inlämnad",))
    return ReadinessCell(Matter.REPORT, _left(due_on, today), ("inte inlämnad än",), due_on)
