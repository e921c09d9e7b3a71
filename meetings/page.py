"""The values of a meeting's page: how to prepare before it, the agenda on the day, the outcome after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Exists, OuterRef
from django.template.defaultfilters import date as format_date

from accounts.models import User
from cohorts.enums import Function
from cohorts.models import Group
from cohorts.roles import Roles, roles_of
from cohorts.rules import reads_group
from kit.permissions import may
from kit.templatetags.swedish import counted, sentence, some
from meetings.agenda import Agenda, MeetingDay, agenda_of, clock, days_of, own_parts
from meetings.agreements import Agreed, agreed_of, earlier_of
from meetings.coming import Coming, Mine, coming_of, mine_of
from meetings.enums import ImpressionKind, MaterialKind
from meetings.headline import afterwards, ahead, left_to_prepare, opening, own_time
from meetings.invitees import Invitee, people_at
from meetings.models import Impression, Material, Meeting, Preparation, PreparationTick, Takeaway
from meetings.perms import READ_AT_MEETING
from meetings.whom import is_to_prepare


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
    """A preparation with its date; `late` is True if the date has passed and it is not ticked."""

    preparation: Preparation
    due_on: date
    done: bool
    late: bool

    @property
    def whom(self) -> str:
        function = self.preparation.function
        return str(Function(function).label) if function else "Alla"


@dataclass(frozen=True)
class MeetingOutcome:
    """The outcome that the reader may see; `impressions` are counts by kind, in the programme's order."""

    agreements: tuple[Agreed, ...]
    impressions: tuple[tuple[str, int], ...]
    ideas: tuple[Takeaway, ...]

    @property
    def impressions_in_words(self) -> str:
        if not any(count for _, count in self.impressions):
            return "Inget är skrivet än."
        return f"{', '.join(f'{label.lower()}: {count}' for label, count in self.impressions).capitalize()}."


@dataclass(frozen=True)
class MeetingPage:
    meeting: Meeting
    today: date
    phase: Phase
    days: tuple[MeetingDay, ...]
    mine: Mine | None
    todos: tuple[Todo, ...]
    agenda: Agenda
    coming: Coming
    hosts: tuple[Invitee, ...]
    material: tuple[tuple[str, tuple[Material, ...]], ...]
    earlier: tuple[Agreed, ...]
    outcome: MeetingOutcome
    # The groups whose work at home the reader may read, at their own meeting or at a joint one.
    groups: tuple[Group, ...]
    reads: bool
    is_skr: bool

    @property
    def headline(self) -> str:
        meeting, name = self.meeting, self.meeting.name
        if meeting.is_cancelled:
            return f"{name} är inställd."
        if self.phase == Phase.AFTER:
            open_ = [row for row in self.outcome.agreements if row.may_tick and row.agreement.done_on is None]
            return afterwards(name, len(open_)) if self.reads else f"{name} är genomförd."
        if self.phase == Phase.DURING:
            return f"I dag är det {name}. {self.own_time}".rstrip()
        opens = opening(meeting, self.today)
        if concern := self._concern:
            return f"{opens}. {concern}"
        away = ahead((meeting.starts_on - self.today).days)
        return f"{opens}, {away}." if away else f"{opens}."

    @property
    def own_time(self) -> str:
        return own_time(self.meeting, self.agenda, self.today, is_mentor=self.mine.is_mentor) if self.mine else ""

    @property
    def _concern(self) -> str:
        """Return what the reader should know first: to answer, what is late, their own hour, what is left."""
        is_asked = self.meeting.is_asked_about(self.today)
        if not self.mine:
            silent = self.coming.silent if self.is_skr and is_asked else 0
            return sentence(f"{some(silent)} har inte svarat än.") if silent else ""
        if is_asked and not self.mine.is_answered:
            return "Kommer du?"
        n_late = sum(todo.late for todo in self.todos)
        if self.own_time and not n_late:
            return self.own_time
        return left_to_prepare(self.left, n_late) if self.todos else ""

    @property
    def lacks_presentation(self) -> bool:
        if not (self.mine and self.meeting.has_presentations and self.mine.person.participation.is_participant):
            return False
        own = self.mine.person.participation.pk
        rows = (row for _, of_kind in self.material for row in of_kind)
        return not any(row.participation_id == own and row.kind == MaterialKind.PRESENTATION for row in rows)

    @property
    def left(self) -> int:
        return sum(not todo.done for todo in self.todos)

    @property
    def todos_title(self) -> str:
        if not self.mine:
            return "Det här förbereder deltagarna"
        left = counted(self.left, "en sak", "saker")
        return sentence(f"{left} kvar att förbereda") if self.left else "Du är förberedd"

    @property
    def shows_answer(self) -> bool:
        """True if the reader is asked to come; afterwards, if their attendance is recorded."""
        if not self.mine or self.meeting.is_cancelled:
            return False
        return self.phase != Phase.AFTER or self.mine.person.attended is not None

    @property
    def waits(self) -> bool:
        return self.mine is not None and self.left > 0

    @property
    def is_late(self) -> bool:
        """True if the reader has something to do whose day has passed."""
        agreed = any(row.late and row.may_tick for row in self.earlier)
        return self.mine is not None and (agreed or any(todo.late for todo in self.todos))

    @property
    def first(self) -> tuple[Todo, ...]:
        return tuple(sorted(self.todos, key=lambda todo: todo.done)[:3])

    @property
    def rest(self) -> tuple[Todo, ...]:
        return tuple(todo for todo in self.todos if todo not in self.first)

    @property
    def rest_in_words(self) -> str:
        return sentence(f"{counted(len(self.rest), 'en förberedelse', 'förberedelser')} till")


def page_of(meeting: Meeting, user: User, today: date) -> MeetingPage:
    roles, phase = roles_of(user), phase_of(meeting, today)
    people = people_at(meeting, today, roles)
    own = [person for person in people if person.user_id == user.pk]
    mine = mine_of(meeting, own, people)
    todos = todos_of(meeting, own, today) if phase != Phase.AFTER else ()
    reads = may(user, READ_AT_MEETING, meeting)
    agreed = agreed_of(meeting, user, today) if reads else []
    now = tuple(row for row in agreed if row.agreement.meeting_id == meeting.pk)
    agenda = agenda_of(meeting, meeting.agenda.all(), own_parts(own))
    coming = coming_of(meeting, people, has_begun=phase != Phase.BEFORE)
    return MeetingPage(
        meeting=meeting,
        today=today,
        phase=phase,
        days=tuple(days_of(meeting, agenda)),
        mine=mine,
        todos=todos,
        agenda=agenda,
        coming=coming,
        hosts=tuple(
            person
            for person in people
            if person.participation.pk == meeting.host_id
            and person.function == Function.STRATEGIST
            and not person.deputy
        ),
        material=material_of(meeting, roles) if reads else (),
        earlier=earlier_of(agreed, meeting),
        outcome=_outcome(meeting, roles, now) if reads and phase != Phase.BEFORE else MeetingOutcome((), (), ()),
        groups=_groups(meeting, user, roles),
        reads=reads,
        is_skr=roles.is_skr,
    )


def _groups(meeting: Meeting, user: User, roles: Roles) -> tuple[Group, ...]:
    if meeting.group:
        return (meeting.group,) if reads_group.test(user, meeting.group) else ()
    near = roles.group_ids | roles.mentored_group_ids
    return tuple(Group.objects.filter(cohort=meeting.cohort_id, pk__in=near)) if near else ()


def when_of(meeting: Meeting) -> str:
    """Return the dates and hours in words: Tisdag 15 december 2026 kl. 9.00–16.00."""
    starts, ends = (f" kl. {clock(at)}" if at else "" for at in (meeting.starts_at, meeting.ends_at))
    last = format_date(meeting.ends_on, "l j F Y")
    if meeting.ends_on != meeting.starts_on:
        return sentence(f"{format_date(meeting.starts_on, 'l j F')}{starts} – {last}{ends}")
    return sentence(f"{last}{starts}{ends.replace(' kl. ', '–')}")


def todos_of(meeting: Meeting, own: Iterable[Invitee], today: date) -> tuple[Todo, ...]:
    """Return the preparations for the reader's functions and for all; every one, unticked, if `own` is empty."""
    own = list(own)
    preparing = [person for person in own if is_to_prepare(person.participation, meeting)]
    if own and not preparing:
        return ()
    ticks = PreparationTick.objects.filter(preparation=OuterRef("pk"), delegate__in=[person.pk for person in preparing])
    rows = meeting.preparations.annotate(done=Exists(ticks))
    if preparing:
        rows = rows.filter(function__in=["", *{person.function for person in preparing}])
    todos = []
    for row in rows:
        due, done = meeting.starts_on - timedelta(days=row.days_before), vars(row)["done"]
        todos.append(Todo(row, due, done, late=due < today and not done))
    return tuple(sorted(todos, key=lambda todo: todo.due_on))


def material_of(meeting: Meeting, roles: Roles) -> tuple[tuple[str, tuple[Material, ...]], ...]:
    rows = list(
        Material.objects.visible_to(roles)
        .filter(meeting=meeting)
        .select_related("participation__organisation")
        .order_by("participation__position", "pk")
    )
    by_kind = ((kind, tuple(row for row in rows if row.kind == kind)) for kind in MaterialKind)
    return tuple((str(kind.label), of_kind) for kind, of_kind in by_kind if of_kind)


def _outcome(meeting: Meeting, roles: Roles, agreements: tuple[Agreed, ...]) -> MeetingOutcome:
    kinds = list(Impression.objects.visible_to(roles).filter(meeting=meeting).values_list("kind", flat=True))
    ideas = (
        Takeaway.objects.visible_to(roles)
        .filter(meeting=meeting)
        .select_related("participation__organisation", "source__organisation")
    )
    counts = tuple((str(kind.label), kinds.count(kind)) for kind in ImpressionKind)
    return MeetingOutcome(agreements, counts, tuple(ideas))
