from celery import shared_task
from django.utils import timezone

from kit.guard import keeping, sending


@shared_task
def erase_old_forms() -> None:
    keeping.erase_old(timezone.now())
    sending.erase_old(timezone.now())
