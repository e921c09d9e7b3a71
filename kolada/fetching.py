"""Fetches key figures and their values from Kolada. Each batch is stored by itself, so what fails leaves the rest."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import product
from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from cohorts.enums import OrganisationKind
from cohorts.models import Organisation
from cohorts.models.organisation import OrganisationQuerySet
from kit import audit
from kolada.client import MOST_IDS, UNREADABLE, AskFailed, Client, Gone
from kolada.models import KeyFigure
from kolada.places import COUNTRY, place_of
from kolada.reading import Facts, NotAsListed, facts_of, rows_of
from kolada.storing import Stored, store_facts, store_rows, withdraw
from kolada.trail import KoladaEvent

log = logging.getLogger(__name__)

# As long as a change over time is worth drawing.
YEARS_BACK = 12
# So many are not taken away at once.
SUSPICIOUS = 5
NONE_FOUND = "Kolada har inget av de nyckeltal som Modell frågade efter. Se efter att adressen till Kolada stämmer."
UNKNOWN = "Kolada har inget nyckeltal {}."
Tell = Callable[[int, int], None]


@dataclass
class Fetched:
    """What a fetch gave: questions asked, rows that came, rows with a changed or a missing value.

    `withdrawn` are key figures that Kolada no longer has, `failed` questions without an answer, each with why.
    """

    asked: int = 0
    rows: int = 0
    changed: int = 0
    missing: int = 0
    withdrawn: list[str] = field(default_factory=list)
    failed: list[dict[str, str]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def followed() -> list[str]:
    rows = KeyFigure.objects.filter(Q(indicators__isnull=False) | Q(starters__isnull=False))
    return list(rows.order_by("code").values_list("code", flat=True).distinct())


def places_of_register() -> list[str]:
    return places_of(known_organisations())


def known_organisations() -> OrganisationQuerySet:
    kinds = (OrganisationKind.KOMMUN, OrganisationKind.REGION)
    return Organisation.objects.filter(invented=False, rehearsal=None, kind__in=kinds)


def places_of(organisations: Iterable[Organisation]) -> list[str]:
    """Return their places, both of Gotland's, and always the country's."""
    codes = [code for row in organisations for code in (row.code, row.second_code or "")]
    return sorted({COUNTRY, *filter(None, map(place_of, codes))})


def default_years() -> range:
    this_year = timezone.localdate().year
    return range(this_year - YEARS_BACK, this_year + 1)


def fetch(
    *,
    codes: Sequence[str],
    places: Sequence[str],
    years: Sequence[int],
    by: User | None,
    client: Client | None = None,
    catalogue: bool = False,
    tell: Tell = lambda done, of: None,
    organisation: str = "",
) -> Fetched:
    """Fetch the key figures and their values for the places and the years, and store what came.

    `organisation` is the code of the one whose trail tells of it; without it, SKR's does.
    """
    work = _Work(client or Client(), tell)
    if catalogue:
        work.renew_catalogue()
    work.fetch_values(codes, places, years)
    work.note_gone()
    result = work.result
    numbers = {"rows": result.rows, "changed": result.changed}
    audit.record(KoladaEvent.FETCHED, target="Kolada", by=by, organisation=organisation, **numbers)
    return result


class _Work:
    def __init__(self, client: Client, tell: Tell) -> None:
        self.client = client
        self.tell = tell
        self.result = Fetched()
        self.present: set[str] = set()
        self.gone: set[str] = set()

    def ask(self, path: str) -> list[Any] | None:
        """Return what Kolada lists at the path; None if it has nothing there, or the question failed."""
        before = self.client.asked
        try:
            return self.client.values(path)
        except Gone:
            return None
        except AskFailed as error:
            self.fail(error.url, error.why)
            return None
        finally:
            self.result.asked += self.client.asked - before

    def fail(self, url: str, why: str) -> None:
        log.warning("Kolada, %s: %s", url, why)
        self.result.failed.append({"url": url, "why": why})

    def has_failed_since(self, number: int) -> bool:
        return len(self.result.failed) > number

    def renew_catalogue(self) -> None:
        """Renew all key figures that are divided by sex, and note which of them are gone."""
        facts = self.facts("/kpi")
        if not facts:  # an empty catalogue is a fault of Kolada's
            return
        known = set(KeyFigure.objects.values_list("code", flat=True))
        store_facts([figure for figure in facts if figure.divided or figure.code in known])
        self.present |= {figure.code for figure in facts}
        self.gone |= known - self.present

    def facts(self, path: str) -> list[Facts] | None:
        """Return the key figures at the path: none if Kolada has none there, None if the question failed."""
        before = len(self.result.failed)
        values = self.ask(path)
        if values is None:
            return None if self.has_failed_since(before) else []
        try:
            return facts_of(values)
        except NotAsListed as error:
            log.warning("Kolada, %s: %s", path, error)
            self.fail(f"{self.client.base}{path}", UNREADABLE)
            return None

    def note_gone(self) -> None:
        """Note which key figures are withdrawn; if none of many was there, it is the address that is wrong."""
        if len(self.gone) >= SUSPICIOUS and not self.present:
            self.fail(self.client.base, NONE_FOUND)
            return
        withdraw(sorted(self.gone), timezone.localdate())
        self.result.withdrawn = sorted(self.gone)

    def fetch_values(self, codes: Sequence[str], places: Sequence[str], years: Sequence[int]) -> None:
        kinds = list(_batches(codes))
        lists = list(product(_batches(places), _batches(years)))
        done, of = 0, len(kinds) * (1 + len(lists))
        for chosen in kinds:
            figures = self.figures(chosen)
            done += 1
            self.tell(done, of)
            for some_places, some_years in lists:
                if figures:
                    self.batch(figures, some_places, some_years)
                done += 1
                self.tell(done, of)

    def figures(self, codes: Sequence[str]) -> list[KeyFigure]:
        """Renew the facts of key figures and return those that Kolada has; if it does not answer, those known here."""
        facts = self.facts(f"/kpi/{','.join(codes)}")
        if facts is None:
            return list(KeyFigure.objects.filter(code__in=codes, withdrawn_on=None))
        if not facts and len(codes) > 1:
            # One that is gone may have made all of them a 404.
            return [figure for code in codes for figure in self.figures([code])]
        facts = [figure for figure in facts if figure.code in codes]
        self.present |= {figure.code for figure in facts}
        figures = store_facts(facts)
        gone = set(codes) - {figure.code for figure in facts}
        known = set(KeyFigure.objects.filter(code__in=gone).values_list("code", flat=True))
        self.gone |= known
        for code in sorted(gone - known):
            self.fail(f"{self.client.base}/kpi/{code}", UNKNOWN.format(code))
        return figures

    def batch(self, figures: Sequence[KeyFigure], places: Sequence[str], years: Sequence[int]) -> None:
        codes = [figure.code for figure in figures]
        path = f"/data/kpi/{','.join(codes)}/municipality/{','.join(places)}/year/{','.join(map(str, years))}"
        values = self.ask(path)
        if values is None:
            return
        try:
            rows = rows_of(values)
        except NotAsListed as error:
            log.warning("Kolada, %s: %s", path, error)
            self.fail(f"{self.client.base}{path}", UNREADABLE)
            return
        among = set(product(codes, places, years))
        asked_for = [row for row in rows if (row.code, row.place, row.year) in among]
        stored = store_rows(asked_for, figures)
        self.add(stored)

    def add(self, stored: Stored) -> None:
        self.result.rows += stored.rows
        self.result.changed += stored.changed
        self.result.missing += stored.missing


def _batches(ids: Sequence[Any]) -> Iterator[list[Any]]:
    for begin in range(0, len(ids), MOST_IDS):
        yield list(ids[begin : begin + MOST_IDS])
