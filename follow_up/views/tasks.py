from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.requests import PageRequest
from cohorts.duty import Task, TaskState, in_order
from cohorts.models import Participation
from cohorts.roles import roles_of
from follow_up.duties import skr_tasks, tasks_of
from follow_up.records import read_records
from people.duties import offers_to

# The card on the start page shows at most this many tasks.
ON_THE_CARD = 4


@dataclass(frozen=True)
class TaskLine:
    """A task as the page prints it today; `whose` is empty unless the person acts for several organisations."""

    task: Task
    when: str
    is_late: bool
    whose: str


@require_GET
def tasks(request: PageRequest) -> HttpResponse:
    """Show all tasks, or the first few as a partial; `utom` names tasks that the start page shows itself."""
    today, everything = timezone.localdate(), _tasks_of(request)
    elsewhere = request.GET.getlist("utom") if request.htmx else []
    several = len({task.organisation for task in everything}) > 1
    lines = [
        TaskLine(task, task.when(today), task.state(today) == TaskState.LATE, task.organisation if several else "")
        for task in everything
        if not task.done and task.key not in elsewhere
    ]
    context = {
        "lines": lines[:ON_THE_CARD] if request.htmx else lines,
        "elsewhere": elsewhere,
        "n_more": len(lines) - ON_THE_CARD,
        "n_late": sum(line.is_late for line in lines),
        "done": [task for task in everything if task.done],
        "today": today,
    }
    template = "follow_up/tasks.html"
    return render(request, f"{template}#few" if request.htmx else template, context)


def _tasks_of(request: PageRequest) -> list[Task]:
    roles, today = roles_of(request.user), timezone.localdate()
    offered = list(offers_to(roles))
    if not roles.seats:
        return [*offered, *skr_tasks(roles, today)]
    own = Participation.objects.visible_to(roles).filter(pk__in={seat.participation_id for seat in roles.seats})
    records = read_records(own, today, user=request.user)
    held = [task for holder in records.holders(request.user.pk) for task in tasks_of(holder, records)]
    return in_order([*offered, *held])
