from celery import shared_task
from django.utils import timezone

from admission.actions.admission import erase_people, to_erase
from admission.actions.holders import asks_to_erase, erase_ask
from kit.periodic import periodic


@shared_task
@periodic
def erase_interest_people() -> None:
    for interest in to_erase(timezone.localdate()):
        erase_people(interest=interest)
    for ask in asks_to_erase(timezone.localdate()):
        erase_ask(ask=ask)
