from celery import shared_task
from django.utils import timezone

from kit.periodic import periodic
from privacy import retention


@shared_task
@periodic
def erase_old_trail() -> None:
    retention.erase_old_trail(timezone.now())
    retention.mend_trail()


@shared_task
@periodic
def end_old_sessions() -> None:
    retention.end_old_sessions(timezone.now())


@shared_task
@periodic
def erase_old_ratings() -> None:
    retention.erase_old_ratings(timezone.now())


@shared_task
@periodic
def erase_left_uploads() -> None:
    retention.erase_left_uploads(timezone.localdate())


@shared_task
@periodic
def erase_old_approvals() -> None:
    retention.erase_old_approvals(timezone.localdate())


@shared_task
@periodic
def erase_old_notes() -> None:
    retention.erase_old_notes(timezone.localdate())
