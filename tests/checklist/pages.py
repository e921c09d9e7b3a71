"""The instrument and its editor."""

from collections.abc import Callable
from typing import Any

from bench import LARGE
from bench.omgang import CHECKLIST
from bench.pages import Page as Counted
from bench.pages import no_place
from tests.access import ROLES, Row, without
from tests.browser.steps import Page, Scene, nowhere, press, refused, unfold

ROWS: list[Row] = [
    Row("checklist:versions", "-", ok=ROLES),
    Row("checklist:version", "version", ok=ROLES),
    Row("checklist:reword", "version_moment", ok=("process_leader",), forbidden=without(ROLES, "process_leader")),
    *(
        Row(f"checklist:{name}", "version", ok=("process_leader",), forbidden=without(ROLES, "process_leader"))
        for name in ("version_copy", "version_edit", "version_delete", "version_steps", "version_item_add")
    ),
    *(
        Row(f"checklist:{name}", "version_moment", ok=("process_leader",), forbidden=without(ROLES, "process_leader"))
        for name in ("version_item", "version_item_remove", "version_links")
    ),
    Row(
        "checklist:version_step",
        "version",
        ok=("process_leader",),
        forbidden=without(ROLES, "process_leader"),
        post=True,
    ),
]


PUBLIC: set[str] = set()

PLACES: dict[str, Callable[[Any], tuple[Any, ...]]] = {}

NO_HTML: tuple[str, ...] = ()


def version(*more: Any) -> Callable[[Scene], tuple[Any, ...]]:
    return lambda scene: ("skr-2018", *more)


def unused(*more: Any, key: str = "skr-2017") -> Callable[[Scene], tuple[Any, ...]]:
    """A version no assessment of the scene rests on."""
    return lambda scene: (key, *more)


PAGES: tuple[Page, ...] = (
    Page("checklist:versions", "process_leader", nowhere),
    Page("checklist:version", "process_leader", version()),
    Page("checklist:reword", "process_leader", version(1)),
    Page("checklist:reword", "process_leader", version(1), "refused", refused()),
    Page("checklist:reword", "process_leader", version(6), "previewed", press("Förhandsgranska")),
    Page("checklist:reword", "process_leader", unused(6), "unused"),
    Page("checklist:version", "process_leader", version(), "unfolded", unfold),
    Page("checklist:version", "process_leader", unused(), "unused"),
    Page("checklist:version_copy", "process_leader", version()),
    Page("checklist:version_copy", "process_leader", version(), "refused", refused("Gör kopian")),
    Page("checklist:version_edit", "process_leader", unused()),
    Page("checklist:version_edit", "process_leader", version(), "locked"),
    Page("checklist:version_delete", "process_leader", unused()),
    Page("checklist:version_steps", "process_leader", unused()),
    Page("checklist:version_steps", "process_leader", unused(), "previewed", press("Förhandsgranska")),
    Page("checklist:version_steps", "process_leader", version(), "locked"),
    Page("checklist:version_item_add", "process_leader", unused()),
    Page("checklist:version_item", "process_leader", unused(6)),
    Page("checklist:version_item_remove", "process_leader", unused(6)),
    Page("checklist:version_links", "process_leader", unused(6, key="skr-2023-namnd")),
)


NO_PAGE: dict[str, str] = {}

COUNTED: tuple[Counted, ...] = (
    Counted("A checklist", "checklist:version", "strategist", lambda _: [CHECKLIST], timed=LARGE),
    Counted("Checklists", "checklist:versions", "strategist", no_place),
    Counted("Texts of a moment", "checklist:reword", "process_leader", lambda _: ["skr-2018", 6]),
    Counted("Links of a moment", "checklist:version_links", "process_leader", lambda _: ["skr-2018", 6]),
)
