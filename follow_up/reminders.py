"""Rules that decide which mails are due today, to whom and why. They read and write no rows of their own.

A rule has a first and a last day. A run that was missed is made up for within them; after the last day the rule says
nothing. Everything that is due to one person about one meeting is one mail, and its key names every rule that it
answers: `following:3:meeting.12.0:57:invitation+assessment_due`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from django.urls import reverse

from accounts.models import User
from cohorts.duty import Matter, Task
from cohorts.holders import Holder
from cohorts.models import Cohort
from follow_up import mails as kinds
from follow_up.duties import tasks_of
from follow_up.records import Records
from follow_up.rules import AGREEMENT_RULES, CYCLE_LATE, MEETING_RULES, REPORT_RULES, WRAP_UP, Rule
from kit.templatetags.swedish import day_span, enumerated, weekday_and_day
from mailings.actions import Envelope
from mailings.blocks import line_of_list
from mailings.kinds import MailKind
from meetings.enums import MeetingForm, Rsvp
from meetings.models import Meeting, Period

PREFIX = "following"
NOTHING_TO_PREPARE = "Du behöver inte förbereda något."
TO_PREPARE = "Det här behöver du göra före träffen:"
LEFT = "Det här har du kvar att göra:"


@dataclass(frozen=True)
class Planned:
    """One mail to be made. `stem` is the key without its rules: what the mail is about, and to whom."""

    kind: MailKind
    stem: str
    rules: tuple[str, ...]
    recipient: User
    whose: str
    path: str
    contact: User | None
    values: dict[str, str] = field(hash=False)
    invites_to: Meeting | None = None

    @property
    def to(self) -> Envelope:
        return Envelope.to(self.recipient, reason=f"Du får mejlet för att du är {self.whose}.", contact=self.contact)

    @property
    def key(self) -> str:
        return f"{self.stem}:{'+'.join(self.rules)}"


@dataclass(frozen=True)
class PersonToRemind:
    """One person in the omgång, with all their functions in it and what they have to do."""

    cohort: Cohort
    records: Records
    holders: tuple[Holder, ...]
    tasks: tuple[Task, ...]

    @property
    def user(self) -> User:
        return self.holders[0].delegate.user

    @property
    def today(self) -> date:
        return self.records.today

    def stem(self, about: str) -> str:
        return f"{PREFIX}:{self.cohort.pk}:{about}:{self.user.pk}"

    def open(self, matters: Iterable[Matter]) -> list[Task]:
        wanted = set(matters)
        return [task for task in self.tasks if task.matter in wanted and not task.done]

    def plan(self, kind: MailKind, about: str, rules: Iterable[str], because: str, path: str, **values: str) -> Planned:
        return Planned(
            kind=kind,
            stem=self.stem(about),
            rules=tuple(rules),
            recipient=self.user,
            whose=because,
            path=path,
            contact=self.cohort.contact,
            values={"omgang": self.cohort.name, **values},
        )


Answered = frozenset[tuple[str, str]]


def answered_rules(keys: Iterable[str]) -> Answered:
    """Return a pair of stem and rule for every rule that these mails answer."""
    parts = (key.rpartition(":") for key in keys)
    return frozenset((stem, rule) for stem, _, rules in parts for rule in rules.split("+"))


def due_reminders(cohort: Cohort, records: Records, made: Iterable[str]) -> list[Planned]:
    """Return the mails to make now; `made` are the keys of the mails that exist already."""
    answered = answered_rules(made)
    return [
        planned
        for person in people_of(cohort, records)
        for source in (_about_meetings, _wrap_ups, _about_agreements, _about_cycles, _about_the_report)
        for planned in source(person, answered)
    ]


def people_of(cohort: Cohort, records: Records) -> list[PersonToRemind]:
    """Return everyone who has a function today for an organisation that has not left."""
    by_user: dict[int, list[Holder]] = defaultdict(list)
    for holder in records.holders():
        if holder.delegate.user.is_active:
            by_user[holder.delegate.user_id].append(holder)
    return [
        PersonToRemind(
            cohort, records, tuple(holders), tuple(task for holder in holders for task in tasks_of(holder, records))
        )
        for holders in by_user.values()
    ]


def _about_meetings(person: PersonToRemind, answered: Answered) -> Iterator[Planned]:
    if not person.cohort.is_open(person.today):
        return
    for meeting, why in _asked_to(person).items():
        rules = [rule for rule in MEETING_RULES if rule.is_due(meeting, person.today)]
        planned = _about_meeting(person, meeting, why, rules, answered) if rules else None
        if planned:
            yield planned


def _asked_to(person: PersonToRemind) -> dict[Meeting, str]:
    """Return the meetings that the person is asked to and has not declined, each with the reason."""
    reasons: dict[Meeting, str] = {}
    for holder in person.holders:
        for meeting, instead_of in person.records.meetings.asked_to(holder):
            if person.records.meetings.answer(meeting, holder.delegate) != Rsvp.NO:
                organisation = holder.participation.organisation.name
                why = f"ersättare för {instead_of} i {organisation}" if instead_of else holder.whose
                reasons.setdefault(meeting, why)
    return reasons


def _about_meeting(
    person: PersonToRemind, meeting: Meeting, why: str, rules: list[Rule], answered: Answered
) -> Planned | None:
    about = f"meeting.{meeting.pk}.{meeting.sequence}"
    stem = person.stem(about)
    left = {
        rule: [task for task in person.open(rule.matters) if task.meeting_id == meeting.pk]
        for rule in rules
        if (stem, rule.name) not in answered
    }
    due = [rule for rule, tasks in left.items() if tasks or rule.to_all]
    if not due:
        return None
    tasks = list({task.key: task for rule in due for task in left[rule]}.values())
    kind = due[0].kind
    if kind == kinds.MEETING_INVITATION:  # the invitation itself asks for the answer
        tasks = [task for task in tasks if task.matter != Matter.ANSWER]
    planned = person.plan(
        kind,
        about,
        [rule.name for rule in due],
        why,
        meeting.get_absolute_url() if kind == kinds.MEETING_INVITATION else _page(tasks),
        traff=meeting.name,
        dag=days_of(meeting),
        plats=place_of(meeting),
        uppgifter=_asked_for(kind, tasks),
    )
    return replace(planned, invites_to=meeting) if kind == kinds.MEETING_INVITATION else planned


def _asked_for(kind: MailKind, tasks: list[Task]) -> str:
    if not tasks:
        return NOTHING_TO_PREPARE
    # The other kinds say in their own words what the list is.
    return f"{TO_PREPARE}\n\n{listed(tasks)}" if kind == kinds.MEETING_INVITATION else listed(tasks)


def _wrap_ups(person: PersonToRemind, answered: Answered) -> Iterator[Planned]:
    # A person who attended for two organisations gets one mail.
    attended: dict[Meeting, tuple[Holder, list[Meeting]]] = {}
    for holder in person.holders:
        expected = person.records.meetings.expected(holder.participation)
        for meeting in expected:
            if WRAP_UP.is_due(meeting.ends_on, person.today) and _was_there(holder, meeting, person.records):
                attended.setdefault(meeting, (holder, expected))
    for meeting, (holder, expected) in attended.items():
        about = f"meeting.{meeting.pk}.{meeting.sequence}"
        if (person.stem(about), WRAP_UP.name) not in answered:
            left = [task for task in person.open(WRAP_UP.matters) if task.meeting_id == meeting.pk]
            yield person.plan(
                WRAP_UP.kind,
                about,
                [WRAP_UP.name],
                f"{holder.whose} och var med på träffen",
                meeting.get_absolute_url(),
                traff=meeting.name,
                nasta=_next_of(expected, person.today),
                uppgifter=f"{LEFT}\n\n{listed(left)}" if left else "",
            )


def _was_there(holder: Holder, meeting: Meeting, records: Records) -> bool:
    # Until attendance is recorded, a person who has said yes counts as present.
    if meeting.pk in records.meetings.recorded:
        presence = records.meetings.presence.get((meeting.pk, holder.delegate.pk))
        return bool(presence and presence.came)
    return records.meetings.answer(meeting, holder.delegate) == Rsvp.YES


def _next_of(expected: list[Meeting], today: date) -> str:
    following = next((meeting for meeting in expected if meeting.starts_on >= today), None)
    return f"Nästa träff är {days_of(following)}: {following}." if following else "Inga fler träffar är planerade."


def _about_agreements(person: PersonToRemind, answered: Answered) -> Iterator[Planned]:
    meetings = {meeting.pk: meeting for meeting in person.records.meetings.meetings.get(person.cohort.pk, [])}
    # Agreements from one meeting with the same last day share a mail.
    together: dict[tuple[Meeting, date], list[Task]] = defaultdict(list)
    for task in person.open([Matter.AGREEMENT]):
        if task.meeting_id and task.due_on:
            together[meetings[task.meeting_id], task.due_on].append(task)
    for (meeting, due_on), tasks in together.items():
        about = f"agreements.{meeting.pk}.{due_on}"
        stem = person.stem(about)
        for rule in AGREEMENT_RULES:
            if rule.is_due(due_on, person.today) and (stem, rule.name) not in answered:
                yield person.plan(
                    rule.kind,
                    about,
                    [rule.name],
                    f"ansvarig för något som ni bestämde på träffen {meeting}",
                    meeting.get_absolute_url(),
                    traff=meeting.name,
                    uppgifter=listed(tasks),
                )


def _about_cycles(person: PersonToRemind, answered: Answered) -> Iterator[Planned]:
    # Cycles with the same last day share a mail.
    together: dict[date, list[Task]] = defaultdict(list)
    for task in person.open(CYCLE_LATE.matters):
        if task.due_on:
            together[task.due_on].append(task)
    for due_on, tasks in together.items():
        about = f"cycles.{due_on}"
        if CYCLE_LATE.is_due(due_on, person.today) and (person.stem(about), CYCLE_LATE.name) not in answered:
            why = enumerated(dict.fromkeys(holder.whose for holder in person.holders))
            values = {"dag": weekday_and_day(due_on), "uppgifter": listed(tasks)}
            yield person.plan(CYCLE_LATE.kind, about, [CYCLE_LATE.name], why, _page(tasks), **values)


def _about_the_report(person: PersonToRemind, answered: Answered) -> Iterator[Planned]:
    # The report is asked for also when the omgång is over.
    period: Period | None = person.records.reports.periods.get(person.cohort.pk)
    if period is None:
        return
    about = f"report.{period.pk}.{period.due_on}"
    stem = person.stem(about)
    for rule in REPORT_RULES:
        tasks = person.open(rule.matters)
        if rule.is_due(period.due_on, person.today) and tasks and (stem, rule.name) not in answered:
            why = enumerated(dict.fromkeys(holder.whose for holder in person.holders))
            day = weekday_and_day(period.due_on)
            yield person.plan(rule.kind, about, [rule.name], why, _page(tasks), dag=day, uppgifter=listed(tasks))


def _page(tasks: list[Task]) -> str:
    urls = {task.url for task in tasks}
    return urls.pop() if len(urls) == 1 else reverse("follow_up:tasks")


def listed(tasks: Iterable[Task]) -> str:
    return "\n".join(line_of_list(task.in_mail, task.url) for task in tasks)


def days_of(meeting: Meeting) -> str:
    """Return "tisdag 3 november 2026", or "13–14 september 2021" for a meeting of several days."""
    if meeting.starts_on == meeting.ends_on:
        return weekday_and_day(meeting.starts_on)
    return day_span(meeting.starts_on, meeting.ends_on)


def _hours_of(meeting: Meeting) -> str:
    several = meeting.n_days > 1
    starts = f"börjar klockan {meeting.starts_at:%H.%M}{' första dagen' if several else ''}"
    ends = f" och slutar klockan {meeting.ends_at:%H.%M}{' sista dagen' if several else ''}" if meeting.ends_at else ""
    return f"Den {starts}{ends}."


def place_of(meeting: Meeting) -> str:
    """Return the hour and place in sentences, or nothing while they are not known."""
    words = [_hours_of(meeting)] if meeting.starts_at else []
    if meeting.place:
        words.append(f"Plats: {meeting.place}.")
    elif meeting.form == MeetingForm.DIGITAL:
        words.append("Den är digital, och länken finns på träffens sida.")
    return " ".join(words)
