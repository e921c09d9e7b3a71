"""The representatives a meeting is for (`whom`), with what each has said and done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Case, Exists, F, FilteredRelation, OuterRef, Q, Value, When

from cohorts.enums import Function
from cohorts.models import Delegate, GroupMentor, Participation
from cohorts.roles import Roles
from meetings.enums import Rsvp
from meetings.models import Meeting
from meetings.whom import delegates_at, functions_for

# Of an organisation's three functions, those that shall be at the meeting; a medverkande comes where they like.
NEEDED = (Function.POLITICIAN, Function.MANAGER, Function.STRATEGIST)


@dataclass(frozen=True)
class Person:
    """A representant a meeting is for, with their answer and whether they came."""

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
        """An answer to a day that has been moved is asked for again, so it counts no more."""
        return self.answer == answer and self.answered_to == meeting.sequence


def needed_at(meeting: Meeting) -> tuple[Function, ...]:
    return tuple(function for function in NEEDED if function in functions_for(meeting))


def people_at(meeting: Meeting, today: date, roles: Roles) -> list[Person]:
    """In the order of organisations and functions, in one question to the database."""
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
        .order_by("participation__position", "participation", "function", "deputy", "user__name")
    )
    return [_person(row, roles) for row in rows]


def _person(row: Delegate, roles: Roles) -> Person:
    read = vars(row)
    return Person(
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
class Count:
    """How many of one function come, do not come and have not answered; deputies count when they come."""

    label: str
    yes: int
    no: int
    silent: int


def counts_of(people: Iterable[Person], meeting: Meeting) -> list[Count]:
    people = list(people)
    return [
        _count(Function(function), [person for person in people if person.function == function], meeting)
        for function in functions_for(meeting)
    ]


def _count(function: Function, people: list[Person], meeting: Meeting) -> Count:
    asked = [person for person in people if not person.deputy]
    yes = sum(person.has_said(Rsvp.YES, meeting) for person in people)
    no = sum(person.has_said(Rsvp.NO, meeting) for person in asked)
    said = sum(person.has_said(Rsvp.YES, meeting) for person in asked)
    return Count(str(function.label), yes, no, len(asked) - said - no)


def deputies_for(person: Person, people: Iterable[Person]) -> list[Person]:
    """Who may come instead: the deputies with the same function in the same organisation."""
    return [
        other
        for other in people
        if other.deputy
        and other.pk != person.pk
        and (other.participation.pk, other.function) == (person.participation.pk, person.function)
    ]
