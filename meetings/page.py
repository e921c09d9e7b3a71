"""A meeting's page in its three states: before it how to come prepared, on the day the agenda, then what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

from django.db.models import Exists, OuterRef
from django.template.defaultfilters import date as format_date

from accounts.models import User
from cohorts.enums import Function
from cohorts.roles import Roles, roles_of
from mailings.models import Mail
from meetings.actions.answering import deputy_key
from meetings.agenda import Agenda, agenda_of, clock
from meetings.agreed import Agreed, agreed_of, earlier_of
from meetings.composition import Composition, composition_of
from meetings.concerned import Count, Person, counts_of, deputies_for, people_at
from meetings.enums import ImpressionKind, MaterialKind, Rsvp
from meetings.models import Impression, Material, Meeting, Preparation, PreparationTick, Takeaway
from meetings.whom import organisations_at
from modell.permissions import Perm, may
from modell.templatetags.swedish import day, in_words, sentence


class Phase(StrEnum):
    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


def phase_of(meeting: Meeting, today: date) -> Phase:
    if today < meeting.starts_on:
        return Phase.BEFORE
    return Phase.DURING if today <= meeting.ends_on else Phase.AFTER


@dataclass(frozen=True)
class Todo:
    """A preparation with its day; `late` says that the day has passed and it is not ticked, without blame."""

    preparation: Preparation
    due_on: date
    done: bool
    late: bool

    @property
    def whom(self) -> str:
        function = self.preparation.function
        return str(Function(function).label) if function else "Alla"


@dataclass(frozen=True)
class Deputy:
    person: Person
    asked: bool


@dataclass(frozen=True)
class Mine:
    """What the reader has said: None where the meeting is not for them."""

    person: Person
    answer: str
    moved: bool
    deputies: tuple[Deputy, ...]

    @property
    def label(self) -> str:
        return str(Rsvp(self.answer).label) if self.answer else ""

    @property
    def says_no(self) -> bool:
        return self.answer == Rsvp.NO and not self.moved


@dataclass(frozen=True)
class Coming:
    """Who comes: how many of each function, and by name those of one's own group; SKR sees all."""

    counts: tuple[Count, ...]
    near: tuple[tuple[str, tuple[Person, ...]], ...]
    composition: Composition | None


@dataclass(frozen=True)
class Outcome:
    """What came of a meeting, as the reader may see it; counts of impressions by kind, in the programme's order."""

    agreements: tuple[Agreed, ...]
    impressions: tuple[tuple[str, int], ...]
    ideas: tuple[Takeaway, ...]


@dataclass(frozen=True)
class MeetingPage:
    meeting: Meeting
    phase: Phase
    headline: str
    when: str
    mine: Mine | None
    todos: tuple[Todo, ...]
    agenda: Agenda
    coming: Coming
    hosts: tuple[Person, ...]
    material: tuple[tuple[str, tuple[Material, ...]], ...]
    earlier: tuple[Agreed, ...]
    outcome: Outcome
    reads: bool

    @property
    def lacks_presentation(self) -> bool:
        """Whether the reader's own organisation shall present and has not laid anything there yet."""
        if not (self.mine and self.meeting.has_presentations and self.mine.person.participation.is_participant):
            return False
        own = self.mine.person.participation.pk
        rows = (row for _, of_kind in self.material for row in of_kind)
        return not any(row.participation_id == own and row.kind == MaterialKind.PRESENTATION for row in rows)

    @property
    def first(self) -> tuple[Todo, ...]:
        """Three lines, what is not done before what is: as much as one reads on the way."""
        return tuple(sorted(self.todos, key=lambda todo: todo.done)[:3])

    @property
    def rest(self) -> tuple[Todo, ...]:
        return tuple(todo for todo in self.todos if todo not in self.first)


def page_of(meeting: Meeting, user: User, today: date) -> MeetingPage:
    roles, phase = roles_of(user), phase_of(meeting, today)
    people = people_at(meeting, today, roles)
    own = [person for person in people if person.user_id == user.pk]
    mine = _mine(meeting, own, people)
    todos = todos_of(meeting, own, today) if phase != Phase.AFTER else ()
    reads = may(user, Perm.READ_AT_MEETING, meeting)
    agreed = agreed_of(meeting, user, today) if reads else []
    now = tuple(row for row in agreed if row.agreement.meeting_id == meeting.pk)
    return MeetingPage(
        meeting=meeting,
        phase=phase,
        headline=_headline(meeting, phase, mine, todos, today),
        when=when_of(meeting),
        mine=mine,
        todos=todos,
        agenda=agenda_of(meeting, meeting.agenda.all()),
        coming=_coming(meeting, people, phase),
        hosts=tuple(
            person
            for person in people
            if person.participation.pk == meeting.host_id
            and person.function == Function.STRATEGIST
            and not person.deputy
        ),
        material=material_of(meeting, roles) if reads else (),
        earlier=earlier_of(agreed, meeting),
        outcome=_outcome(meeting, roles, now) if reads and phase != Phase.BEFORE else Outcome((), (), ()),
        reads=reads,
    )


def when_of(meeting: Meeting) -> str:
    """Tisdag 15 december 2026 kl. 9.00–16.00."""
    starts, ends = (f" kl. {clock(at)}" if at else "" for at in (meeting.starts_at, meeting.ends_at))
    last = format_date(meeting.ends_on, "l j F Y")
    if meeting.ends_on != meeting.starts_on:
        return sentence(f"{format_date(meeting.starts_on, 'l j F')}{starts} – {last}{ends}")
    return sentence(f"{last}{starts}{ends.replace(' kl. ', '–')}")


def todos_of(meeting: Meeting, own: Iterable[Person], today: date) -> tuple[Todo, ...]:
    """One's own by function, what is for all among them; of who has no seat at the meeting every one, unticked."""
    own = list(own)
    ticks = PreparationTick.objects.filter(preparation=OuterRef("pk"), delegate__in=[person.pk for person in own])
    rows = meeting.preparations.annotate(done=Exists(ticks))
    if own:
        rows = rows.filter(function__in=["", *{person.function for person in own}])
    found = []
    for row in rows:
        due, done = meeting.starts_on - timedelta(days=row.days_before), vars(row)["done"]
        found.append(Todo(row, due, done, late=due < today and not done))
    return tuple(sorted(found, key=lambda todo: todo.due_on))


def _mine(meeting: Meeting, own: list[Person], people: list[Person]) -> Mine | None:
    if not own:
        return None
    person = own[0]
    moved = bool(person.answer) and person.answered_to != meeting.sequence
    deputies: tuple[Deputy, ...] = ()
    if person.has_said(Rsvp.NO, meeting):
        found = deputies_for(person, people)
        keys = [deputy_key(meeting, person.pk, deputy.pk) for deputy in found]
        asked = set(Mail.objects.filter(key__in=keys).values_list("key", flat=True)) if keys else set()
        deputies = tuple(Deputy(one, key in asked) for one, key in zip(found, keys, strict=True))
    return Mine(person, person.answer, moved, deputies)


def _headline(meeting: Meeting, phase: Phase, mine: Mine | None, todos: tuple[Todo, ...], today: date) -> str:
    if meeting.is_cancelled:
        return f"{meeting.name} är inställd."
    if phase == Phase.DURING:
        return f"I dag är det {meeting.name}."
    if phase == Phase.AFTER:
        return f"Det här kom ut av {meeting.name}."
    left = sum(not todo.done for todo in todos)
    if mine and todos and left:
        return f"{meeting.name}: {'en sak' if left == 1 else f'{in_words(left)} saker'} kvar att förbereda."
    if mine and todos:
        return f"Du är förberedd för {meeting.name}."
    return f"{meeting.name} är {_ahead((meeting.starts_on - today).days, meeting)}."


def _ahead(days: int, meeting: Meeting) -> str:
    if days == 1:
        return "i morgon"
    if days <= 14:
        return f"om {in_words(days)} dagar"
    weeks = days // 7
    return f"om {in_words(weeks)} veckor" if weeks <= 12 else f"den {day(meeting.starts_on)}"


def _coming(meeting: Meeting, people: list[Person], phase: Phase) -> Coming:
    near = groupby((person for person in people if person.near), key=lambda person: person.participation.pk)
    named = []
    for _, members in near:
        rows = tuple(members)
        named.append((rows[0].participation.organisation.name, rows))
    there = composition_of(meeting, organisations_at(meeting), people) if phase != Phase.BEFORE else None
    return Coming(tuple(counts_of(people, meeting)), tuple(named), there)


def material_of(meeting: Meeting, roles: Roles) -> tuple[tuple[str, tuple[Material, ...]], ...]:
    """By kind, in the kinds' order; a kind of which there is nothing is left out."""
    rows = list(
        Material.objects.visible_to(roles)
        .filter(meeting=meeting)
        .select_related("participation__organisation")
        .order_by("participation__position", "pk")
    )
    found = ((kind, tuple(row for row in rows if row.kind == kind)) for kind in MaterialKind)
    return tuple((str(kind.label), of_kind) for kind, of_kind in found if of_kind)


def _outcome(meeting: Meeting, roles: Roles, agreements: tuple[Agreed, ...]) -> Outcome:
    kinds = list(Impression.objects.visible_to(roles).filter(meeting=meeting).values_list("kind", flat=True))
    ideas = (
        Takeaway.objects.visible_to(roles)
        .filter(meeting=meeting)
        .select_related("participation__organisation", "source__organisation")
    )
    counts = tuple((str(kind.label), kinds.count(kind)) for kind in ImpressionKind)
    return Outcome(agreements, counts, tuple(ideas))
