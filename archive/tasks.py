from celery import shared_task
from django.utils import timezone

from archive import bundles
from kit.broker import tell_worker
from kit.periodic import periodic


@shared_task(acks_late=True)
def build(bundle_id: int) -> None:
    bundles.run(bundle_id)


@shared_task
@periodic
def requeue_lost_bundles() -> None:
    for bundle_id in bundles.requeue_lost():
        send(bundle_id)


@shared_task
@periodic
def discard_expired() -> None:
    bundles.discard_expired(timezone.now())


def send(bundle_id: int) -> None:
    tell_worker(build, bundle_id)
