from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cohorts.models import Participation
from cohorts.roles import roles_of
from modell.http import PageRequest
from programme.enums import TaskState
from programme.following.facts import read_facts
from programme.following.seat import seats_of
from programme.following.skr import skr_tasks
from programme.following.task import Task, in_order
from programme.following.tasks import tasks_of

# So many on the start page's card; all of them on the page itself.
ON_THE_CARD = 4


@dataclass(frozen=True)
class Line:
    """A task as the page draws it today; `whose` where the person acts for several."""

    task: Task
    when: str
    is_late: bool
    whose: str


def tasks(request: PageRequest) -> HttpResponse:
    """Mina uppgifter: all one has to do, in any omgång. The card on the start pages asks for the first few
    of it, without those that the page tells of itself."""
    today, found = timezone.localdate(), _tasks_of(request)
    told = request.GET.getlist("utom") if request.htmx else []
    several = len({task.organisation for task in found}) > 1
    lines = [
        Line(task, task.when(today), task.state(today) == TaskState.LATE, task.organisation if several else "")
        for task in found
        if not task.done and task.key not in told
    ]
    context = {
        "lines": lines[:ON_THE_CARD] if request.htmx else lines,
        "told": told,
        "n_more": len(lines) - ON_THE_CARD,
        "n_late": sum(line.is_late for line in lines),
        "done": [task for task in found if task.done],
        "today": today,
    }
    template = "programme/following/tasks.html"
    return render(request, f"{template}#few" if request.htmx else template, context)


def _tasks_of(request: PageRequest) -> list[Task]:
    roles, today = roles_of(request.user), timezone.localdate()
    if not roles.seats:
        return skr_tasks(roles, today)
    own = Participation.objects.visible_to(roles).filter(pk__in={seat.participation_id for seat in roles.seats})
    facts = read_facts(own, today, user=request.user)
    return in_order([task for seat in seats_of(facts, request.user.pk) for task in tasks_of(seat)])
