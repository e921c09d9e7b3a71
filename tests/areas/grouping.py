"""Groups with reasons, and the map."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page as Browser
from playwright.sync_api import expect

from bench.pages import Page as Counted
from bench.pages import nowhere as anywhere
from bench.pages import whole
from programme.models import GroupingRule
from tests.access import ROLES, SKR, Row, rest
from tests.browser.steps import Page, Scene, cohort, nowhere, press, refused, unfold
from tests.factories import GroupFactory, GroupMentorFactory

LEADER = ("process_leader",)


def the_rule(world: Any) -> tuple[Any, ...]:
    rule = GroupingRule.objects.create(cohort=world.cohort, kind="stay", one=world.own)
    return world.cohort.slug, rule.pk


def the_mentor(world: Any) -> tuple[Any, ...]:
    return world.cohort.slug, world.own.group_id, world.own.group.mentorships.get().participation.code


ROWS: list[Row] = [
    Row("programme:map", "-", ok=ROLES),
    Row("programme:grouping", "cohort", ok=SKR, forbidden=rest(*SKR)),
    Row("programme:grouping_weights", "cohort", ok=LEADER, forbidden=rest(*LEADER), post=True),
    Row("programme:grouping_new", "cohort", ok=LEADER, forbidden=rest(*LEADER)),
    Row("programme:grouping_rule", "cohort", ok=LEADER, forbidden=rest(*LEADER)),
    Row("programme:grouping_rule_remove", "grouping_rule", ok=LEADER, forbidden=rest(*LEADER), post=True),
    Row("programme:grouping_proposal", "cohort", ok=LEADER, forbidden=rest(*LEADER)),
    Row("programme:grouping_proposal", "cohort", ok=LEADER, forbidden=rest(*LEADER), post=True),
    Row("programme:grouping_move", "organisation", ok=LEADER, forbidden=rest(*LEADER)),
    Row("programme:grouping_move", "organisation", ok=LEADER, forbidden=rest(*LEADER), post=True),
    Row("programme:grouping_edit", "group", ok=LEADER, forbidden=rest(*LEADER)),
    Row("programme:grouping_edit", "group", ok=LEADER, forbidden=rest(*LEADER), post=True),
    Row("programme:grouping_remove", "group", ok=LEADER, forbidden=rest(*LEADER), post=True),
    Row("programme:grouping_mentor", "group", ok=LEADER, forbidden=rest(*LEADER), post=True),
    Row("programme:grouping_mentor_remove", "group_mentor", ok=LEADER, forbidden=rest(*LEADER), post=True),
]
PUBLIC: set[str] = set()
PLACES: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "grouping_rule": the_rule,
    "group": lambda world: (world.cohort.slug, world.own.group_id),
    "group_mentor": the_mentor,
}
NO_HTML: tuple[str, ...] = ()


def the_group(scene: Scene) -> tuple[Any, ...]:
    return scene.running.slug, scene.own.group_id


def a_bare_group(scene: Scene) -> tuple[Any, ...]:
    group = scene.empty.groups.first() or GroupFactory(cohort=scene.empty)
    return scene.empty.slug, group.pk


def moved(page: Browser, scene: Scene) -> None:
    """In the mixed omgång nobody has a group: one is made with a mentor, and an organisation is moved to it."""
    group = GroupFactory(cohort=scene.mixed, name="Den nya gruppen", track="Hälsa")
    GroupMentorFactory(group=group, theme="Ledning och styrning")
    one, other, *_ = scene.mixed.participations.filter(role="participant")
    GroupingRule.objects.get_or_create(cohort=scene.mixed, kind="apart", one=one, other=other)
    page.reload()
    member = page.locator(f"[data-code='{other.code}']")
    member.get_by_role("combobox").select_option("Den nya gruppen")
    member.get_by_role("button").click()
    page.wait_for_url("**/flytta/**")  # it has shared values, so one is asked first
    press("Flytta")(page, scene)
    expect(page.get_by_role("heading", name="Den nya gruppen")).to_be_visible()


def stale(page: Browser, scene: Scene) -> None:
    """The groups change after the proposal was drawn."""
    GroupFactory(cohort=scene.mixed)
    press("Ta förslaget")(page, scene)
    expect(page.get_by_text("Förslaget är inte taget.").first).to_be_visible()


def wrong_weight(page: Browser, scene: Scene) -> None:
    page.locator("main [name=distance]").evaluate("slider => { slider.type = 'text'; slider.value = '9'; }")
    press("Spara vikterna")(page, scene)
    expect(page.locator(".error-summary")).to_be_visible()


def all_omgangar(page: Browser, scene: Scene) -> None:
    page.get_by_label("Omgång", exact=True).select_option("Alla omgångar")
    press("Visa")(page, scene)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Alla omgångar")


def nobody_there(page: Browser, scene: Scene) -> None:
    scene.empty.participations.all().delete()
    page.goto(f"{page.url.split('?')[0]}?omgang={scene.empty.slug}")
    expect(page.get_by_text("Ingen organisation är registrerad än.").first).to_be_visible()


PAGES: tuple[Page, ...] = (
    Page("programme:grouping", "process_leader", cohort("running")),
    Page("programme:grouping", "process_leader", cohort("mixed"), state="moved", then=moved),
    Page("programme:grouping", "process_leader", cohort("running"), state="wrong weight", then=wrong_weight),
    Page("programme:grouping", "process_leader", cohort("empty"), state="one alone"),
    Page("programme:grouping", "administrator", cohort("running"), state="read only", then=unfold),
    Page("programme:grouping_new", "process_leader", cohort("running")),
    Page("programme:grouping_new", "process_leader", cohort("running"), state="refused", then=refused(name="")),
    Page("programme:grouping_edit", "process_leader", the_group),
    Page("programme:grouping_edit", "process_leader", the_group, state="refused", then=refused(name="")),
    Page("programme:grouping_edit", "process_leader", the_group, state="no mentor", then=refused("Lägg till mentorn")),
    Page("programme:grouping_edit", "process_leader", a_bare_group, state="bare"),
    Page("programme:grouping_move", "process_leader", lambda scene: (scene.running.slug, scene.own.code)),
    Page("programme:grouping_rule", "process_leader", cohort("running")),
    Page("programme:grouping_rule", "process_leader", cohort("running"), state="refused", then=refused()),
    Page("programme:grouping_proposal", "process_leader", cohort("running"), state="as today"),
    Page("programme:grouping_proposal", "process_leader", cohort("mixed")),
    Page("programme:grouping_proposal", "process_leader", cohort("mixed"), state="stale", then=stale),
    Page("programme:grouping_proposal", "process_leader", cohort("empty"), state="impossible"),
    Page("programme:map", "process_leader", nowhere),
    Page("programme:map", "strategist", nowhere, state="all", then=all_omgangar),
    Page("programme:map", "process_leader", nowhere, state="empty", then=nobody_there),
)
NO_PAGE: dict[str, str] = {}
COUNTED: tuple[Counted, ...] = (
    Counted("Groups, process leader", "programme:grouping", "process_leader", whole),
    Counted("A group", "programme:grouping_edit", "process_leader", lambda o: [o.cohort.slug, o.first.group_id]),
    Counted(
        "Moving an organisation", "programme:grouping_move", "process_leader", lambda o: [o.cohort.slug, o.first.code]
    ),
    Counted("A rule for groups", "programme:grouping_rule", "process_leader", whole),
    Counted("A proposal", "programme:grouping_proposal", "process_leader", whole),
    Counted("Map, strategist", "programme:map", "strategist", anywhere),
    Counted("Map, process leader", "programme:map", "process_leader", anywhere),
)
