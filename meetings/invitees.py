"""The representatives that a meeting is for (`whom`), with their answers and attendance."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Case, Exists, F, FilteredRelation, OuterRef, Q, Value, When

from cohorts.enums import Function
from cohorts.models import Delegate, GroupMentor, Participation
from cohorts.roles import Roles
from kit.ordering import by_name
from meetings.enums import Rsvp
from meetings.models import Meeting
from meetings.whom import delegates_at, functions_for

# The functions that an organisation is to have at a meeting; a medverkande may come but is not counted on.
NEEDED = (Function.POLITICIAN, Function.MANAGER, Function.STRATEGIST)


@dataclass(frozen=True)
class Invitee:
    """A representative that a meeting is for, with their answer and attendance."""

    pk: int
    user_id: int
    name: str
    email: str
    function: str
    deputy: bool
    participation: Participation
    near: bool
    answer: str
    answered_to: int
    attended: bool | None

    @property
    def key(self) -> str:
        return str(self.pk)

    @property
    def function_label(self) -> str:
        return str(Function(self.function).label)

    def has_said(self, answer: str, meeting: Meeting) -> bool:
        """True if this is the answer to the meeting as it now stands: one given before a move does not count."""
        return self.answer == answer and self.answered_to == meeting.sequence


def needed_at(meeting: Meeting) -> tuple[Function, ...]:
    return tuple(function for function in NEEDED if function in functions_for(meeting))


def people_at(meeting: Meeting, today: date, roles: Roles) -> list[Invitee]:
    """Return the invitees in the order of organisations and functions, read with one query."""
    groups = roles.group_ids | roles.mentored_group_ids
    mentors = GroupMentor.objects.filter(participation=OuterRef("participation"), group__in=groups)
    near = (
        Q(participation__organisation__in=roles.organisation_ids) | Q(participation__group__in=groups) | Exists(mentors)
    )
    rows = (
        delegates_at(meeting, today)
        .annotate(
            reply=FilteredRelation("attendances", condition=Q(attendances__meeting=meeting)),
            answer=F("reply__answer"),
            answered_to=F("reply__answered_to"),
            attended=F("reply__attended"),
            near=Case(When(near, then=Value(True)), default=Value(False), output_field=BooleanField()),
        )
        .select_related("user", "participation__organisation")
        .defer("participation__organisation__latitude", "participation__organisation__longitude")
        .order_by("participation__position", "participation", "function", "deputy", by_name("user__name"))
    )
    return [_person(row, roles) for row in rows]


def _person(row: Delegate, roles: Roles) -> Invitee:
    read = vars(row)
    return Invitee(
        pk=row.pk,
        user_id=row.user_id,
        name=row.user.name,
        email=row.user.email,
        function=row.function,
        deputy=row.deputy,
        participation=row.participation,
        near=read["near"] or roles.is_skr,
        answer=read["answer"] or "",
        answered_to=read["answered_to"] or 0,
        attended=read["attended"],
    )


@dataclass(frozen=True)
class AnswerCount:
    """The answers of those with one function. A deputy counts only among those who come."""

    label: str
    yes: int
    no: int
    silent: int


def counts_of(people: Iterable[Invitee], meeting: Meeting) -> list[AnswerCount]:
    people = list(people)
    return [
        _count(Function(function), [person for person in people if person.function == function], meeting)
        for function in functions_for(meeting)
    ]


def _count(function: Function, people: list[Invitee], meeting: Meeting) -> AnswerCount:
    asked = [person for person in people if not person.deputy]
    yes = sum(person.has_said(Rsvp.YES, meeting) for person in people)
    no = sum(person.has_said(Rsvp.NO, meeting) for person in asked)
    said = sum(person.has_said(Rsvp.YES, meeting) for person in asked)
    return AnswerCount(str(function.label), yes, no, len(asked) - said - no)


def deputies_for(person: Invitee, people: Iterable[Invitee]) -> list[Invitee]:
    return [
        other
        for other in people
        if other.deputy
        and other.pk != person.pk
        and (other.participation.pk, other.function) == (person.participation.pk, person.function)
    ]
