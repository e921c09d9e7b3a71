"""The order of a fetch of an organisation's own key figures, and what the page of its indicators shows of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from accounts.requests import PageRequest
from cohorts.fetch import get_participation
from cohorts.models import Participation
from indicators.enums import ValueSource
from indicators.models import Indicator
from indicators.perms import EDIT_INDICATORS
from indicators.views.pages import all_of
from kit.building_page import times_asked
from kit.pages import press
from kit.permissions import require
from kit.responses import post_only
from kolada.actions import order_own_fetch
from kolada.own_fetch import again_at, fetch_to_tell, is_in_kolada
from kolada.showing import FetchShown, shown_at, summary_of


@dataclass(frozen=True)
class OwnFetch:
    """What stands about fetching: the fetch to tell of, its result in sentences, and when the next may be ordered."""

    shown: FetchShown | None
    said: Sequence[str]
    again: datetime | None

    @property
    def may_order(self) -> bool:
        return self.again is None and not (self.shown and self.shown.build.is_under_way)


@post_only
def own_fetch(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, EDIT_INDICATORS, participation)
    order = partial(order_own_fetch, participation=participation, codes=_codes(participation))
    # What comes of it stands below all the indicators, a refusal above them.
    return redirect(f"{all_of(participation)}#hamtning" if press(request, order) else all_of(participation))


def own_fetch_of(request: PageRequest, participation: Participation) -> OwnFetch | None:
    """Return None where nothing can be fetched: the site has no address, or the organisation nothing in Kolada."""
    organisation = participation.organisation
    if not settings.KOLADA_URL or not _codes(participation) or not is_in_kolada(organisation):
        return None
    row = fetch_to_tell(organisation)
    if row is None:
        return OwnFetch(None, (), again_at(organisation, timezone.now()))
    shown = shown_at(row, all_of(participation), times_asked(request))
    said = summary_of(row) if row.is_ready else ()
    return OwnFetch(shown, [*filter(None, [row.error]), *said], again_at(organisation, timezone.now()))


def _codes(participation: Participation) -> list[str]:
    rows = Indicator.objects.of_organisation(participation.organisation_id).filter(source=ValueSource.KOLADA)
    return list(rows.values_list("key_figure__code", flat=True).distinct())
