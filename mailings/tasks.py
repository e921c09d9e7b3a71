import logging

from celery import shared_task
from kombu.exceptions import OperationalError

from mailings import delivery, erasing

log = logging.getLogger(__name__)


@shared_task
def deliver(mail_id: int) -> None:
    delivery.deliver(mail_id)


@shared_task
def send_waiting() -> None:
    """Every minute and at a worker's start: messages may be lost, rows are not."""
    for mail_id in delivery.sweep():
        if not delivery.deliver(mail_id):
            log.warning("The mail server cannot be reached; what waits is left for the next sweep.")
            return


@shared_task
def send_digests() -> None:
    """Every ten minutes: a morning when nothing ran is made up for."""
    from mailings import digest  # which makes mail, and so tells the worker here

    digest.send_digests()


@shared_task
def erase_old_mail() -> None:
    """Erase addresses and words in mail whose time is out (MAIL_KEEP_DAYS)."""
    erasing.erase_old_mail()


def tell_worker(mail_id: int) -> None:
    """Without a broker the mail stands in its row, and the next sweep sends it."""
    try:
        deliver.delay(mail_id)
    except (OperationalError, OSError):
        log.warning("No broker: mail %s waits for the next sweep.", mail_id, exc_info=True)
