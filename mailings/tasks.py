import logging

from celery import shared_task

from kit import broker
from kit.periodic import periodic
from mailings import delivery, erasing

log = logging.getLogger(__name__)


@shared_task
def deliver(mail_id: int) -> None:
    delivery.deliver(mail_id)


@shared_task
@periodic
def send_waiting() -> None:
    # The message to a worker may be lost, so every minute the rows themselves are read.
    for mail_id in delivery.sweep():
        if not delivery.deliver(mail_id):
            log.warning("The mail server cannot be reached; what waits is left for the next sweep.")
            return


@shared_task
def deliver_code(mail_id: int) -> None:
    delivery.deliver(mail_id)


@shared_task
@periodic
def send_codes() -> None:
    for mail_id in delivery.sweep_codes():
        if not delivery.deliver(mail_id):
            return


@shared_task
@periodic
def send_digests() -> None:
    from mailings import digest  # imported here: it makes mail, and so imports this module

    digest.send_digests()


@shared_task
@periodic
def erase_old_mail() -> None:
    erasing.erase_old_mail()
    erasing.remove_old_codes()


def tell_worker(mail_id: int) -> None:
    broker.tell_worker(deliver, mail_id)


def tell_of_many() -> None:
    broker.tell_worker(send_waiting)


def tell_code_worker(mail_id: int) -> None:
    broker.tell_worker(deliver_code, mail_id)
