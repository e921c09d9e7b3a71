"""What being a mentor is, what it is not, and what it takes in hours. Computed from rows at hand; writes nothing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from cohorts.enums import MentorModel
from cohorts.models import Cohort, GroupMentor, Participation
from modell.templatetags.swedish import in_words, sentence

# The programme's own five, in our words. These texts stand on pages and in the organisation's own paper alike.
EXPECTATIONS = (
    "Fortsätta med det egna förbättringsarbetet.",
    "Vara med på uppstartskonferensen, på de lärandeträffar som mentorn stödjer och på resultatkonferensen.",
    "Stödja de nya i hur arbetet går till: att jämföra sig, pröva hemma och lära av varandra.",
    "Uppmuntra och utmana dem i arbetet med checklistan och vägledningen.",
    "Berätta om egna erfarenheter, både det som gick bra och det som var svårt.",
)
NOT_MEANT = (
    "Ingen expertroll. Det räcker att kunna konceptet och sin egen resa.",
    "Inget ansvar för andras resultat. De är deltagarnas egna.",
    "Inga dagordningar att skriva. SKR har färdiga.",
)
ONE_MEETING = "Inte hela omgången. Mentorerna delar på den, och var och en stödjer en lärandeträff, den med sitt tema."
WHOLE_GROUP = "Inte ensamt. SKR:s processledare är med på träffarna, och en stödjande mentor kan avlasta."
WHO_TAKES_PART = "Strategen är med på alla träffar som mentorn stödjer, politiker och chefer på två eller tre."
AT_THE_MEETING = (
    "Läs det gruppen har lämnat in. Räkna med tio minuter.",
    "Berätta hur ni själva gjorde med temat: det som gick bra, och det som inte gick som ni tänkte.",
    "Fråga mer än ni svarar. Gruppen äger sina resultat, och SKR har dagordningen.",
)


class LearningMeeting(Protocol):
    """A lärandeträff, as the next app up keeps it."""

    @property
    def pk(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def theme(self) -> str: ...
    @property
    def group_id(self) -> int | None: ...
    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date: ...


@dataclass(frozen=True)
class Estimate:
    """Hours for what one supports; `own` is the organisation's own figure, which goes before the reckoned one."""

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
    """One group that a mentor has, and the meetings it supports there."""

    mentorship: GroupMentor
    meetings: tuple[LearningMeeting, ...]


@dataclass(frozen=True)
class Load:
    """All that a mentoring organisation supports in one omgång."""

    participation: Participation
    assignments: tuple[Assignment, ...]
    meetings: tuple[LearningMeeting, ...]
    estimate: Estimate

    @property
    def n_groups(self) -> int:
        return len(self.assignments)

    @property
    def is_full(self) -> bool:
        """Whether it has as many groups as it has said it can take; unknown is not full."""
        capacity = self.participation.capacity
        return capacity is not None and self.n_groups >= capacity

    def held(self, today: date) -> tuple[LearningMeeting, ...]:
        return tuple(meeting for meeting in self.meetings if meeting.ends_on <= today)


def supports(mentorship: GroupMentor, meeting: LearningMeeting) -> bool:
    """A mentor with a theme supports the group's meetings on it, joint ones too; one without supports them all."""
    theirs = meeting.group_id in (None, mentorship.group_id)
    theme = mentorship.theme.strip().casefold()
    return theirs and (not theme or meeting.theme.strip().casefold() == theme)


def load_of(
    participation: Participation, tasks: Iterable[GroupMentor], meetings: Iterable[LearningMeeting], own: int | None
) -> Load:
    """From its tasks in groups and its omgång's lärandeträffar.

    A joint meeting is one meeting however many groups it is for. A theme that no meeting has got yet stands for one.
    """
    meetings = list(meetings)
    assignments = tuple(
        Assignment(mentorship, tuple(meeting for meeting in meetings if supports(mentorship, meeting)))
        for mentorship in tasks
    )
    found = {meeting.pk: meeting for assignment in assignments for meeting in assignment.meetings}
    unplanned = {each.mentorship.theme for each in assignments if each.mentorship.theme and not each.meetings}
    estimate = Estimate(len(found) + len(unplanned), participation.cohort.mentor_hours, own)
    in_order = sorted(found.values(), key=lambda meeting: (meeting.starts_on, meeting.pk))
    return Load(participation, assignments, tuple(in_order), estimate)


def estimate_for(cohort: Cohort, meetings: Sequence[LearningMeeting]) -> Estimate:
    """For one who is asked and has no group yet: one meeting where mentors share by theme, else all of a group's."""
    if cohort.mentor_model != MentorModel.PER_GROUP:
        return Estimate(1, cohort.mentor_hours)
    by_group = Counter(meeting.group_id for meeting in meetings)
    joint = by_group.pop(None, 0)
    return Estimate(joint + max(by_group.values(), default=0), cohort.mentor_hours)


def not_meant(cohort: Cohort) -> tuple[str, ...]:
    return (*NOT_MEANT, WHOLE_GROUP if cohort.mentor_model == MentorModel.PER_GROUP else ONE_MEETING)
