from celery import shared_task
from django.utils import timezone

from kit.broker import tell_worker
from kit.periodic import periodic
from reports import adopting, builds


@shared_task(acks_late=True)
def build(build_id: int) -> None:
    builds.run(build_id)


@shared_task
@periodic
def requeue_lost_reports() -> None:
    # Runs every quarter of a minute and at a worker's start: a message may be lost, a row is not.
    adopting.freeze_missing()
    builds.queue_missing()
    for build_id in builds.requeue_lost():
        send(build_id)


@shared_task
@periodic
def discard_old_drafts() -> None:
    builds.discard_old_drafts(timezone.now())


def send(build_id: int) -> None:
    tell_worker(build, build_id)
