import os
from logging.config import dictConfig
from typing import Any

from celery import Celery, Task
from celery.signals import before_task_publish, setup_logging, task_postrun, task_prerun, worker_init, worker_ready

from kit.broker import tell_worker
from kit.logs import REQUEST, RequestFacts

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "modell.settings")

app = Celery("modell")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def read_fonts(**_event: Any) -> None:
    # Before the pool's processes are made, which then have them too.
    from kit.fonts import read_ahead

    read_ahead()


@worker_ready.connect
def sweep_at_start(**_event: Any) -> None:
    # Work that was lost while no worker ran; Celery announces a worker's start only by a signal.
    lost = ("reports.tasks.requeue_lost_reports", "archive.tasks.requeue_lost_bundles", "mailings.tasks.send_waiting")
    for name in lost:
        tell_worker(app.tasks[name])


@setup_logging.connect
def write_lines_as_the_site_does(**_event: Any) -> None:
    # With a receiver Celery adds no format of its own.
    from django.conf import settings

    dictConfig(settings.LOGGING)


@before_task_publish.connect
def send_number(headers: dict[str, Any], **_event: Any) -> None:
    about = REQUEST.get()
    if about:
        headers["request_number"] = about.request_id


@task_prerun.connect
def take_number(task: Task, **_event: Any) -> None:
    """Give the task's lines the number of the request that ordered it, or else the task's own."""
    if not task.request.is_eager:
        REQUEST.set(RequestFacts(getattr(task.request, "request_number", None) or str(task.request.id)))


@task_postrun.connect
def leave_number(task: Task, **_event: Any) -> None:
    if not task.request.is_eager:
        REQUEST.set(None)
