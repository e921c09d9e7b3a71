"""Läget inför en träff, for SKR: every organisation and what is due, each told in words with a sign.

Of a draft only how many moment have a value is known here, and of a person only whether they have answered.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from cohorts.composition import composition
from cohorts.enums import Function
from cohorts.models import Cohort, Delegate, Participation
from meetings.enums import MeetingKind, Rsvp
from meetings.models import Meeting
from meetings.whom import functions_for
from modell.templatetags.swedish import enumerated, in_words, sentence, short_day
from programme.enums import Matter
from programme.following.concerned import in_turn
from programme.following.facts import Facts
from programme.following.tasks import SHOWN_BEFORE_REPORT

ANSWERS = {Rsvp.YES: "kommer", Rsvp.NO: "kommer inte", "": "inget svar"}


@dataclass(frozen=True)
class Cell:
    """`sign` is done, lacking, late or, where nothing is asked for yet, none."""

    matter: Matter
    sign: str
    words: tuple[str, ...]

    @property
    def is_lacking(self) -> bool:
        return self.sign in ("lacking", "late")

    @property
    def in_list(self) -> str:
        return f"{self.matter.label}: {', '.join(self.words)}"


@dataclass(frozen=True)
class Row:
    participation: Participation
    cells: tuple[Cell, ...]

    @property
    def lacking(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.is_lacking]


@dataclass(frozen=True)
class Overview:
    """The participants expected at the meeting, those that lack most first."""

    meeting: Meeting
    rows: tuple[Row, ...]

    @property
    def matters(self) -> tuple[Matter, ...]:
        return tuple(cell.matter for cell in self.rows[0].cells) if self.rows else ()

    @property
    def lacking(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.lacking)

    @property
    def headline(self) -> str:
        total, left = len(self.rows), len(self.lacking)
        if not total:
            return f"Ingen organisation väntas till {self.meeting} än."
        if not left:
            return f"Inget saknas inför {self.meeting}."
        if left == total:
            return f"Alla har något kvar inför {self.meeting}."
        whole = total - left
        figures = ("en" if whole == 1 else in_words(whole), in_words(total)) if total <= 12 else (whole, total)
        return f"{sentence(str(figures[0]))} av {figures[1]} har allt klart inför {self.meeting}."

    def n_lacking(self, matter: Matter) -> int:
        return len(self.that_lack([matter]))

    def that_lack(self, matters: Collection[Matter]) -> list[str]:
        """The organisations that lack some of it."""
        return [
            row.participation.organisation.name
            for row in self.rows
            if any(cell.matter in matters for cell in row.lacking)
        ]


def meetings_to_watch(cohort: Cohort, today: date) -> list[Meeting]:
    """Those that participants come to and that are not over, in time's order."""
    coming = cohort.meetings.filter(cancelled_on=None, ends_on__gte=today).exclude(kind=MeetingKind.MENTOR_MEETING)
    return list(coming.select_related("group", "cohort").order_by("starts_on", "number", "pk"))


def overview_of(meeting: Meeting, facts: Facts, n_items: int | None) -> Overview:
    """`facts` are of the whole omgång, read for this meeting only."""
    rows = [
        Row(participation, tuple(_cells(meeting, participation, facts, n_items)))
        for participation in facts.participations
        if participation.is_participant and facts.expected(participation)
    ]
    return Overview(meeting, tuple(sorted(rows, key=lambda row: -len(row.lacking))))


def _cells(meeting: Meeting, participation: Participation, facts: Facts, n_items: int | None) -> Iterator[Cell]:
    people = facts.delegates.get(participation.pk, [])
    if meeting.is_assessed:
        yield _assessment(meeting, participation, facts, n_items)
    if meeting.has_presentations:
        yield _presentation(meeting, participation, facts)
    yield _answers(meeting, people, facts)
    yield _composition(participation, people, facts.today)
    yield _preparations(meeting, people, facts)
    yield _agreements(participation, facts)
    period = facts.reporting.get(participation.cohort_id)
    if period and facts.today >= period.due_on - SHOWN_BEFORE_REPORT:
        yield _report(participation, period.due_on, facts.today)


def _left(due_on: date, today: date) -> str:
    return "late" if due_on < today else "lacking"


def _assessment(meeting: Meeting, participation: Participation, facts: Facts, n_items: int | None) -> Cell:
    begun = facts.by_meeting.get((participation.pk, meeting.pk))
    if begun and begun.is_submitted:
        return Cell(Matter.ASSESSMENT, "done", (f"inlämnad {short_day(begun.submitted_on)}",))
    words = f"påbörjad, {begun.rated} av {n_items or '–'}" if begun else "inte påbörjad än"
    if facts.today < meeting.assessment_opens_on and not begun:
        return Cell(Matter.ASSESSMENT, "none", (f"öppnar {short_day(meeting.assessment_opens_on)}",))
    return Cell(Matter.ASSESSMENT, _left(meeting.assessment_due_on, facts.today), (words,))


def _presentation(meeting: Meeting, participation: Participation, facts: Facts) -> Cell:
    if (meeting.pk, participation.pk) in facts.marks.presented:
        return Cell(Matter.PRESENTATION, "done", ("finns",))
    if facts.today < meeting.invitation_due_on:
        return Cell(Matter.PRESENTATION, "none", (f"lämnas {short_day(meeting.presentation_due_on)}",))
    return Cell(Matter.PRESENTATION, _left(meeting.presentation_due_on, facts.today), ("inte upplagd än",))


def _answers(meeting: Meeting, people: list[Delegate], facts: Facts) -> Cell:
    """By function, since all three are to be there."""
    asked = in_turn(people, functions_for(meeting), facts.declined(meeting, people))
    given = [(one.delegate.function, facts.answer(meeting, one.delegate)) for one in asked]
    words = tuple(
        f"{Function(function).label.lower()} {_told([answer for whose, answer in given if whose == function])}"
        for function in dict.fromkeys(function for function, _ in given)
    )
    if not given:
        return Cell(Matter.ANSWER, "lacking", ("ingen att bjuda in",))
    if all(answer for _, answer in given):
        return Cell(Matter.ANSWER, "done", words)
    if facts.today < meeting.invitation_due_on:
        return Cell(Matter.ANSWER, "none", (f"bjuds in {short_day(meeting.invitation_due_on)}",))
    return Cell(Matter.ANSWER, "lacking", words)


def _told(answers: list[str]) -> str:
    """kommer; of two, one and the other."""
    if len(set(answers)) == 1:
        return ANSWERS[answers[0]]
    return enumerated(f"{answers.count(answer)} {words}" for answer, words in ANSWERS.items() if answer in answers)


def _composition(participation: Participation, people: list[Delegate], today: date) -> Cell:
    missing = composition(people, participation.both_sides, today).missing
    *others, last = [one.label.lower() for one in missing] or [""]
    if last:
        return Cell(
            Matter.COMPOSITION, "lacking", (f"ingen {' eller '.join(filter(None, (', '.join(others), last)))}",)
        )
    return Cell(Matter.COMPOSITION, "done", ("alla tre funktioner",))


def _preparations(meeting: Meeting, people: list[Delegate], facts: Facts) -> Cell:
    """Of those who come or have not answered; only how many are ticked, never by whom."""
    lines = facts.preparations.get(meeting.pk, [])
    asked = [one.delegate for one in in_turn(people, functions_for(meeting), facts.declined(meeting, people))]
    wanted = {
        (line.pk, who.pk)
        for who in asked
        if facts.answer(meeting, who) != Rsvp.NO
        for line in lines
        if line.function in ("", who.function)
    }
    if not wanted:
        return Cell(Matter.PREPARATION, "none", ("inga",))
    ticked = len(wanted & facts.marks.ticks)
    words = (f"{ticked} av {len(wanted)} avbockade",)
    if ticked == len(wanted):
        return Cell(Matter.PREPARATION, "done", words)
    return Cell(Matter.PREPARATION, "none" if facts.today < meeting.invitation_due_on else "lacking", words)


def _agreements(participation: Participation, facts: Facts) -> Cell:
    """Those it has taken on at any meeting; one without a day, or with one that is to come, lacks nothing."""
    theirs = [
        one.due_on
        for one in facts.agreements
        if (one.owner.participation_id if one.owner else one.participation_id) == participation.pk
    ]
    late = [due_on for due_on in theirs if due_on and due_on < facts.today]
    if late:
        return Cell(Matter.AGREEMENT, "late", (f"{len(late)} av {len(theirs)} öppna är sena",))
    return Cell(Matter.AGREEMENT, "none" if theirs else "done", (f"{len(theirs)} öppna" if theirs else "inga öppna",))


def _report(participation: Participation, due_on: date, today: date) -> Cell:
    report = getattr(participation, "report", None)
    if participation.reported or (report and not report.is_draft):
        on = report.submitted_on if report else None
        return Cell(Matter.REPORT, "done", (f"inlämnad {short_day(on)}" if on else "inlämnad",))
    return Cell(Matter.REPORT, _left(due_on, today), ("inte inkommen än",))
