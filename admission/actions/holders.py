"""SKR's say over who writes an interest form: let in an unknown address, turn it away, let go of a writer."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from admission.actions.interest import is_taken, let_write, live_form
from admission.enums import WriterStanding
from admission.interest import mail
from admission.interest.moves import INTEREST
from admission.interest.proof import domain_of, is_open_to_all
from admission.models import Interest, InterestAsk, InterestWriter
from admission.trail import AdmissionEvent
from cohorts.models import Cohort, Organisation
from kit import audit
from kit.refusals import ActionRefused


@transaction.atomic
def let_in(*, ask: InterestAsk, remember: bool, by: User) -> InterestWriter:
    """Give the address a link; with `remember` all addresses in its domain are the organisation's from now on."""
    cohort = Cohort.objects.select_for_update(of=("self",)).select_related("contact").get(pk=ask.cohort_id)
    unanswered = InterestAsk.objects.select_related("organisation").filter(pk=ask.pk).first()
    if unanswered is None:
        raise ActionRefused("Frågan är redan besvarad.")
    if not cohort.takes_interest(timezone.localdate()):
        raise ActionRefused("Intresseanmälan är inte öppen längre.")
    organisation, domain = unanswered.organisation, domain_of(unanswered.email)
    interest = live_form(cohort, organisation)
    if is_taken(cohort, organisation, interest):
        raise ActionRefused(f"{organisation} är redan med i omgången, har fått svar eller har tolv som skriver.")
    if remember and is_open_to_all(domain):
        raise ActionRefused(f"Vem som helst kan ha en adress på {domain}. Släpp in personen utan att minnas domänen.")
    if remember:
        Organisation.objects.filter(pk=organisation.pk).update(email_domain=domain)
    writer = let_write(cohort, organisation, interest, unanswered.email, WriterStanding.LET_IN)
    unanswered.delete()
    what = {"what": f"och alla med adress på {domain}"} if remember else {}
    audit.record(AdmissionEvent.INTEREST_LET_IN, target=organisation, by=by, cohort=cohort.name, **what)
    return writer


@transaction.atomic
def turn_away(*, ask: InterestAsk, by: User) -> None:
    if InterestAsk.objects.filter(pk=ask.pk).delete()[0]:
        audit.record(AdmissionEvent.INTEREST_TURNED_AWAY, target=ask.organisation, by=by, cohort=ask.cohort.name)


@transaction.atomic
def let_go(*, interest: Interest, pk: int, by: User) -> None:
    """Delete a writer's link, also the first one's; it stops working at once."""
    interest = (
        Interest.objects.select_for_update(of=("self",)).select_related("cohort", "organisation").get(pk=interest.pk)
    )
    if interest.writers.filter(pk=pk).delete()[0]:
        about = {"cohort": interest.cohort.name}
        audit.record(AdmissionEvent.INTEREST_LET_GO, target=interest.organisation, by=by, **about)


def asks_to_erase(today: date) -> list[InterestAsk]:
    return list(InterestAsk.objects.filter(asked_on__lte=INTEREST.last_day(today)))


@transaction.atomic
def erase_ask(*, ask: InterestAsk) -> None:
    """Delete a question that nobody answered, and the mail to its address."""
    mail.forget_ask(ask)
    InterestAsk.objects.filter(pk=ask.pk).delete()
