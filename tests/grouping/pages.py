"""Groups: the board, the proposal, the map."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page as Browser
from playwright.sync_api import expect

from bench import MIDDLE
from bench.pages import Page as Counted
from bench.pages import whole
from grouping.models import GroupingRule
from tests.access import SKR, Row, rest
from tests.browser.steps import Page, Scene, cohort, press, refused, unfold
from tests.factories import (
    GroupFactory,
    GroupMentorFactory,
)

LEADER = ("process_leader",)


ROWS: list[Row] = [
    Row("grouping:grouping", "cohort", ok=SKR, forbidden=rest(*SKR)),
    Row("grouping:grouping_weights", "cohort", ok=LEADER, forbidden=rest(*LEADER), post=True),
    Row("grouping:mentors_by_theme", "cohort", ok=LEADER, forbidden=rest(*LEADER)),
    Row("grouping:mentors_by_theme", "cohort", ok=LEADER, forbidden=rest(*LEADER), post=True),
    Row("grouping:grouping_new", "cohort", ok=LEADER, forbidden=rest(*LEADER)),
    Row("grouping:grouping_rule", "cohort", ok=LEADER, forbidden=rest(*LEADER)),
    Row("grouping:grouping_rule_remove", "grouping_rule", ok=LEADER, forbidden=rest(*LEADER), post=True),
    Row("grouping:grouping_proposal", "cohort", ok=LEADER, forbidden=rest(*LEADER)),
    Row("grouping:grouping_proposal", "cohort", ok=LEADER, forbidden=rest(*LEADER), post=True),
    Row("grouping:grouping_move", "organisation", ok=LEADER, forbidden=rest(*LEADER)),
    Row("grouping:grouping_move", "organisation", ok=LEADER, forbidden=rest(*LEADER), post=True),
    Row("grouping:grouping_edit", "group", ok=LEADER, forbidden=rest(*LEADER)),
    Row("grouping:grouping_edit", "group", ok=LEADER, forbidden=rest(*LEADER), post=True),
    Row("grouping:grouping_remove", "group", ok=LEADER, forbidden=rest(*LEADER), post=True),
    Row("grouping:grouping_mentor", "group", ok=LEADER, forbidden=rest(*LEADER), post=True),
    Row("grouping:grouping_mentor_remove", "group_mentor", ok=LEADER, forbidden=rest(*LEADER), post=True),
]


PUBLIC: set[str] = set()


def the_rule(world: Any) -> tuple[Any, ...]:
    rule = GroupingRule.objects.create(cohort=world.cohort, kind="stay", participation=world.own)
    return world.cohort.slug, rule.pk


def the_mentor(world: Any) -> tuple[Any, ...]:
    return world.cohort.slug, world.own.group_id, world.own.group.mentorships.get().participation.code


PLACES: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "grouping_rule": the_rule,
    "group": lambda world: (world.cohort.slug, world.own.group_id),
    "group_mentor": the_mentor,
}


NO_HTML: tuple[str, ...] = ()


def moved(page: Browser, scene: Scene) -> None:
    """In the mixed omgång nobody has a group: one is made with a mentor, and an organisation is moved to it."""
    group = GroupFactory(cohort=scene.mixed, name="Den nya gruppen", track="Hälsa")
    GroupMentorFactory(group=group, theme="Ledning och styrning")
    first, second, *_ = scene.mixed.participations.filter(role="participant")
    GroupingRule.objects.get_or_create(cohort=scene.mixed, kind="apart", participation=first, other=second)
    page.reload()
    member = page.locator(f"[data-code='{second.code}']")
    member.locator("summary").click()
    member.get_by_role("combobox").select_option("Den nya gruppen")
    member.get_by_role("button").click()
    page.wait_for_url("**/flytta/**")  # it has shared values, so one is asked first
    press("Flytta")(page, scene)
    expect(page.get_by_role("heading", name="Den nya gruppen")).to_be_visible()


def wrong_weight(page: Browser, scene: Scene) -> None:
    page.get_by_text("Ändra vad som väger").click()
    page.locator("main [name=distance]").evaluate("slider => { slider.type = 'text'; slider.value = '9'; }")
    press("Spara vikterna")(page, scene)
    expect(page.locator(".error-summary")).to_be_visible()


def the_group(scene: Scene) -> tuple[Any, ...]:
    return scene.running.slug, scene.own.group_id


def a_bare_group(scene: Scene) -> tuple[Any, ...]:
    group = scene.empty.groups.first() or GroupFactory(cohort=scene.empty)
    return scene.empty.slug, group.pk


def stale(page: Browser, scene: Scene) -> None:
    """The groups change after the proposal was drawn."""
    GroupFactory(cohort=scene.mixed)
    press("Använd förslaget")(page, scene)
    expect(page.get_by_text("Förslaget är inte genomfört.").first).to_be_visible()


PAGES: tuple[Page, ...] = (
    Page("grouping:grouping", "process_leader", cohort("running"), "unfolded", unfold),
    Page("grouping:grouping", "process_leader", cohort("mixed"), "no groups"),
    Page("grouping:mentors_by_theme", "process_leader", cohort("running")),
    Page("grouping:mentors_by_theme", "process_leader", cohort("empty"), "nothing to share"),
    Page("grouping:grouping", "process_leader", cohort("mixed"), state="moved", then=moved),
    Page("grouping:grouping", "process_leader", cohort("running"), state="wrong weight", then=wrong_weight),
    Page("grouping:grouping", "process_leader", cohort("empty"), state="one alone"),
    Page("grouping:grouping", "administrator", cohort("running"), state="read only", then=unfold),
    Page("grouping:grouping_new", "process_leader", cohort("running")),
    Page("grouping:grouping_new", "process_leader", cohort("running"), state="refused", then=refused(name="")),
    Page("grouping:grouping_edit", "process_leader", the_group),
    Page("grouping:grouping_edit", "process_leader", the_group, state="refused", then=refused(name="")),
    Page("grouping:grouping_edit", "process_leader", the_group, state="no mentor", then=refused("Lägg till mentorn")),
    Page("grouping:grouping_edit", "process_leader", a_bare_group, state="bare"),
    Page("grouping:grouping_move", "process_leader", lambda scene: (scene.running.slug, scene.own.code)),
    Page("grouping:grouping_rule", "process_leader", cohort("running")),
    Page("grouping:grouping_rule", "process_leader", cohort("running"), state="refused", then=refused()),
    Page("grouping:grouping_proposal", "process_leader", cohort("running"), state="as today"),
    Page("grouping:grouping_proposal", "process_leader", cohort("mixed")),
    Page("grouping:grouping_proposal", "process_leader", cohort("mixed"), state="stale", then=stale),
    Page("grouping:grouping_proposal", "process_leader", cohort("empty"), state="impossible"),
)


NO_PAGE: dict[str, str] = {}

COUNTED: tuple[Counted, ...] = (
    Counted("Mentors by theme", "grouping:mentors_by_theme", "process_leader", whole),
    Counted("Groups", "grouping:grouping", "process_leader", whole, timed=MIDDLE),
    Counted("A group", "grouping:grouping_edit", "process_leader", lambda o: [o.cohort.slug, o.first.group_id]),
    Counted(
        "Moving an organisation", "grouping:grouping_move", "process_leader", lambda o: [o.cohort.slug, o.first.code]
    ),
    Counted("A rule for groups", "grouping:grouping_rule", "process_leader", whole),
    Counted("A proposal", "grouping:grouping_proposal", "process_leader", whole),
)
