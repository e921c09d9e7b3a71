import logging

from celery import shared_task
from kombu.exceptions import OperationalError

from reports import builds

log = logging.getLogger(__name__)


@shared_task(acks_late=True)
def build(build_id: int) -> None:
    builds.run(build_id)


@shared_task
def requeue_lost_reports() -> None:
    """Every minute and at a worker's start: messages may be lost, rows are not."""
    for build_id in builds.requeue_lost():
        send(build_id)


def send(build_id: int) -> None:
    """Tell a worker. Without a broker the order stands in its row, and the next sweep sends it."""
    try:
        build.delay(build_id)
    except (OperationalError, OSError):
        log.warning("No broker: report build %s waits for the next sweep.", build_id, exc_info=True)
