"""Every mail about what is due: by the clock, and by a person at SKR."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.urls import reverse

from accounts.models import User
from cohorts.models import Cohort
from mailings.actions import Envelope, queue_mail
from mailings.kinds.following import SKR_REMINDER
from mailings.models import Mail
from modell import audit
from modell.audit import Kind
from modell.refusals import ActionRefused
from modell.templatetags.swedish import enumerated, in_words
from programme.enums import Matter, TaskState
from programme.following.facts import Facts, read_facts
from programme.following.reminders import PREFIX, Planned, answered_rules, due_reminders, listed, people_of
from programme.following.seat import whose
from programme.following.task import Task


def remind(*, cohort: Cohort, today: date) -> int:
    """Make the mails that are due in the omgång, each in a transaction of its own: a run that is cut off goes on where
    it stopped, and two at once make no mail twice.
    """
    facts = read_facts(cohort.participations.order_by("position", "pk"), today)
    made = Mail.objects.filter(key__startswith=f"{PREFIX}:{cohort.pk}:").values_list("key", flat=True)
    return sum(_make(cohort, planned) for planned in due_reminders(cohort, facts, made))


@transaction.atomic
def _make(cohort: Cohort, planned: Planned) -> bool:
    """Under the omgång's lock: another run may have answered to some of its rules since they were read."""
    Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    there = Mail.objects.filter(key__startswith=f"{planned.stem}:").values_list("key", flat=True)
    answered = {rule for stem, rule in answered_rules(there) if stem == planned.stem}
    if answered & set(planned.rules):
        return False  # what is left is made by the next run
    to = Envelope.to(planned.recipient, reason=planned.reason, reply_to=planned.reply_to)
    mail = queue_mail(
        kind=planned.kind, key=planned.key, to=to, values=planned.values, path=planned.path, about=cohort.slug
    )
    return mail is not None


@dataclass(frozen=True)
class Reminded:
    """What SKR is about to send: to each only what that person lacks. `reached` are the organisations they act for."""

    planned: tuple[Planned, ...]
    n_already: int
    reached: frozenset[str] = frozenset()


def plan_reminder(*, cohort: Cohort, facts: Facts, matters: Collection[Matter]) -> Reminded:
    """Just those who lack some of it; who has been reminded of a matter today is not reminded of it again."""
    about = f"skr.{facts.today}"
    made = Mail.objects.filter(key__startswith=f"{PREFIX}:{cohort.pk}:{about}:").values_list("key", flat=True)
    answered, planned, n_already, reached = answered_rules(made), [], 0, set()
    for person in people_of(cohort, facts):
        lacking = [task for task in person.open(matters) if _is_asked_for(task, facts.today)]
        left = [task for task in lacking if (person.stem(about), task.matter.value) not in answered]
        n_already += bool(lacking and not left)
        reached |= {task.organisation for task in lacking}
        if left:
            why = enumerated(dict.fromkeys(whose(seat) for seat in person.seats))
            rules = dict.fromkeys(task.matter.value for task in left)
            path = reverse("programme:tasks")
            planned.append(person.plan(SKR_REMINDER, about, rules, why, path, uppgifter=listed(left)))
    return Reminded(tuple(planned), n_already, frozenset(reached))


def _is_asked_for(task: Task, today: date) -> bool:
    """What somebody has taken on is theirs to do when they like, until its day."""
    return task.matter != Matter.AGREEMENT or task.state(today) == TaskState.LATE


def send_reminder(*, cohort: Cohort, reminded: Reminded, among: Collection[int], by: User) -> int:
    """To those that the page had shown and who still lack it: nobody gets a mail that SKR has not seen the name on.

    Each mail is a transaction of its own, as when the clock reminds: a click that is cut off is made good by another.
    """
    if not among:
        raise ActionRefused("Ingen har något kvar av det du har valt.")
    sent = [planned for planned in reminded.planned if planned.recipient.pk in among and _make(cohort, planned)]
    if sent:
        labels = dict.fromkeys(Matter(rule).label for planned in sent for rule in planned.rules)
        number = "en person" if len(sent) == 1 else f"{in_words(len(sent))} personer"
        audit.record(Kind.REMINDER_SENT, target=cohort, by=by, what=f"{enumerated(labels)}, till {number}")
    return len(sent)
