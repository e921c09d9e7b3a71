"""An organisation's political decisions."""

from collections.abc import Callable
from datetime import date
from typing import Any

from bench.pages import Page as Counted
from bench.pages import own
from decisions.enums import DecisionKind
from decisions.models import PoliticalDecision
from tests.access import OWN, SKR, Row, rest
from tests.browser.steps import Page, Scene, of, refused, unfold
from tests.people.pages import EDITS

ROWS: list[Row] = [
    Row("decisions:decisions", "organisation", ok=(*SKR, *OWN), forbidden=rest(*SKR, *OWN)),
    Row("decisions:decision_add", "organisation", **EDITS),
    Row("decisions:decision_add", "organisation", **EDITS, post=True),
    Row("decisions:decision_edit", "decision", **EDITS),
    Row("decisions:decision_edit", "decision", **EDITS, post=True),
    Row("decisions:decision_remove", "decision", **EDITS, post=True),
]


PUBLIC: set[str] = set()


def decided(participation: Any) -> PoliticalDecision:
    facts = {"kind": DecisionKind.ENTRY, "body": "Kommunfullmäktige", "decided_on": date(2026, 2, 2)}
    return PoliticalDecision.objects.get_or_create(participation=participation, **facts)[0]


def a_decision(world: Any) -> tuple[Any, ...]:
    return (world.cohort.slug, world.own.code, decided(world.own).pk)


PLACES: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "decision": a_decision,
}


NO_HTML: tuple[str, ...] = ()


def with_a_decision(scene: Scene) -> tuple[Any, ...]:
    return (*of("own")(scene), decided(scene.own).pk)


PAGES: tuple[Page, ...] = (
    Page("decisions:decisions", "newcomer", of("newcomer"), "none"),
    Page("decisions:decisions", "strategist", lambda scene: with_a_decision(scene)[:2], "one"),
    Page("decisions:decision_add", "strategist", of("own")),
    Page("decisions:decision_add", "strategist", of("own"), "refused", refused()),
    Page("decisions:decision_edit", "strategist", with_a_decision, "", unfold),
)


NO_PAGE: dict[str, str] = {}

COUNTED: tuple[Counted, ...] = (Counted("Decisions", "decisions:decisions", "strategist", own),)
