"""The task of a mentor: what is expected, and the hours it takes. Nothing here writes to the database."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cohorts.enums import MentorModel
from cohorts.models import Cohort, GroupMentor, Participation
from kit.templatetags.swedish import in_words, sentence
from meetings.models import Meeting
from meetings.whom import supports, theme_of

# The programme's five expectations, in our words but no narrower: a board decides on them. Pages and the draft in Word
# print the same texts.
EXPECTATIONS = (
    "Fortsätta med det egna förbättringsarbetet.",
    "Vara med på uppstartskonferensen, lärandeträffarna och resultatkonferensen.",
    "Stödja de nya i hur arbetet går till: att jämföra sig, pröva hemma och lära av varandra.",
    "Inspirera, stödja och utmana dem i arbetet med checklistan och vägledningen.",
    "Berätta om egna erfarenheter, både det som gick bra och det som var svårt.",
)
# Each is printed under words that say "ingår inte", so none says no once more.
NOT_MEANT = (
    "Att vara expert. Det räcker att kunna konceptet och sin egen resa.",
    "Ansvar för andras resultat. De är deltagarnas egna.",
    "Att skriva dagordningar. SKR har färdiga, och mentorn stödjer när träffen planeras och genomförs.",
)
ONE_MEETING = "Att stödja alla lärandeträffar. Mentorerna delar på dem, och var och en stödjer en, den med sitt tema."
WHOLE_GROUP = "Att stå ensam. SKR:s processledare är med på träffarna, och en stödjande mentor kan avlasta."
WHO_TAKES_PART = "Strategerna är med på samtliga träffar, politiker och chefer på två eller tre."
WORTH = (
    "Den som förklarar för andra får syn på sitt eget arbete. Mentorskapet håller frågan levande hemma, ger del "
    "av nya deltagares lösningar och en plats i ett nationellt sammanhang där ny kunskap delas."
)
AT_THE_MEETING = (
    "Läs det gruppen har lämnat in. Räkna med tio minuter.",
    "Berätta hur ni själva gjorde med temat: det som gick bra, och det som inte gick som ni tänkte.",
    "Fråga mer än ni svarar. Gruppen äger sina resultat, och SKR har dagordningen.",
)


@dataclass(frozen=True)
class Estimate:
    """Hours for the meetings a mentor supports. `own` is the organisation's own figure and replaces ours."""

    meetings: int
    hours_each: int
    own: int | None = None

    @property
    def hours(self) -> int:
        return self.meetings * self.hours_each if self.own is None else self.own

    @property
    def words(self) -> str:
        if self.own is not None:
            return f"{self.own} timmar enligt er egen uppskattning."
        if not self.meetings:
            return f"{sentence(in_words(self.hours_each))} timmar för varje lärandeträff, med förberedelser och resor."
        if self.meetings == 1:
            return f"En lärandeträff, ungefär {in_words(self.hours_each)} timmar med förberedelser och resor."
        each = f"ungefär {in_words(self.hours_each)} timmar för var och en med förberedelser och resor"
        return f"{sentence(in_words(self.meetings))} lärandeträffar, {each}."


@dataclass(frozen=True)
class Assignment:
    """A group that a mentor has, with the meetings it supports there."""

    mentorship: GroupMentor
    meetings: tuple[Meeting, ...]

    @property
    def theme(self) -> str:
        return theme_of(self.mentorship)


@dataclass(frozen=True)
class Load:
    """All that a mentoring organisation supports in one omgång."""

    participation: Participation
    assignments: tuple[Assignment, ...]
    meetings: tuple[Meeting, ...]
    estimate: Estimate

    @property
    def n_groups(self) -> int:
        return len(self.assignments)

    @property
    def is_full(self) -> bool:
        """True if it has as many groups as it says it can take; unknown is not full."""
        capacity = self.participation.capacity
        return capacity is not None and self.n_groups >= capacity

    def meetings_until(self, day: date) -> tuple[Meeting, ...]:
        return tuple(meeting for meeting in self.meetings if meeting.ends_on <= day)


def load_of(
    participation: Participation, tasks: Iterable[GroupMentor], meetings: Iterable[Meeting], own: int | None
) -> Load:
    """Return the load; `tasks` come from `mentorships_of` and `meetings` are the omgång's lärandeträffar."""
    meetings = list(meetings)
    assignments = tuple(
        Assignment(mentorship, tuple(meeting for meeting in meetings if supports(mentorship, meeting)))
        for mentorship in tasks
    )
    # A joint meeting is one meeting, however many groups it is for.
    supported = {meeting.pk: meeting for assignment in assignments for meeting in assignment.meetings}
    # A theme that has no meeting yet counts as one meeting.
    unplanned = {assignment.theme for assignment in assignments if assignment.theme and not assignment.meetings}
    estimate = Estimate(len(supported) + len(unplanned), participation.cohort.mentor_hours, own)
    in_order = sorted(supported.values(), key=lambda meeting: (meeting.starts_on, meeting.pk))
    return Load(participation, assignments, tuple(in_order), estimate)


def estimate_for(cohort: Cohort, meetings: Sequence[Meeting]) -> Estimate:
    """Return the estimate for a mentor without a group: one meeting where mentors share by theme, else a group's."""
    if cohort.mentor_model != MentorModel.PER_GROUP:
        return Estimate(1, cohort.mentor_hours)
    by_group = Counter(meeting.group_id for meeting in meetings)
    joint = by_group.pop(None, 0)
    return Estimate(joint + max(by_group.values(), default=0), cohort.mentor_hours)


def not_meant(cohort: Cohort | None) -> tuple[str, ...]:
    """Return what the task leaves out; how the mentors share it is known only where the omgång is."""
    if cohort is None:
        return NOT_MEANT
    return (*NOT_MEANT, WHOLE_GROUP if cohort.mentor_model == MentorModel.PER_GROUP else ONE_MEETING)
