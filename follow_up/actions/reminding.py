"""Actions that send the mails about what is due: the hourly reminders, and those that a person at SKR sends."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.urls import reverse

from accounts.models import User
from cohorts.duty import Matter, Task, TaskState
from cohorts.models import Cohort
from follow_up.mails import SKR_REMINDER
from follow_up.records import Records, read_records
from follow_up.reminded import about_skr
from follow_up.reminders import PREFIX, Planned, answered_rules, due_reminders, listed, people_of
from kit import audit
from kit.refusals import ActionRefused
from kit.templatetags.swedish import enumerated, in_words
from mailings.actions import queue_mail
from mailings.models import Mail
from meetings.telling import calendar_file
from meetings.trail import MeetingEvent


def remind(*, cohort: Cohort, today: date) -> int:
    """Make the mails that are due in the omgång, and return how many.

    Each is a transaction of its own: a run that is cut off can be run again, and two runs at once make no mail twice.
    """
    records = read_records(cohort.participations.order_by("position", "pk"), today)
    made = Mail.objects.filter(key__startswith=f"{PREFIX}:{cohort.pk}:").values_list("key", flat=True)
    return sum(_make(cohort, planned) for planned in due_reminders(cohort, records, made))


@transaction.atomic
def _make(cohort: Cohort, planned: Planned) -> bool:
    # Another run may have made mail for some of these rules since they were read.
    Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    there = Mail.objects.filter(key__startswith=f"{planned.stem}:").values_list("key", flat=True)
    answered = {rule for stem, rule in answered_rules(there) if stem == planned.stem}
    if answered & set(planned.rules):
        return False  # the next run makes the rules that are left
    mail = queue_mail(
        kind=planned.kind,
        key=planned.key,
        to=planned.to,
        values=planned.values,
        path=planned.path,
        about=cohort.slug,
        files=[calendar_file(planned.invites_to)] if planned.invites_to else [],
    )
    return mail is not None


@dataclass(frozen=True)
class Reminded:
    """Mails that SKR is about to send; `reached` names the organisations that their recipients act for."""

    planned: tuple[Planned, ...]
    n_already: int
    reached: frozenset[str] = frozenset()


def plan_reminder(*, cohort: Cohort, records: Records, matters: Collection[Matter], organisation: str = "") -> Reminded:
    """Plan one mail to each person who lacks any of the matters and has not been reminded of it today.

    With the name of an `organisation`, only its own people, about its own matters.
    """
    about = about_skr(records.today)
    made = Mail.objects.filter(key__startswith=f"{PREFIX}:{cohort.pk}:{about}:").values_list("key", flat=True)
    answered, planned, n_already, reached = answered_rules(made), [], 0, set()
    for person in people_of(cohort, records):
        lacking = [
            task
            for task in person.open(matters)
            if _is_asked_for(task, records.today) and organisation in ("", task.organisation)
        ]
        left = [task for task in lacking if (person.stem(about), task.matter.value) not in answered]
        n_already += bool(lacking and not left)
        reached |= {task.organisation for task in lacking}
        if left:
            why = enumerated(dict.fromkeys(holder.whose for holder in person.holders))
            rules = dict.fromkeys(task.matter.value for task in left)
            path = reverse("follow_up:tasks")
            planned.append(person.plan(SKR_REMINDER, about, rules, why, path, uppgifter=listed(left)))
    return Reminded(tuple(planned), n_already, frozenset(reached))


def _is_asked_for(task: Task, today: date) -> bool:
    # People do what they have taken on in their own time, until its day has passed.
    return task.matter != Matter.AGREEMENT or task.state(today) == TaskState.LATE


def send_reminder(*, cohort: Cohort, reminded: Reminded, among: Collection[int], by: User) -> int:
    """Send to those in `among` (the people whom the page has shown) who still lack something, and return how many.

    Refuse an empty `among`. Each mail is a transaction of its own, so that a click that is cut off can be repeated.
    """
    if not among:
        raise ActionRefused("Ingen har något kvar att göra av det du har valt.")
    sent = [planned for planned in reminded.planned if planned.recipient.pk in among and _make(cohort, planned)]
    if sent:
        labels = dict.fromkeys(Matter(rule).label for planned in sent for rule in planned.rules)
        number = "en person" if len(sent) == 1 else f"{in_words(len(sent))} personer"
        audit.record(MeetingEvent.REMINDER_SENT, target=cohort, by=by, what=f"{enumerated(labels)}, till {number}")
    return len(sent)
