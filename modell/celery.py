import os
from typing import Any

from celery import Celery
from celery.signals import worker_init, worker_ready

from kit.broker import tell_worker

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
    for name in ("reports.tasks.requeue_lost_reports", "mailings.tasks.send_waiting"):
        tell_worker(app.tasks[name])
