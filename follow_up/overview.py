"""Values that SKR's page about a coming meeting prints: what each organisation has done and what it lacks.

They say only how many moment of a draft have a value, and only whether a person has answered or not.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cohorts.duty import Matter
from cohorts.enums import Function
from cohorts.holders import in_turn, takes_part
from cohorts.models import Cohort, Delegate, Participation
from follow_up.records import Records
from kit.templatetags.swedish import enumerated, in_words, sentence, short_day
from meetings.enums import Rsvp
from meetings.models import Meeting
from meetings.whom import functions_for, is_for_participants
from people.composition import composition
from reports.duties import ReportRecords

ANSWERS = {Rsvp.YES: "kommer", Rsvp.NO: "kommer inte", "": "inget svar"}


@dataclass(frozen=True)
class ReadinessCell:
    """One matter of one organisation. `sign` is done, lacking, late, or none where nothing is asked for yet."""

    matter: Matter
    sign: str
    words: tuple[str, ...]

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
    def headline(self) -> str:
        total, left = len(self.rows), len(self.lacking)
        if not total:
            return f"Ingen organisation ska vara med på {self.meeting} än."
        if not left:
            return f"Inget saknas inför {self.meeting}."
        late = sum(row.is_late for row in self.rows)
        if left == total and late:
            behind = "försenad" if late == 1 else "försenade"
            return f"{_of(late, total)} är {behind} inför {self.meeting}, och alla har något kvar."
        if left == total:
            return f"Alla har något kvar inför {self.meeting}."
        return f"{_of(total - left, total)} har allt klart inför {self.meeting}."

    def n_lacking(self, matter: Matter) -> int:
        return len(self.that_lack([matter]))

    def that_lack(self, matters: Collection[Matter]) -> list[str]:
        """Return the names of the organisations that lack any of the matters."""
        return [
            row.participation.organisation.name
            for row in self.rows
            if any(cell.matter in matters for cell in row.lacking)
        ]


def _of(number: int, total: int) -> str:
    """Return "Tre av tolv"; both numbers are words, or both are figures."""
    if total > 12:
        return f"{number} av {total}"
    return f"{sentence('en' if number == 1 else in_words(number))} av {in_words(total)}"


def meetings_to_watch(cohort: Cohort, today: date) -> list[Meeting]:
    """Return the meetings for participants that are not over, in order of time."""
    coming = cohort.meetings.filter(cancelled_on=None, ends_on__gte=today).select_related("group", "cohort")
    return [meeting for meeting in coming.order_by("starts_on", "number", "pk") if is_for_participants(meeting)]


def overview_of(meeting: Meeting, records: Records, n_items: int | None) -> Overview:
    """Build the overview; `records` must be read for the whole omgång and for this meeting only."""
    rows = [
        ReadinessRow(participation, tuple(_cells(meeting, participation, records, n_items)))
        for participation in records.participations
        if participation.is_participant and takes_part(participation) and records.meetings.expected(participation)
    ]
    return Overview(meeting, tuple(sorted(rows, key=lambda row: -len(row.lacking))))


def _cells(
    meeting: Meeting, participation: Participation, records: Records, n_items: int | None
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
    period = records.reports.due_period(participation, records.today)
    if period:
        yield _report(participation, records.reports, period.due_on, records.today)


def _left(due_on: date, today: date) -> str:
    return "late" if due_on < today else "lacking"


def _assessment(meeting: Meeting, participation: Participation, records: Records, n_items: int | None) -> ReadinessCell:
    begun = records.assessments.at(participation, meeting)
    if begun and begun.is_submitted:
        return ReadinessCell(Matter.ASSESSMENT, "done", (f"inlämnad {short_day(begun.submitted_on)}",))
    words = f"påbörjad, {begun.rated} av {n_items or '–'}" if begun else "inte påbörjad än"
    if records.today < meeting.assessment_opens_on and not begun:
        return ReadinessCell(Matter.ASSESSMENT, "none", (f"öppnar {short_day(meeting.assessment_opens_on)}",))
    return ReadinessCell(Matter.ASSESSMENT, _left(meeting.assessment_due_on, records.today), (words,))


def _presentation(meeting: Meeting, participation: Participation, records: Records) -> ReadinessCell:
    if (meeting.pk, participation.pk) in records.meetings.presented:
        return ReadinessCell(Matter.PRESENTATION, "done", ("finns",))
    if records.today < meeting.invitation_due_on:
        return ReadinessCell(Matter.PRESENTATION, "none", (f"lämnas in {short_day(meeting.presentation_due_on)}",))
    return ReadinessCell(Matter.PRESENTATION, _left(meeting.presentation_due_on, records.today), ("inte upplagd än",))


def _answers(meeting: Meeting, people: Sequence[Delegate], records: Records) -> ReadinessCell:
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


def _preparations(meeting: Meeting, people: Sequence[Delegate], records: Records) -> ReadinessCell:
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


def _agreements(participation: Participation, records: Records) -> ReadinessCell:
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
    return ReadinessCell(Matter.REPORT, _left(due_on, today), ("inte inlämnad än",))
