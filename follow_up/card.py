"""One's tasks as pages draw them: all on their own page, the first few on a card of the start pages."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils import timezone

from accounts.models import User
from cohorts.duty import Task, TaskState, in_order
from cohorts.models import Participation
from cohorts.roles import roles_of
from follow_up.duties import skr_tasks, tasks_of
from follow_up.records import read_records
from people.duties import offers_to

ON_THE_CARD = 4


@dataclass(frozen=True)
class TaskLine:
    """A task as the page prints it today; `whose` is empty unless the person acts for several organisations."""

    task: Task
    when: str
    is_late: bool
    whose: str


@dataclass(frozen=True)
class TaskCard:
    """The first tasks and how many more there are; `elsewhere` is true if the page has some of them above."""

    lines: Sequence[TaskLine]
    n_more: int
    elsewhere: bool

    @property
    def first(self) -> Sequence[TaskLine]:
        return self.lines[:1]

    @property
    def n_after_first(self) -> int:
        return len(self.lines) - 1 + self.n_more


def every_task_of(user: User) -> list[Task]:
    roles, today = roles_of(user), timezone.localdate()
    offered = list(offers_to(roles))
    if not roles.seats:
        return [*offered, *skr_tasks(roles, today)]
    own = Participation.objects.visible_to(roles).filter(pk__in={seat.participation_id for seat in roles.seats})
    records = read_records(own, today, user=user)
    seat_tasks = [task for holder in records.holders(user.pk) for task in tasks_of(holder, records)]
    return in_order([*offered, *seat_tasks])


def lines_of(tasks: Collection[Task], elsewhere: Collection[str] = ()) -> list[TaskLine]:
    """Return what is left to do, in order; `elsewhere` are keys of the tasks that the page shows itself."""
    today, several = timezone.localdate(), len({task.organisation for task in tasks}) > 1
    return [
        TaskLine(task, task.when(today), task.state(today) == TaskState.LATE, task.organisation if several else "")
        for task in tasks
        if not task.done and task.key not in elsewhere
    ]


def card_of(user: User, elsewhere: Collection[str] = ()) -> TaskCard:
    lines = lines_of(every_task_of(user), elsewhere)
    return TaskCard(lines[:ON_THE_CARD], max(0, len(lines) - ON_THE_CARD), bool(elsewhere))
