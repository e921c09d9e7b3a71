"""A person asks to have what is stored about them erased, and may regret it until it is done."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from kit import audit
from mailings.actions import Envelope, queue_mail
from people.mails import ERASURE_ASKED
from people.models import ErasureRequest
from privacy.trail import PrivacyEvent

REASON = "Du får mejlet för att du arbetar på SKR och kan radera uppgifter om personer i Modell."


@transaction.atomic
def ask_for_erasure(*, message: str, by: User) -> ErasureRequest:
    """Keep the request, which is one for each person, and mail everyone at SKR who can erase."""
    request, is_new = ErasureRequest.objects.get_or_create(
        user=by, defaults={"message": message, "asked_on": timezone.localdate()}
    )
    if is_new:
        audit.record(PrivacyEvent.ERASURE_ASKED, target=by, by=by)
        for colleague in User.objects.staff().filter(is_active=True).exclude(pk=by.pk):
            queue_mail(
                kind=ERASURE_ASKED,
                key=f"{ERASURE_ASKED.key}:{request.pk}:{colleague.pk}",
                to=Envelope.to(colleague, reason=REASON),
                values={"person": by.name},
                path=reverse("privacy:requests"),
            )
    return request


@transaction.atomic
def regret_erasure(*, by: User) -> None:
    if ErasureRequest.objects.filter(user=by).delete()[0]:
        audit.record(PrivacyEvent.ERASURE_REGRETTED, target=by, by=by)
