"""Tasks, readiness, reminders, the timetable."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page as Browser
from playwright.sync_api import expect

from bench.pages import Page as Counted
from bench.pages import nowhere as everywhere
from bench.pages import whole
from meetings.models import Period
from tests.access import IN_COHORT, ROLES, SKR, Row, rest
from tests.browser.steps import Page, Scene, Steps, cohort, nowhere
from tests.process_factories import PreparationFactory

ROWS: list[Row] = [
    Row("programme:tasks", "-", ok=ROLES),
    Row("programme:timetable", "cohort", ok=(*SKR, "evaluator", *IN_COHORT)),
    Row("programme:readiness", "cohort", ok=SKR, forbidden=rest(*SKR)),
    Row("programme:remind", "cohort", ok=SKR, forbidden=rest(*SKR)),
    Row("programme:remind", "cohort", ok=SKR, forbidden=rest(*SKR), post=True),
]
PUBLIC: set[str] = set()
PLACES: dict[str, Callable[[Any], tuple[Any, ...]]] = {}
NO_HTML: tuple[str, ...] = ()
NO_PAGE: dict[str, str] = {}


def follow(*links: str) -> Steps:
    """By the names of links on the page, one after the other."""

    def steps(page: Browser, scene: Scene) -> None:
        for link in links:
            page.locator("main").get_by_role("link", name=link).first.click()
            page.wait_for_load_state()

    return steps


def with_preparations(page: Browser, scene: Scene) -> None:
    """Late, due and done, in one list."""
    meeting = scene.own.cohort.meetings.order_by("starts_on").last()
    for days_before in (300, 90, 1):
        PreparationFactory(meeting=meeting, days_before=days_before, text=f"Läs sidan {days_before}")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("väntar på dig")


def who_gets_it(page: Browser, scene: Scene) -> None:
    for choice in page.get_by_role("checkbox").all():
        choice.check()
    page.get_by_role("button", name="Visa vilka som får påminnelsen").click()
    expect(page.get_by_role("heading", name="2. Läs igenom och skicka")).to_be_visible()


def with_periods(page: Browser, scene: Scene) -> None:
    first, *_, last = scene.running.meetings.order_by("starts_on")
    Period.objects.get_or_create(
        cohort=scene.running, name="Arbete på hemmaplan", position=1, defaults={"after": first, "before": last}
    )
    Period.objects.get_or_create(
        cohort=scene.running, is_reporting=True, defaults={"name": "Rapporten skrivs", "position": 2, "due_before": 20}
    )
    page.reload()


def unfolded(page: Browser, scene: Scene) -> None:
    with_periods(page, scene)
    page.get_by_text("Tidplanen som tabell").click()


PAGES: tuple[Page, ...] = (
    Page("programme:tasks", "strategist", nowhere),
    Page("programme:tasks", "strategist", nowhere, "late and due", with_preparations),
    Page("programme:tasks", "politician", nowhere),
    Page("programme:tasks", "mentor", nowhere),
    Page("programme:tasks", "process_leader", nowhere),
    Page("programme:tasks", "evaluator", nowhere, "nothing"),
    Page("programme:readiness", "process_leader", cohort("running")),
    Page("programme:readiness", "process_leader", cohort("running"), "list", follow("Lista")),
    Page("programme:readiness", "process_leader", cohort("running"), "lacking", follow("Bara de som saknar något")),
    Page("programme:readiness", "process_leader", cohort("empty"), "empty"),
    Page("programme:remind", "process_leader", cohort("running")),
    Page("programme:remind", "process_leader", cohort("running"), "who gets it", who_gets_it),
    Page("programme:timetable", "strategist", cohort("running"), "", with_periods),
    Page("programme:timetable", "strategist", cohort("running"), "as a table", unfolded),
    Page("programme:timetable", "process_leader", cohort("empty"), "empty"),
)


COUNTED: tuple[Counted, ...] = (
    Counted("Tasks, strategist", "programme:tasks", "strategist", everywhere),
    Counted("Tasks, politician", "programme:tasks", "politician", everywhere),
    Counted("Tasks, mentor", "programme:tasks", "mentor", everywhere),
    Counted("Tasks, process leader", "programme:tasks", "process_leader", everywhere),
    Counted("Timetable", "programme:timetable", "strategist", whole),
    Counted("Readiness", "programme:readiness", "process_leader", whole),
    Counted("Reminding", "programme:remind", "process_leader", whole),
)
