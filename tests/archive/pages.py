"""All papers in one file, of an organisation and of SKR."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from archive.models import Bundle
from bench.pages import Page as Counted
from bench.pages import own, whole
from kit.enums import BuildState
from tests.access import Row, rest
from tests.browser.steps import Page, Scene, cohort, of

TAKES_OUT: dict[str, Any] = {
    "ok": ("process_leader", "strategist"),
    "forbidden": rest("process_leader", "strategist"),
}
ROWS: list[Row] = [
    Row("archive:organisation", "organisation", **TAKES_OUT),
    Row("archive:organisation", "organisation", **TAKES_OUT, post=True),
    Row("archive:skr", "cohort", ok=("process_leader",), forbidden=rest("process_leader")),
    Row("archive:skr", "cohort", ok=("process_leader",), forbidden=rest("process_leader"), post=True),
    Row("archive:file", "own_bundle", ok=("strategist",)),
    Row("archive:file", "own_bundle_for_skr", ok=("process_leader",)),
    Row("archive:file", "bundle_of_skr", ok=("process_leader",)),
]


PUBLIC: set[str] = set()
EMPTY_ZIP = b"PK\x05\x06" + bytes(18)


def bundle(cohort: Any, participation: Any = None, **more: Any) -> Bundle:
    made = {"state": BuildState.READY, "file": ContentFile(EMPTY_ZIP, "1.zip"), "ready_at": timezone.now(), **more}
    until = timezone.now() + timedelta(hours=1)
    return Bundle.objects.create(cohort=cohort, participation=participation, lease_until=until, **made)


def own_bundle(world: Any) -> tuple[Any, ...]:
    return (bundle(world.cohort, world.own).pk,)


def own_bundle_for_skr(world: Any) -> tuple[Any, ...]:
    return (bundle(world.cohort, world.own, for_skr=True).pk,)


def bundle_of_skr(world: Any) -> tuple[Any, ...]:
    return (bundle(world.cohort, for_skr=True).pk,)


PLACES: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "own_bundle": own_bundle,
    "own_bundle_for_skr": own_bundle_for_skr,
    "bundle_of_skr": bundle_of_skr,
}

NO_HTML: tuple[str, ...] = ("own_bundle", "own_bundle_for_skr", "bundle_of_skr")


def with_bundle(**more: Any) -> Callable[[Scene], tuple[Any, ...]]:
    def place(scene: Scene) -> tuple[Any, ...]:
        Bundle.objects.all().delete()
        bundle(scene.own.cohort, scene.own, **more)
        return of("own")(scene)

    return place


PAGES: tuple[Page, ...] = (
    Page("archive:organisation", "strategist", of("own"), "not ordered"),
    Page("archive:organisation", "strategist", with_bundle(), "ready"),
    Page(
        "archive:organisation",
        "strategist",
        with_bundle(state=BuildState.WORKING, file="", step=2, steps=4, ready_at=None),
        "working",
    ),
    Page("archive:organisation", "strategist", with_bundle(state=BuildState.FAILED, file="", error="Fel."), "failed"),
    Page("archive:organisation", "process_leader", of("reported")),
    Page("archive:skr", "process_leader", cohort("running")),
)


NO_PAGE: dict[str, str] = {"archive:file": "a file"}

COUNTED: tuple[Counted, ...] = (
    Counted("Papers, strategist", "archive:organisation", "strategist", own),
    Counted("Papers, SKR", "archive:skr", "process_leader", whole),
)
