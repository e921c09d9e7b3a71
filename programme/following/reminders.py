"""Which mails are due today, to whom and why. Pure: from how things stand, and which have been made already.

A rule says from which day and until which day something is true to say; a run that was missed catches up within that
time, and after it says nothing. What is due to one person about one meeting is one mail, and its key names every rule
that it answers to: `following:3:meeting.12.0:57:invitation+assessment_due`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.template.defaultfilters import date as format_date
from django.urls import reverse

from accounts.models import User
from cohorts.models import Cohort
from mailings.kinds import MailKind
from mailings.kinds import following as kinds
from meetings.enums import MeetingForm, Rsvp
from meetings.models import Meeting, Period
from modell.templatetags.swedish import day as in_swedish
from modell.templatetags.swedish import day_span, enumerated
from programme.enums import Matter
from programme.following.facts import Facts
from programme.following.schedule import AGREEMENT_RULES, MEETING_RULES, REPORT_RULES, WRAP_UP, Rule
from programme.following.seat import Seat, page_of, seats_of, whose
from programme.following.task import Task
from programme.following.tasks import tasks_of

PREFIX = "following"
NOTHING_TO_PREPARE = "Du behöver inte förbereda något."


@dataclass(frozen=True)
class Planned:
    """One mail to be made. `rules` are what it answers to, `stem` what it is about and to whom."""

    kind: MailKind
    stem: str
    rules: tuple[str, ...]
    recipient: User
    whose: str
    path: str
    reply_to: str
    values: dict[str, str] = field(hash=False)

    @property
    def reason(self) -> str:
        return f"Du får mejlet för att du är {self.whose}."

    @property
    def key(self) -> str:
        return f"{self.stem}:{'+'.join(self.rules)}"


@dataclass(frozen=True)
class Person:
    """One person in the omgång with all their seats in it, and what each has to do."""

    cohort: Cohort
    seats: tuple[Seat, ...]
    tasks: tuple[Task, ...]

    @property
    def user(self) -> User:
        return self.seats[0].delegate.user

    @property
    def today(self) -> date:
        return self.seats[0].today

    def stem(self, about: str) -> str:
        return f"{PREFIX}:{self.cohort.pk}:{about}:{self.user.pk}"

    def open(self, matters: Iterable[Matter]) -> list[Task]:
        wanted = set(matters)
        return [task for task in self.tasks if task.matter in wanted and not task.done]

    def plan(self, kind: MailKind, about: str, rules: Iterable[str], because: str, path: str, **values: str) -> Planned:
        contact = self.cohort.contact
        return Planned(
            kind=kind,
            stem=self.stem(about),
            rules=tuple(rules),
            recipient=self.user,
            whose=because,
            path=path,
            reply_to=contact.email if contact else "",
            values={"omgang": self.cohort.name, **values},
        )


Answered = frozenset[tuple[str, str]]


def answered_rules(keys: Iterable[str]) -> Answered:
    """By what it is about and to whom, every rule that a mail has been made for."""
    parts = (key.rpartition(":") for key in keys)
    return frozenset((stem, rule) for stem, _, rules in parts for rule in rules.split("+"))


def due_reminders(cohort: Cohort, facts: Facts, made: Iterable[str]) -> list[Planned]:
    """`made` are the keys of the mails there are already; what is in the list is to be made now."""
    answered = answered_rules(made)
    found: list[Planned] = []
    for person in people_of(cohort, facts):
        found += _about_meetings(person, answered)
        found += _wrap_ups(person, answered)
        found += _about_agreements(person, answered)
        found += _about_the_report(person, answered)
    return found


def people_of(cohort: Cohort, facts: Facts) -> list[Person]:
    """Everyone with a seat today for an organisation that has not left."""
    by_user: dict[int, list[Seat]] = defaultdict(list)
    for seat in seats_of(facts):
        if seat.delegate.user.is_active:
            by_user[seat.delegate.user_id].append(seat)
    return [
        Person(cohort, tuple(seats), tuple(task for seat in seats for task in tasks_of(seat)))
        for seats in by_user.values()
    ]


def _about_meetings(person: Person, answered: Answered) -> Iterator[Planned]:
    if not person.cohort.is_open(person.today):
        return
    for meeting, why in _asked_to(person).items():
        rules = [rule for rule in MEETING_RULES if rule.is_due(meeting, person.today)]
        planned = _about_meeting(person, meeting, why, rules, answered) if rules else None
        if planned:
            yield planned


def _asked_to(person: Person) -> dict[Meeting, str]:
    """The meetings one is asked to and has not said no to, with why."""
    found: dict[Meeting, str] = {}
    for seat in person.seats:
        for meeting, instead_of in seat.asked_to:
            if seat.facts.answer(meeting, seat.delegate) != Rsvp.NO:
                organisation = seat.participation.organisation.name
                found.setdefault(meeting, f"ersättare för {instead_of} i {organisation}" if instead_of else whose(seat))
    return found


def _about_meeting(person: Person, meeting: Meeting, why: str, rules: list[Rule], answered: Answered) -> Planned | None:
    about = f"meeting.{meeting.pk}.{meeting.sequence}"
    stem = person.stem(about)
    left = {
        rule: [task for task in person.open(rule.matters) if task.meeting == meeting]
        for rule in rules
        if (stem, rule.name) not in answered
    }
    due = [rule for rule, tasks in left.items() if tasks or rule.to_all]
    if not due:
        return None
    tasks = list({task.key: task for rule in due for task in left[rule]}.values())
    kind = due[0].kind
    if kind == kinds.MEETING_INVITATION:  # its own words ask for the answer
        tasks = [task for task in tasks if task.matter != Matter.ANSWER]
    return person.plan(
        kind,
        about,
        [rule.name for rule in due],
        why,
        page_of(meeting) if kind == kinds.MEETING_INVITATION else _page(tasks),
        traff=meeting.name,
        dag=days_of(meeting),
        plats=place_of(meeting),
        uppgifter=listed(tasks) or NOTHING_TO_PREPARE,
    )


def _wrap_ups(person: Person, answered: Answered) -> Iterator[Planned]:
    """To each who was there; one who was there for two organisations gets one."""
    attended: dict[Meeting, tuple[Seat, list[Meeting]]] = {}
    for seat in person.seats:
        expected = seat.facts.expected(seat.participation)
        for meeting in expected:
            first, last = (meeting.ends_on + after for after in WRAP_UP)
            if first <= person.today <= last and _was_there(seat, meeting):
                attended.setdefault(meeting, (seat, expected))
    for meeting, (seat, expected) in attended.items():
        about = f"meeting.{meeting.pk}.{meeting.sequence}"
        if (person.stem(about), "wrap_up") not in answered:
            agreed = [task for task in person.open([Matter.AGREEMENT]) if task.meeting == meeting]
            yield person.plan(
                kinds.MEETING_WRAP_UP,
                about,
                ["wrap_up"],
                f"{whose(seat)} och var med på träffen",
                page_of(meeting),
                traff=meeting.name,
                nasta=_next_of(expected, person.today),
                uppgifter=f"Det här har du tagit på dig:\n\n{listed(agreed)}" if agreed else "",
            )


def _was_there(seat: Seat, meeting: Meeting) -> bool:
    """As it is recorded; while nothing is recorded of the meeting, as the person answered."""
    if meeting.pk in seat.facts.marks.recorded:
        return seat.facts.marks.came.get((meeting.pk, seat.delegate.pk), False)
    return seat.facts.answer(meeting, seat.delegate) == Rsvp.YES


def _next_of(expected: list[Meeting], today: date) -> str:
    following = next((meeting for meeting in expected if meeting.starts_on >= today), None)
    return f"Nästa träff är {following}, {days_of(following)}." if following else "Fler träffar är inte planerade."


def _about_agreements(person: Person, answered: Answered) -> Iterator[Planned]:
    """All that one has taken on at a meeting until the same day is one mail."""
    together: dict[tuple[Meeting, date], list[Task]] = defaultdict(list)
    for task in person.open([Matter.AGREEMENT]):
        if task.meeting and task.due_on:
            together[task.meeting, task.due_on].append(task)
    for (meeting, due_on), tasks in together.items():
        about = f"agreements.{meeting.pk}.{due_on}"
        stem = person.stem(about)
        for name, first, last in AGREEMENT_RULES:
            if due_on + first <= person.today <= due_on + last and (stem, name) not in answered:
                yield person.plan(
                    kinds.AGREEMENT_REMINDER,
                    about,
                    [name],
                    f"ansvarig för något som bestämdes på {meeting}",
                    page_of(meeting),
                    traff=meeting.name,
                    uppgifter=listed(tasks),
                )


def _about_the_report(person: Person, answered: Answered) -> Iterator[Planned]:
    """Also when the omgång is over: it is the one thing that is still asked for."""
    period: Period | None = person.seats[0].facts.reporting.get(person.cohort.pk)
    if period is None:
        return
    about = f"report.{period.pk}.{period.due_on}"
    stem = person.stem(about)
    for name, kind, first, last, matters in REPORT_RULES:
        tasks = person.open(matters)
        in_time = period.due_on + first <= person.today <= period.due_on + last
        if in_time and tasks and (stem, name) not in answered:
            why = enumerated(dict.fromkeys(whose(seat) for seat in person.seats))
            day = in_swedish(period.due_on)
            yield person.plan(kind, about, [name], why, _page(tasks), dag=day, uppgifter=listed(tasks))


def _page(tasks: list[Task]) -> str:
    """The page of the one thing that is left, else the list of them all."""
    urls = {task.url for task in tasks}
    return urls.pop() if len(urls) == 1 else reverse("programme:tasks")


def listed(tasks: Iterable[Task]) -> str:
    """Each a paragraph of its own, so that text and HTML read alike."""
    return "\n\n".join(f"– {task.in_mail}" for task in tasks)


def days_of(meeting: Meeting) -> str:
    """tisdag 3 november 2026, or 13–14 september 2021."""
    if meeting.starts_on == meeting.ends_on:
        return format_date(meeting.starts_on, "l j F Y").lower()
    return day_span(meeting.starts_on, meeting.ends_on)


def place_of(meeting: Meeting) -> str:
    """What is known of hour and place; nothing where nothing is."""
    words = [f"Den börjar klockan {meeting.starts_at:%H.%M}."] if meeting.starts_at else []
    if meeting.place:
        words.append(f"Plats: {meeting.place}.")
    elif meeting.form == MeetingForm.DIGITAL:
        words.append("Den är digital, och länken finns på träffens sida.")
    return " ".join(words)
