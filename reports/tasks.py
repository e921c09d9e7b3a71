from celery import shared_task

from kit.broker import tell_worker
from reports import adopting, builds


@shared_task(acks_late=True)
def build(build_id: int) -> None:
    builds.run(build_id)


@shared_task
def requeue_lost_reports() -> None:
    # Runs every quarter of a minute and at a worker's start: a message may be lost, a row is not.
    adopting.freeze_missing()
    builds.queue_missing()
    for build_id in builds.requeue_lost():
        send(build_id)


def send(build_id: int) -> None:
    tell_worker(build, build_id)
