from functools import partial

from django.conf import settings
from django.db import transaction

from accounts.models import User
from kit import audit
from kit.limits import Hourly
from kit.refusals import ActionRefused
from kolada import tasks
from kolada.jobs import NO_ADDRESS, hold_and_find, make_fetch
from kolada.models import Fetch
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
