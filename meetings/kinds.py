"""The kinds of meetings. A new kind is a member here and a migration: the differences between kinds are facts here."""

from dataclasses import dataclass

from django.db.models import TextChoices

from cohorts.enums import Function


@dataclass(frozen=True)
class KindFacts:
    """The facts of a kind of meeting. Each default is what is true of most kinds."""

    # Its meetings' keys in addresses and packages begin so: learning-2.
    stem: str
    functions: tuple[Function, ...] = tuple(Function)
    is_for_mentors_only: bool = False
    # Organisations rate themselves before it.
    is_assessed: bool = False
    is_themed: bool = False
    # Mentors support the organisations at it, each its own theme where the omgång shares by theme.
    is_mentored: bool = False
    # All organisations meet, and work at home lies between two of them.
    is_main: bool = False
    # An omgång begins with it, and closes with it.
    is_opening: bool = False
    is_closing: bool = False
    # It prepares the next main meeting, and each that needs it has one before it.
    is_preparing: bool = False
    needs_preparing: bool = False
    # Two such kinds may well lie on the same day.
    may_share_day: bool = False
    # Its line stands before the others' in timetables.
    is_first_in_timetable: bool = False
    # How SKR's own workbooks named its sheets; a group in the pattern says which of its meetings in order.
    old_tab: str = ""


class MeetingKind(TextChoices):
    KICKOFF = "kickoff", "Uppstartskonferens"
    MENTOR_MEETING = "mentor_meeting", "Mentorträff"
    STRATEGIST_MEETING = "strategist_meeting", "Strategträff"
    LEARNING_MEETING = "learning_meeting", "Lärandeträff"
    DEEP_DIVE = "deep_dive", "Fördjupning"
    RESULTS_CONFERENCE = "results_conference", "Resultatkonferens"

    @property
    def facts(self) -> KindFacts:
        return FACTS[self]

    @classmethod
    def in_timetable(cls) -> list["MeetingKind"]:
        return sorted(cls, key=lambda kind: not kind.facts.is_first_in_timetable)


FACTS = {
    MeetingKind.KICKOFF: KindFacts("kickoff", is_main=True, is_opening=True),
    MeetingKind.MENTOR_MEETING: KindFacts(
        "mentor", is_for_mentors_only=True, may_share_day=True, is_first_in_timetable=True
    ),
    MeetingKind.STRATEGIST_MEETING: KindFacts(
        "strategist", functions=(Function.STRATEGIST,), is_preparing=True, may_share_day=True
    ),
    MeetingKind.LEARNING_MEETING: KindFacts(
        "learning",
        is_assessed=True,
        is_themed=True,
        is_mentored=True,
        is_main=True,
        needs_preparing=True,
        old_tab=r"(?:bm|lt|benchmarking\w*|lärande\w*|träff|möte)\s*(?:nr\s*)?(\d)",
    ),
    MeetingKind.DEEP_DIVE: KindFacts("deep-dive", is_themed=True),
    MeetingKind.RESULTS_CONFERENCE: KindFacts(
        "conference", is_assessed=True, is_main=True, is_closing=True, old_tab="resultat.*"
    ),
}
