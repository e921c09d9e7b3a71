"""The catalogue of key figures, those to begin with, and fetching from Kolada."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from bench.pages import Page as Counted
from bench.pages import no_place
from kit.enums import BuildState
from kolada.models import Fetch, KeyFigure, OfficialValue, StarterFigure
from tests.access import ROLES, SKR, Row, without
from tests.browser.steps import Page, Scene, nowhere, refused

LEADER: dict[str, Any] = {"ok": ("process_leader",), "forbidden": without(ROLES, "process_leader")}
STAFF: dict[str, Any] = {"ok": SKR, "forbidden": without(ROLES, *SKR)}
ROWS: list[Row] = [
    Row("kolada:search", "-", ok=ROLES),
    Row("kolada:key_figure", "key_figure", ok=ROLES),
    Row("kolada:starters", "-", **STAFF),
    Row("kolada:starter_add", "-", **LEADER),
    Row("kolada:starter_add", "-", **LEADER, post=True),
    Row("kolada:starter_move", "starter", **LEADER, post=True),
    Row("kolada:starter_remove", "starter", **LEADER, post=True),
    Row("kolada:fetch", "-", **STAFF),
    Row("kolada:fetch", "-", **STAFF, post=True),
]
PUBLIC: set[str] = set()
CODE = "N00905"


def first_starter(_: Any) -> tuple[Any, ...]:
    return (StarterFigure.objects.all()[0].pk,)


PLACES: dict[str, Callable[[Any], tuple[Any, ...]]] = {"key_figure": lambda _: (CODE,), "starter": first_starter}
NO_HTML: tuple[str, ...] = ()


def with_values(scene: Scene) -> tuple[Any, ...]:
    figure = KeyFigure.objects.get(code=CODE)
    for year, women in ((2023, "301234.5"), (2024, "")):
        status = "" if women else "Missing"
        more = {"women": women, "women_status": status, "men": "350000", "total": "325000"}
        OfficialValue.objects.get_or_create(key_figure=figure, place="0000", year=year, defaults=more)
    return (CODE,)


def withdrawn(scene: Scene) -> tuple[Any, ...]:
    KeyFigure.objects.filter(code="N00053").update(withdrawn_on=timezone.localdate())
    return ("N00053",)


def with_fetch(**more: Any) -> Callable[[Scene], tuple[Any, ...]]:
    def place(scene: Scene) -> tuple[Any, ...]:
        Fetch.objects.all().delete()
        Fetch.objects.create(lease_until=timezone.now() + timedelta(hours=1), **more)
        return ()

    return place


DONE: dict[str, Any] = {"state": BuildState.READY, "rows": 1200, "changed": 2, "missing": 1, "withdrawn": ["N00053"]}
FAULT = {"url": "https://api.kolada.se/v3/kpi/N00905", "why": "Kolada svarade inte."}
PAGES: tuple[Page, ...] = (
    Page("kolada:search", "strategist", nowhere),
    Page("kolada:search", "process_leader", nowhere, "SKR"),
    Page("kolada:key_figure", "strategist", lambda _: (CODE,), "no values"),
    Page("kolada:key_figure", "process_leader", with_values, "values"),
    Page("kolada:key_figure", "strategist", withdrawn, "withdrawn"),
    Page("kolada:starters", "process_leader", nowhere),
    Page("kolada:starter_add", "process_leader", nowhere),
    Page("kolada:starter_add", "process_leader", nowhere, "refused", refused("Lägg till")),
    Page("kolada:fetch", "process_leader", nowhere, "files are read"),
    Page("kolada:fetch", "process_leader", with_fetch(state=BuildState.WORKING, step=3, steps=40), "working"),
    Page("kolada:fetch", "process_leader", with_fetch(**DONE, ready_at=timezone.now()), "ready"),
    Page(
        "kolada:fetch",
        "process_leader",
        with_fetch(state=BuildState.FAILED, error="Kolada svarade inte.", failed=[FAULT]),
        "failed",
    ),
)
NO_PAGE: dict[str, str] = {}
COUNTED: tuple[Counted, ...] = (
    Counted("Catalogue of key figures", "kolada:search", "strategist", no_place),
    Counted("Key figure", "kolada:key_figure", "strategist", lambda _: [CODE]),
    Counted("Key figures to begin with", "kolada:starters", "process_leader", no_place),
    Counted("Fetching from Kolada", "kolada:fetch", "process_leader", no_place),
)
