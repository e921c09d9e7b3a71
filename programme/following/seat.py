"""One person in one function for one organisation: what every source of tasks is asked about."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse

from cohorts.enums import Function
from cohorts.models import Delegate, Participation
from meetings.models import Meeting
from meetings.whom import functions_for
from programme.enums import Matter
from programme.following.concerned import in_turn, responsible, takes_part
from programme.following.facts import Facts
from programme.following.task import Task, key_of


@dataclass(frozen=True)
class Seat:
    """One person in one function for one organisation, with all that is known of the organisation's matters."""

    facts: Facts
    participation: Participation
    delegate: Delegate

    @property
    def today(self) -> date:
        return self.facts.today

    @property
    def colleagues(self) -> list[Delegate]:
        return self.facts.delegates.get(self.participation.pk, [])

    @property
    def place(self) -> tuple[str, str]:
        return self.participation.cohort.slug, self.participation.code

    @cached_property
    def asked_to(self) -> list[tuple[Meeting, str | None]]:
        """The meetings the person is asked to, with whom they stand in for (None: nobody, it is their own)."""
        return [
            (meeting, one.instead_of if one.delegate.deputy else None)
            for meeting in self.facts.expected(self.participation)
            for one in in_turn(self.colleagues, functions_for(meeting), self.facts.declined(meeting, self.colleagues))
            if one.delegate == self.delegate
        ]

    def answers_for(self, *functions: str) -> bool:
        return self.delegate in responsible(self.colleagues, *functions)

    def task(self, matter: Matter, about: object, title: str, why: str, url: str, **more: object) -> Task:
        """Named by the organisation and what it is about."""
        return Task(
            key=key_of(matter, self.participation.pk, about),
            matter=matter,
            title=title,
            why=why,
            url=url,
            organisation=self.participation.organisation.name,
            function=self.delegate.function,
            **more,  # type: ignore[arg-type]
        )


def seats_of(facts: Facts, user_id: int | None = None) -> list[Seat]:
    """Of one person, or of all: only for organisations that have not left."""
    return [
        Seat(facts, participation, delegate)
        for participation in facts.participations
        if takes_part(participation)
        for delegate in facts.delegates.get(participation.pk, [])
        if user_id in (None, delegate.user_id)
    ]


def page_of(meeting: Meeting) -> str:
    return reverse("meetings:meeting", args=[meeting.cohort.slug, meeting.key])


def whose(seat: Seat) -> str:
    """strateg i Provby kommun."""
    function = Function(seat.delegate.function).label.lower()
    deputy = "ersättare som " if seat.delegate.deputy else ""
    return f"{deputy}{function} i {seat.participation.organisation.name}"
