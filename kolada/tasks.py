from celery import shared_task

from kit.broker import tell_worker
from kit.periodic import periodic
from kolada import jobs


@shared_task(acks_late=True)
def fetch(fetch_id: int) -> None:
    jobs.run(fetch_id)


@shared_task
@periodic
def requeue_lost_fetches() -> None:
    for fetch_id in jobs.requeue_lost():
        send(fetch_id)


@shared_task
@periodic
def fetch_nightly() -> None:
    for fetch_id in jobs.fetch_of_the_night():
        send(fetch_id)


def send(fetch_id: int) -> None:
    tell_worker(fetch, fetch_id)
