from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from kit import orphans
from kit.guard import keeping, sending
from kit.periodic import periodic


@shared_task
@periodic
def erase_old_forms() -> None:
    keeping.erase_old(timezone.now())
    sending.erase_old(timezone.now())


@shared_task
@periodic
def clear_sessions() -> None:
    """Delete sessions that have run out, which Django leaves in their table."""
    call_command("clearsessions")


@shared_task
@periodic
def remove_orphans() -> None:
    orphans.remove_orphans(timezone.now())
