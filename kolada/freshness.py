"""From which day the figures are, and what is said where Kolada did not answer. Pages with official figures show it."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from kit.building import UNDER_WAY
from kit.enums import BuildState
from kit.templatetags.swedish import day
from kolada.jobs import NO_ADDRESS
from kolada.models import Fetch

NEVER = "Modell har inte hämtat några siffror från Kolada än."


@dataclass(frozen=True)
class Freshness:
    """A sentence or two about how new the figures are; `is_fault` where the last fetch did not get all of them."""

    sentence: str
    is_fault: bool = False


def freshness(now: datetime) -> Freshness:
    if not settings.KOLADA_URL:
        return Freshness(NO_ADDRESS)
    ended = Fetch.objects.of_all().exclude(state__in=UNDER_WAY)
    last = ended.first()
    if last is None:
        return Freshness(NEVER)
    whole = ended.filter(state=BuildState.READY, error="").first()
    since = f"Siffrorna är från den {_day(whole)}." if whole else "Inget har hämtats därifrån tidigare."
    if last == whole:
        return Freshness(f"Siffrorna hämtades från Kolada den {_day(whole)}.")
    answered = "på allt " if last.state == BuildState.READY else ""
    return Freshness(f"Kolada svarade inte {answered}{_when(last, now)}. {since}", is_fault=True)


def _day(row: Fetch) -> str:
    return day(timezone.localdate(row.ready_at or row.ordered_at))


def _when(row: Fetch, now: datetime) -> str:
    ordered = timezone.localdate(row.ordered_at)
    if ordered == timezone.localdate(now):
        return "i dag" if row.ordered_by_id else "i natt"
    return f"den {day(ordered)}"
