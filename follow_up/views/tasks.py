from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.requests import PageRequest
from follow_up.card import every_task_of, lines_of


@require_GET
def tasks(request: PageRequest) -> HttpResponse:
    everything = every_task_of(request.user)
    lines = lines_of(everything)
    context = {
        "lines": lines,
        "n_late": sum(line.is_late for line in lines),
        "done": [task for task in everything if task.done],
        "today": timezone.localdate(),
    }
    return render(request, "follow_up/tasks.html", context)
