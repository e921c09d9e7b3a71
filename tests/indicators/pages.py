"""An organisation's indicators and their values."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from bench.pages import Page as Counted
from bench.pages import own
from indicators.models import Indicator, Value
from tests.access import OWN, READERS, WORKERS, Row, rest, without
from tests.browser.steps import Page, Scene, of, refused, unfold
from tests.factories import CohortFactory, ParticipationFactory

CHANGES = {"ok": WORKERS, "forbidden": without(READERS, *WORKERS)}
OF_ITS = {"ok": WORKERS, "forbidden": rest(*WORKERS)}

ROWS: list[Row] = [
    Row("indicators:indicators", "organisation", ok=READERS, forbidden=("administrator", "other")),
    *(Row("indicators:indicator_add", "organisation", **OF_ITS, post=post) for post in (False, True)),
    Row("indicators:own_fetch", "with_indicators", **OF_ITS, post=True),
    *(Row("indicators:choose", "with_indicators", **OF_ITS, post=post) for post in (False, True)),
    *(Row("indicators:copy", "with_an_earlier", **OF_ITS, post=post) for post in (False, True)),
    *(Row("indicators:indicator_remove", "its_indicator", **OF_ITS, post=post) for post in (False, True)),
    Row("indicators:indicator_move", "its_indicator", **OF_ITS, post=True),
    *(Row("indicators:indicator_edit", "indicator", **CHANGES, post=post) for post in (False, True)),
    Row("indicators:indicator_edit", "private_indicator", ok=WORKERS, forbidden=without(OWN, *WORKERS)),
    Row("indicators:values", "indicator", **CHANGES),
    *(Row("indicators:value_add", "indicator", **CHANGES, post=post) for post in (False, True)),
    *(Row("indicators:value_edit", "indicator_value", **CHANGES, post=post) for post in (False, True)),
    Row("indicators:value_remove", "indicator_value", **CHANGES, post=True),
    *(Row("indicators:values_import", "indicator", **CHANGES, post=post) for post in (False, True)),
    Row("indicators:values_workbook", "indicator_file", **CHANGES),
]


PUBLIC: set[str] = set()


def followed(participation: Any, title: str = "Väntetid till första besök", **fields: Any) -> Indicator:
    about = {"unit": "dagar", "direction": "lower", "kind": "mean", "source": "own", "shared": True, **fields}
    key = title.lower().replace(" ", "-")[:60]
    indicator: Indicator = Indicator.objects.get_or_create(
        participation=participation, title=title, defaults={"key": key, **about}
    )[0]
    return indicator


def valued(indicator: Indicator, period: str = "2025", women: str = "51", men: str = "47") -> Value:
    numbers = {"women": Decimal(women), "men": Decimal(men), "unit": indicator.unit}
    return Value.objects.get_or_create(indicator=indicator, period=period, defaults=numbers)[0]


def an_indicator(world: Any) -> tuple[Any, ...]:
    indicator = followed(world.own)
    valued(indicator)
    return (indicator.pk,)


def its_indicator(world: Any) -> tuple[Any, ...]:
    return (world.cohort.slug, world.own.code, *an_indicator(world))


def with_an_earlier(world: Any) -> tuple[Any, ...]:
    before = CohortFactory(starts_on=date(2020, 1, 1), ends_on=date(2021, 6, 1))
    last_time = ParticipationFactory(cohort=before, organisation=world.own.organisation, code=world.own.code)
    followed(last_time, "Sjukfrånvaro")
    return world.cohort.slug, world.own.code


PLACES: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "indicator": an_indicator,
    "indicator_file": an_indicator,
    "private_indicator": lambda world: (followed(world.own, "Trygghet", shared=False).pk,),
    "its_indicator": its_indicator,
    "with_indicators": lambda world: its_indicator(world)[:2],
    "with_an_earlier": with_an_earlier,
    "indicator_value": lambda world: (followed(world.own).pk, valued(followed(world.own)).pk),
}


NO_HTML: tuple[str, ...] = ("indicator_file",)


def of_own(scene: Scene) -> tuple[Any, ...]:
    indicator = followed(scene.own)
    for year in range(2018, 2026):
        valued(indicator, str(year), men=str(42 + (year - 2018) * 5 // 7))
    return (indicator.pk,)


def a_value(scene: Scene) -> tuple[Any, ...]:
    (key,) = of_own(scene)
    return key, Value.objects.get(indicator=key, period="2025").pk


def with_own(scene: Scene) -> tuple[Any, ...]:
    of_own(scene)
    return of("own")(scene)


def removable(scene: Scene) -> tuple[Any, ...]:
    return (*of("own")(scene), *of_own(scene))


PAGES: tuple[Page, ...] = (
    Page("indicators:indicators", "newcomer", of("newcomer"), "empty"),
    Page("indicators:indicators", "strategist", with_own),
    Page("indicators:indicator_add", "strategist", of("own"), "unfolded", unfold),
    Page("indicators:indicator_add", "strategist", of("own"), "refused", refused()),
    Page("indicators:indicator_edit", "strategist", of_own),
    Page("indicators:indicator_remove", "strategist", removable),
    Page("indicators:choose", "strategist", with_own),
    Page("indicators:values", "strategist", of_own),
    Page("indicators:value_add", "strategist", of_own),
    Page("indicators:value_add", "strategist", of_own, "refused", refused()),
    Page("indicators:value_edit", "strategist", a_value, "", unfold),
    Page("indicators:values_import", "strategist", of_own),
    Page("indicators:values_import", "strategist", of_own, "refused", refused("Se vad som läses in")),
)


NO_PAGE: dict[str, str] = {
    "indicators:copy": "the page that asks first is kit's, and is looked at elsewhere",
    "indicators:values_workbook": "a file",
}


def followed_there(omgang: Any) -> list[Any]:
    """Make an indicator with values for every participant, and as many for the first as there are participants."""
    for n, participation in enumerate(omgang.cohort.participations.all()):
        valued(followed(participation))
        valued(followed(omgang.first, f"Väntetid {n}"))
    return own(omgang)


COUNTED: tuple[Counted, ...] = (
    Counted("Indicators", "indicators:indicators", "strategist", followed_there),
    Counted("Indicators, process leader", "indicators:indicators", "process_leader", followed_there),
)
