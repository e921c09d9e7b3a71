from collections.abc import Sequence
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cohorts.locking import locked
from cohorts.models import Participation
from kit import audit
from kit.limits import Hourly
from kit.refusals import ActionRefused
from kolada import tasks
from kolada.jobs import NO_ADDRESS, hold_and_find, make_fetch
from kolada.models import Fetch
from kolada.own_fetch import again_at, is_in_kolada
from kolada.trail import KoladaEvent

FETCHES_AN_HOUR = Hourly(
    "fetches", 6, "Du kan beställa högst {} hämtningar från Kolada i timmen. Försök igen efter klockan {}."
)


@transaction.atomic
def order_fetch(*, by: User) -> Fetch:
    """Order a fetch of all that is followed; a second click gets the one that is under way."""
    if not settings.KOLADA_URL:
        raise ActionRefused(NO_ADDRESS)
    under_way = hold_and_find()
    if under_way:
        return under_way
    FETCHES_AN_HOUR.use(by)
    row = make_fetch(by)
    audit.record(KoladaEvent.FETCH_ORDERED, target="Kolada", by=by)
    transaction.on_commit(partial(tasks.send, row.pk))
    return row


@transaction.atomic
def order_own_fetch(*, participation: Participation, codes: Sequence[str], by: User) -> Fetch:
    """Order a fetch of an organisation's own key figures; a second click gets the one that is under way."""
    if not settings.KOLADA_URL:
        raise ActionRefused(NO_ADDRESS)
    participation = locked(participation)
    organisation = participation.organisation
    if not codes:
        raise ActionRefused("Ni har inget nyckeltal från Kolada.")
    if not is_in_kolada(organisation):
        raise ActionRefused("Kolada har inga siffror om er organisation.")
    under_way = hold_and_find(organisation)
    if under_way:
        return under_way
    again = again_at(organisation, timezone.now())
    if again:
        raise ActionRefused(f"Ni har nyss hämtat från Kolada. Ni kan hämta igen klockan {again:%H.%M}.")
    FETCHES_AN_HOUR.use(by)
    row = make_fetch(by, organisation, sorted(set(codes)))
    audit.record(KoladaEvent.FETCH_ORDERED, target="Kolada", by=by, organisation=organisation.code)
    transaction.on_commit(partial(tasks.send, row.pk))
    return row
