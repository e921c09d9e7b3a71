"""Start page, omgångar, Läget, the map, trails."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page as Browser
from playwright.sync_api import expect

from assessments.models import Rater, RatingRound
from bench import LARGE, MIDDLE
from bench.pages import Page as Counted
from bench.pages import no_place, own, whole
from kit.models import PeriodicRun
from mailings.enums import MailState
from mailings.models import Mail
from tests.access import IN_COHORT, READERS, ROLES, SKR, Row, rest, without
from tests.assessments.pages import all_rated, an_alone
from tests.browser.steps import Page, Scene, cohort, nowhere, of, press, unfold
from tests.process_factories import MailFactory

ALL_VALUES = ("process_leader", "evaluator")
ROWS: list[Row] = [
    Row("home", "-", ok=ROLES),
    Row("overview:cohorts", "-", ok=ROLES),
    Row("overview:cohort", "cohort", ok=(*SKR, "evaluator", *IN_COHORT)),
    Row("overview:trail", "organisation", ok=("strategist",), forbidden=rest("strategist")),
    Row("overview:skr_trail", "-", ok=("process_leader",), forbidden=without(ROLES, "process_leader")),
    Row("overview:operation", "-", ok=SKR, forbidden=without(ROLES, *SKR)),
    Row("overview:brief", "organisation", ok=READERS, forbidden=("administrator", "other")),
    Row("overview:map", "-", ok=ROLES),
    Row("overview:begin", "-", ok=ROLES),
    Row(
        "overview:overview",
        "cohort",
        ok=without((*SKR, "evaluator", *IN_COHORT), "administrator"),
        forbidden=("administrator",),
    ),
    *(
        Row(f"overview:{name}", "file_of_cohort", ok=ALL_VALUES, forbidden=rest(*ALL_VALUES))
        for name in ("values", "codebook")
    ),
]


PUBLIC: set[str] = {
    "overview:about",
    "overview:words",
    "overview:accessibility",
    "overview:health",
    "overview:readiness",
}


PLACES: dict[str, Callable[[Any], tuple[Any, ...]]] = {"file_of_cohort": lambda world: (world.cohort.slug,)}

NO_HTML: tuple[str, ...] = ("file_of_cohort",)


def late(page: Browser, scene: Scene) -> None:
    """The meeting is tomorrow, and the last day to hand in has passed."""
    meeting, tomorrow = scene.draft.meeting, timezone.localdate() + timedelta(days=1)
    type(meeting).objects.filter(pk=meeting.pk).update(starts_on=tomorrow, ends_on=tomorrow, ends_at=None)
    page.reload()
    expect(page.get_by_text("Skulle ha lämnats").first).to_be_visible()


def waited_for(page: Browser, scene: Scene) -> None:
    an_alone()(scene)
    RatingRound.objects.update(closed_at=None)
    Rater.objects.update(done_at=None)
    page.goto(f"{scene.url}/")
    expect(page.get_by_role("heading", name="Din enskilda skattning väntar").first).to_be_visible()


def begin(page: Browser, scene: Scene) -> None:
    scene.draft.delete()
    page.reload()


def all_omgangar(page: Browser, scene: Scene) -> None:
    page.get_by_label("Omgång", exact=True).select_option("Alla omgångar")
    press("Visa")(page, scene)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Alla omgångar")


def nobody_there(page: Browser, scene: Scene) -> None:
    scene.empty.participations.all().delete()
    page.goto(f"{page.url.split('?')[0]}?omgang={scene.empty.slug}")
    expect(page.get_by_text("Ingen organisation är registrerad än.").first).to_be_visible()


def stuck(page: Browser, scene: Scene) -> None:
    """Nothing has run since yesterday, mail and a PDF wait, and a mail may not have arrived."""
    yesterday = timezone.now() - timedelta(days=1)
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        PeriodicRun.objects.update_or_create(name=entry["task"], defaults={"last_run": yesterday})
    Mail.objects.filter(pk=MailFactory().pk).update(made_at=yesterday)
    MailFactory(state=MailState.UNCERTAIN, about=scene.running.slug)
    page.reload()
    expect(page.get_by_role("heading", name="Det här har inte gjorts i tid")).to_be_visible()


POST_HERE = """() => {
  const form = Object.assign(document.createElement("form"), { method: "post" });
  const token = document.querySelector("meta[name=csrf-token]").content;
  form.append(Object.assign(document.createElement("input"), { name: "csrfmiddlewaretoken", value: token }));
  document.body.append(form);
  form.submit();
}"""


def posted_to(page: Browser, scene: Scene) -> None:
    page.evaluate(POST_HERE)
    expect(page.get_by_role("heading", name="Sidan kan inte ta emot det du skickade.")).to_be_visible()


PAGES: tuple[Page, ...] = (
    Page("overview:about", "", nowhere),
    Page("overview:words", "", nowhere),
    Page("overview:accessibility", "", nowhere),
    Page("overview:cohorts", "process_leader", nowhere),
    Page("overview:cohorts", "process_leader", nowhere, "posted to", posted_to),
    Page("overview:cohort", "process_leader", cohort("running")),
    Page("overview:cohort", "process_leader", cohort("running"), "unfolded", unfold),
    Page("overview:cohort", "process_leader", cohort("regions")),
    Page("overview:cohort", "process_leader", cohort("mixed")),
    Page("overview:cohort", "process_leader", cohort("empty"), "empty"),
    Page("overview:cohort", "administrator", cohort("running")),
    Page("overview:cohort", "process_leader", lambda scene: ("finns-inte",), "not found", status=404),
    Page("overview:skr_trail", "process_leader", nowhere),
    Page("overview:skr_trail", "administrator", nowhere, "not allowed", status=403),
    Page("overview:operation", "process_leader", nowhere),
    Page("overview:operation", "administrator", nowhere, "stuck", stuck),
    Page("overview:brief", "process_leader", of("other")),
    Page("home", "strategist", nowhere),
    Page("home", "strategist", nowhere, "late", late),
    Page("home", "strategist", nowhere, "own rating waits", waited_for),
    Page("home", "own_politician", nowhere, "own rating waits", waited_for),
    Page("home", "strategist", nowhere, "full", all_rated),
    Page("overview:trail", "strategist", of("own")),
    Page("home", "strategist", nowhere, "not begun", begin),
    Page("overview:brief", "politician", of("other")),
    Page("overview:brief", "politician", of("other"), "unfolded", unfold),
    Page("overview:cohort", "politician", cohort("running")),
    Page("overview:brief", "manager", of("other")),
    Page("overview:brief", "approver", of("reported"), "closed omgång"),
    Page("home", "mentor", nowhere),
    Page("home", "newcomer", nowhere, "nothing due"),
    Page("home", "alone", nowhere, "a mentor without a group"),
    Page("overview:cohorts", "stranger", nowhere, "none to see"),
    Page("overview:brief", "new_politician", of("newcomer"), "empty"),
    Page("overview:trail", "newcomer", of("newcomer"), "empty"),
    Page("overview:overview", "politician", cohort("running")),
    Page("overview:overview", "approver", cohort("regions"), "of many, closed"),
    Page("overview:overview", "mentor", cohort("running"), "a mentor"),
    Page("overview:overview", "new_politician", lambda scene: of("newcomer")(scene)[:1], "nothing handed in"),
    Page("overview:overview", "process_leader", cohort("running"), "all values", unfold),
    Page("overview:overview", "process_leader", cohort("empty"), "no values"),
    Page("overview:map", "process_leader", nowhere),
    Page("overview:begin", "strategist", nowhere),
    Page("overview:begin", "politician", nowhere),
    Page("overview:begin", "mentor", nowhere),
    Page("overview:map", "strategist", nowhere, state="all", then=all_omgangar),
    Page("overview:map", "process_leader", nowhere, state="empty", then=nobody_there),
)


NO_PAGE: dict[str, str] = {
    "home": "one is sent on, or stands on the page of what is due, which is listed below as home",
    "overview:health": "plain text",
    "overview:readiness": "JSON",
    "overview:values": "a file",
    "overview:codebook": "a file",
}


# These gather what nine apps know of what waits for a person, or of an omgång.
GATHERED = 45
COUNTED: tuple[Counted, ...] = (
    Counted("Cohorts", "overview:cohorts", "process_leader", no_place, timed=LARGE),
    Counted("Cohort, process leader", "overview:cohort", "process_leader", whole, timed=LARGE),
    Counted("Cohort, strategist", "overview:cohort", "strategist", whole, timed=LARGE),
    Counted("Brief, politician", "overview:brief", "politician", own, timed=LARGE, most_queries=GATHERED),
    Counted("Overview, politician", "overview:overview", "politician", whole, timed=LARGE, most_queries=GATHERED),
    Counted("Overview, process leader", "overview:overview", "process_leader", whole, timed=LARGE),
    Counted("Overview, evaluator", "overview:overview", "evaluator", whole),
    Counted("What is due, strategist", "home", "strategist", no_place, timed=LARGE, most_queries=GATHERED),
    Counted("What is due, mentor", "home", "mentor", no_place, timed=LARGE, most_queries=GATHERED),
    Counted("Map", "overview:map", "strategist", no_place, timed=MIDDLE),
    Counted("Cohorts, strategist", "overview:cohorts", "strategist", no_place),
    Counted("Brief, evaluator", "overview:brief", "evaluator", own),
    Counted("Brief, mentor", "overview:brief", "mentor", own),
    Counted("Trail", "overview:trail", "strategist", own),
    Counted("SKR's trail", "overview:skr_trail", "process_leader", no_place),
    Counted("Operation", "overview:operation", "process_leader", no_place),
    Counted("Map, process leader", "overview:map", "process_leader", no_place),
)
