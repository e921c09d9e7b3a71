from celery import shared_task
from django.utils import timezone

from cohorts.actions.admission import erase_people, to_erase


@shared_task
def erase_interest_people() -> None:
    """Erase names and addresses in interest forms whose time is out (INTEREST_KEEP_DAYS)."""
    for interest in to_erase(timezone.localdate()):
        erase_people(interest=interest)
