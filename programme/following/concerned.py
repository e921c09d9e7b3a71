"""Whom a meeting concerns: the organisations expected there, and of each the people whose turn it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cohorts.enums import Function, MentorModel, Status
from cohorts.models import Delegate, Participation
from meetings.enums import MeetingKind
from meetings.models import Meeting

WORKERS = (Function.STRATEGIST, Function.CONTRIBUTOR)


@dataclass(frozen=True)
class Mentorship:
    """A group that a mentoring organisation has, often for one theme."""

    group_id: int
    theme: str


@dataclass(frozen=True)
class InTurn:
    """One who is asked; `instead_of` is whom a deputy stands in for, empty where the function has nobody else."""

    delegate: Delegate
    instead_of: str = ""


def takes_part(participation: Participation) -> bool:
    """One that has left is asked for nothing, whatever day it left."""
    return participation.status != Status.WITHDRAWN


def is_expected(participation: Participation, meeting: Meeting, mentorships: Sequence[Mentorship]) -> bool:
    """Whether the organisation is to be at the meeting; what was before it joined is not held against it."""
    if not takes_part(participation) or participation.cohort_id != meeting.cohort_id:
        return False
    if participation.joined_on and meeting.ends_on < participation.joined_on:
        return False
    if participation.is_participant:
        return meeting.kind != MeetingKind.MENTOR_MEETING and meeting.group_id in (None, participation.group_id)
    return _is_mentors(meeting, participation, mentorships)


def _is_mentors(meeting: Meeting, participation: Participation, mentorships: Sequence[Mentorship]) -> bool:
    """A mentor comes to what its groups come to, and where mentors share by theme to the meeting of its own."""
    if meeting.group_id is not None:
        return any(mentorship.group_id == meeting.group_id for mentorship in mentorships)
    if participation.cohort.mentor_model != MentorModel.BY_THEME or meeting.kind != MeetingKind.LEARNING_MEETING:
        return True
    return any(mentorship.theme in ("", meeting.theme) for mentorship in mentorships)


def functions_at(meeting: Meeting) -> tuple[str, ...]:
    """Whose meeting it is: strategträffar are the strategists', all others everyone's."""
    return (Function.STRATEGIST,) if meeting.kind == MeetingKind.STRATEGIST_MEETING else tuple(Function.values)


def in_turn(delegates: Iterable[Delegate], functions: Iterable[str], declined: frozenset[int]) -> list[InTurn]:
    """Those asked, by function: the ordinary ones; a deputy where one of them cannot come, or there is none."""
    people, found = list(delegates), []
    for function in functions:
        holders = [one for one in people if one.function == function]
        ordinary = [one for one in holders if not one.deputy]
        away = [one.user.name for one in ordinary if one.pk in declined]
        found += [InTurn(one) for one in ordinary]
        if away or not ordinary:
            found += [InTurn(one, ", ".join(away)) for one in holders if one.deputy]
    return found


def responsible(delegates: Iterable[Delegate], *functions: str) -> list[Delegate]:
    """Those who answer for a matter of the organisation; deputies where the function has nobody else."""
    return [one.delegate for one in in_turn(delegates, functions, frozenset())]
