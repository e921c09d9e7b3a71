import logging

from celery import shared_task
from kombu.exceptions import OperationalError

from reports import adopting, builds

log = logging.getLogger(__name__)


@shared_task(acks_late=True)
def build(build_id: int) -> None:
    builds.run(build_id)


@shared_task
def requeue_lost_reports() -> None:
    # Runs every minute and at a worker's start: a message may be lost, a row is not.
    adopting.freeze_missing()
    builds.queue_missing()
    for build_id in builds.requeue_lost():
        send(build_id)


def send(build_id: int) -> None:
    """Tell a worker. Without a broker the order stays in its row until the next sweep sends it."""
    try:
        build.delay(build_id)
    except (OperationalError, OSError):
        log.warning("No broker: report build %s waits for the next sweep.", build_id, exc_info=True)
