"""An organisation's own fetches: whether there can be any, when the next may be ordered, and the one to tell of."""

from datetime import datetime, timedelta

from django.utils import timezone

from cohorts.models import Organisation
from kit.enums import BuildState
from kolada.fetching import known_organisations
from kolada.models import Fetch
from kolada.places import place_of

# Kolada's figures change a few times a year, so an hour is soon enough to ask again.
AGAIN_AFTER = timedelta(hours=1)


def is_in_kolada(organisation: Organisation) -> bool:
    """True if Kolada can know the organisation: an invented one has invented values."""
    return bool(place_of(organisation.code)) and known_organisations().filter(pk=organisation.pk).exists()


def again_at(organisation: Organisation, now: datetime) -> datetime | None:
    """Return the time at which it may be fetched again; None if it may be now. Only a whole success makes one wait."""
    whole = organisation.kolada_fetches.filter(state=BuildState.READY, error="", ready_at__gt=now - AGAIN_AFTER)
    last = whole.order_by("-ready_at").first()
    return timezone.localtime(last.ready_at + AGAIN_AFTER) if last else None


def fetch_to_tell(organisation: Organisation) -> Fetch | None:
    """Return the organisation's last fetch, until one of all that is followed has come after it."""
    last: Fetch | None = organisation.kolada_fetches.first()
    if last is None or last.is_under_way:
        return last
    later = Fetch.objects.of_all().filter(state=BuildState.READY, ordered_at__gt=last.ordered_at)
    return None if later.exists() else last
