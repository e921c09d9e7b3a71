"""Every page and state there is to look at. A URL name that is missing here fails test_accessibility.py."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page as Browser
from playwright.sync_api import expect

from checklist.models import Score
from improvements.models import Cycle, Effort, EffortStep, Improvement
from reports.models import JointReport, Report
from tests.test_access import PUBLIC, TABLE, url_names

Scene = SimpleNamespace
Steps = Callable[[Browser, Scene], None]


@dataclass(frozen=True)
class Page:
    """`who` is a user of the scene, "" signed out; `then` brings the page to its state."""

    name: str
    who: str
    place: Callable[[Scene], tuple[Any, ...]]
    state: str = ""
    then: Steps | None = None
    status: int = 200
    is_sample: bool = False  # the same form shown twice, with and without errors: its names are shared on purpose

    def path(self, scene: Scene) -> str:
        return reverse(self.name, args=self.place(scene))

    def __str__(self) -> str:
        return " ".join(filter(None, (self.name, self.who, self.state)))


# What answers with something else than a page of its own, and why.
NO_PAGE = {
    "home": "one is sent on, or stands on the page of what is due, which is listed below as home",
    "account_request_login_code": "the same address as account_login",
    "account_signup": "the same address as account_login",
    "programme:demo_sign_in": "takes a post only",
    "programme:health": "plain text",
    "reports:build_file": "a file",
    "reports:published_file": "a file",
} | {
    row.name: "takes a post only" for row in TABLE if row.post and row.name not in {r.name for r in TABLE if not r.post}
}


def missing_pages() -> set[str]:
    return (set(url_names()) | PUBLIC) - {page.name for page in PAGES} - set(NO_PAGE)


def nowhere(scene: Scene) -> tuple[Any, ...]:
    return ()


def cohort(name: str) -> Callable[[Scene], tuple[Any, ...]]:
    return lambda scene: (getattr(scene, name).slug,)


def of(name: str, *more: Any) -> Callable[[Scene], tuple[Any, ...]]:
    """The page of a participation of the scene."""
    return lambda scene: (getattr(scene, name).cohort.slug, getattr(scene, name).code, *more)


def row(name: str, *more: Any) -> Callable[[Scene], tuple[Any, ...]]:
    return lambda scene: (getattr(scene, name).pk, *more)


def built(state: str) -> Callable[[Scene], tuple[Any, ...]]:
    return lambda scene: (scene.builds[state].pk,)


def version(*more: Any) -> Callable[[Scene], tuple[Any, ...]]:
    return lambda scene: ("skr-2018", *more)


def the_step(scene: Scene) -> tuple[Any, ...]:
    return scene.effort.pk, scene.effort.steps.first().stage


def the_cycle(scene: Scene) -> tuple[Any, ...]:
    return scene.improvement.pk, scene.improvement.cycles.first().number


def a_colleague(scene: Scene) -> tuple[Any, ...]:
    delegate = scene.own.delegates.get(user=scene.users["contributor"])
    return *of("own")(scene), delegate.pk


def press(label: str) -> Steps:
    def steps(page: Browser, scene: Scene) -> None:
        page.locator("main").get_by_role("button", name=label, exact=True).first.click()
        page.wait_for_load_state()

    return steps


def refused(label: str = "Spara", **typed: str) -> Steps:
    """Fill in what is typed, by field name, send the form, and stand before what it says."""

    def steps(page: Browser, scene: Scene) -> None:
        for field, text in typed.items():
            page.locator(f"main [name={field}]").fill(text)
        press(label)(page, scene)
        expect(page.locator(".error-summary")).to_be_visible()

    return steps


def unfold(page: Browser, scene: Scene) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(details => (details.open = true))")


def ask_for_code(page: Browser, scene: Scene) -> None:
    page.context.clear_cookies()
    page.reload()
    page.get_by_label("E-post").fill(scene.users["strategist"].email)
    press("Skicka koden")(page, scene)
    expect(page.get_by_role("heading", name="Skriv in koden")).to_be_visible()


def wrong_code(page: Browser, scene: Scene) -> None:
    ask_for_code(page, scene)
    page.locator("main form").first.get_by_role("textbox").fill("FEL-KOD")
    press("Logga in")(page, scene)
    expect(page.locator(".error-summary")).to_be_visible()


def forget_token(page: Browser, scene: Scene) -> None:
    page.context.clear_cookies(name="csrftoken")
    press("Skicka koden")(page, scene)


def taken_while_saving(page: Browser, scene: Scene) -> None:
    """Another has saved moment 2 since; htmx brings both values."""
    _save_as_another(scene, 2)
    page.locator("#m2-3").check()
    expect(page.locator("#moment-2")).to_contain_text("Spara vårt ändå")


def taken_at_the_end(page: Browser, scene: Scene) -> None:
    """The same found out by the button, for the whole page."""
    page.context.set_offline(True)
    page.locator("#m3-3").check()
    expect(page.locator("#moment-3 .saved")).to_contain_text("Inte sparat")
    page.context.set_offline(False)
    _save_as_another(scene, 3)
    press("Spara och stanna")(page, scene)
    expect(page.locator(".error-summary")).to_be_visible()


def _save_as_another(scene: Scene, number: int) -> None:
    item = scene.own.cohort.plan.checklist.items.get(number=number)
    score, _ = Score.objects.get_or_create(assessment=scene.draft, item=item)
    score.value, score.comment = 1, "Nämnden har beslutat om en ny rutin."
    score.revision, score.saved_by = score.revision + 1, scene.users["contributor"]
    score.save()


def lost_connection(page: Browser, scene: Scene) -> None:
    page.context.set_offline(True)
    page.locator("#m9-2").check()
    expect(page.locator("#moment-9 .saved")).to_contain_text("Inte sparat")
    page.context.set_offline(False)


def all_rated(page: Browser, scene: Scene) -> None:
    for item in scene.own.cohort.plan.items:
        Score.objects.update_or_create(assessment=scene.draft, item=item, defaults={"value": 2})
    page.reload()
    expect(page.get_by_text("Alla moment är inte skattade än")).to_have_count(0)


def edited_by_another(model: type[Improvement] | type[Effort] | type[Cycle] | type[EffortStep], field: str) -> Steps:
    def steps(page: Browser, scene: Scene) -> None:
        model.objects.filter(**_within(model, scene)).update(**{field: "En annan har skrivit det här."})
        refused(**{field: "Det här skriver vi."})(page, scene)
        expect(page.get_by_text("Så står det sparat nu")).to_be_visible()

    return steps


def _within(model: type[Any], scene: Scene) -> dict[str, Any]:
    return {
        Improvement: {"pk": scene.improvement.pk},
        Effort: {"pk": scene.effort.pk},
        Cycle: {"improvement": scene.improvement},
        EffortStep: {"effort": scene.effort},
    }[model]


def section_taken(page: Browser, scene: Scene) -> None:
    section = Report.objects.get(participation=scene.drafting).texts.first()
    section.text, section.revision = "En annan har skrivit det här.", section.revision + 1
    section.save()
    page.locator(f"#avsnitt-{section.key} textarea").press_sequentially("Det här skriver vi. ")
    page.keyboard.press("Tab")
    expect(page.locator(f"#avsnitt-{section.key}")).to_contain_text("Spara min text ändå")


def joint_taken(page: Browser, scene: Scene) -> None:
    JointReport.objects.filter(cohort=scene.running).update(introduction="En annan har skrivit.", revision=7)
    refused(introduction="Det här skriver jag.")(page, scene)


def same_meeting_twice(page: Browser, scene: Scene) -> None:
    page.locator("main [name=meeting]").select_option("learning-2")
    page.locator("main [name=since]").select_option("learning-2")
    press("Bygg PDF")(page, scene)
    expect(page.get_by_text("Välj en annan träff att jämföra med.").first).to_be_visible()


def publish_unbuilt(page: Browser, scene: Scene) -> None:
    press("Publicera den gemensamma rapporten")(page, scene)
    expect(page.locator(".messages")).to_be_visible()


def begin(page: Browser, scene: Scene) -> None:
    scene.draft.delete()
    page.reload()


def late(page: Browser, scene: Scene) -> None:
    """The meeting is tomorrow, and the last day to hand in has passed."""
    meeting, tomorrow = scene.draft.meeting, timezone.localdate() + timedelta(days=1)
    type(meeting).objects.filter(pk=meeting.pk).update(starts_on=tomorrow, ends_on=tomorrow)
    page.reload()
    expect(page.get_by_text("Skulle ha lämnats").first).to_be_visible()


PAGES = (
    # signed out
    Page("account_login", "", nowhere, "with the demonstration's buttons"),
    Page("account_login", "", nowhere, "refused", refused("Skicka koden")),
    Page("account_login", "", nowhere, "without a token", forget_token),
    Page("account_confirm_login_code", "", nowhere, "", ask_for_code),
    Page("account_confirm_login_code", "", nowhere, "a wrong code", wrong_code),
    Page("account_inactive", "", nowhere),
    Page("gallery", "", nowhere, is_sample=True),
    Page("gallery", "", nowhere, "unfolded", unfold, is_sample=True),
    Page("programme:about", "", nowhere),
    Page("programme:accessibility", "", nowhere),
    Page("reports:published", "", nowhere),
    # SKR
    Page("account_logout", "process_leader", nowhere),
    Page("programme:cohorts", "process_leader", nowhere),
    Page("programme:cohort", "process_leader", cohort("running")),
    Page("programme:cohort", "process_leader", cohort("running"), "unfolded", unfold),
    Page("programme:cohort", "process_leader", cohort("regions")),
    Page("programme:cohort", "process_leader", cohort("mixed")),
    Page("programme:cohort", "process_leader", cohort("empty"), "empty"),
    Page("programme:cohort", "administrator", cohort("running")),
    Page("programme:cohort", "process_leader", lambda scene: ("finns-inte",), "not found", status=404),
    Page("programme:skr_trail", "process_leader", nowhere),
    Page("programme:skr_trail", "administrator", nowhere, "not allowed", status=403),
    Page("cohorts:people", "administrator", of("own")),
    Page("cohorts:people", "administrator", of("newcomer"), "few"),
    Page("cohorts:person_add", "administrator", of("own")),
    Page("cohorts:person_add", "administrator", of("own"), "refused", refused("Lägg till")),
    Page("cohorts:person_end", "administrator", a_colleague),
    Page("checklist:versions", "process_leader", nowhere),
    Page("checklist:version", "process_leader", version()),
    Page("checklist:reword", "process_leader", version(1)),
    Page("checklist:reword", "process_leader", version(1), "refused", refused()),
    Page("checklist:own", "process_leader", of("other")),
    Page("checklist:assessment", "process_leader", row("submitted")),
    Page("improvements:work", "process_leader", of("other")),
    Page("improvements:examples", "process_leader", cohort("mixed")),
    Page("reports:figures", "process_leader", cohort("regions")),
    Page("reports:figures", "process_leader", cohort("mixed"), "unfolded", unfold),
    Page("reports:figures", "process_leader", cohort("empty"), "empty"),
    Page("reports:brief", "process_leader", of("other")),
    Page("reports:report", "process_leader", of("reported")),
    Page("reports:joint", "process_leader", cohort("running")),
    Page("reports:joint", "process_leader", cohort("running"), "another has saved", joint_taken),
    Page("reports:joint", "process_leader", cohort("running"), "one meeting twice", same_meeting_twice),
    Page("reports:joint", "process_leader", cohort("mixed"), "published too soon", publish_unbuilt),
    Page("reports:joint", "process_leader", cohort("regions"), "published"),
    Page("reports:build", "process_leader", built("queued"), "queued"),
    Page("reports:build", "process_leader", built("working"), "working"),
    Page("reports:build", "process_leader", built("joint_ready"), "ready"),
    Page("reports:build", "writer", built("failed"), "failed"),
    Page("reports:figures", "evaluator", cohort("regions")),
    Page("improvements:examples", "evaluator", cohort("regions"), "unfolded", unfold),
    # those who work with it
    Page("home", "strategist", nowhere),
    Page("home", "strategist", nowhere, "late", late),
    Page("checklist:own", "strategist", of("own")),
    Page("checklist:assessment", "strategist", row("draft")),
    Page("checklist:assessment", "strategist", row("draft"), "unfolded", unfold),
    Page("checklist:assessment", "strategist", row("draft"), "another has saved", taken_while_saving),
    Page("checklist:assessment", "strategist", row("draft"), "not all saved", taken_at_the_end),
    Page("checklist:assessment", "strategist", row("draft"), "connection lost", lost_connection),
    Page("checklist:submit", "strategist", row("draft"), "moment missing"),
    Page("checklist:submit", "strategist", row("draft"), "full", all_rated),
    Page("checklist:submit", "strategist", row("draft"), "refused", refused("Lämna in", assessors="")),
    Page("home", "strategist", nowhere, "full", all_rated),
    Page("improvements:work", "strategist", of("own")),
    Page("improvements:work", "strategist", of("own"), "unfolded", unfold),
    Page("improvements:improvement_add", "strategist", of("own")),
    Page("improvements:improvement_add", "strategist", of("own"), "refused", refused()),
    Page("improvements:improvement", "strategist", row("improvement")),
    Page("improvements:improvement_edit", "strategist", row("improvement")),
    Page(
        "improvements:improvement_edit",
        "strategist",
        row("improvement"),
        "another has saved",
        edited_by_another(Improvement, "title"),
    ),
    Page("improvements:cycle_add", "strategist", row("improvement")),
    Page("improvements:cycle_add", "strategist", row("improvement"), "refused", refused()),
    Page("improvements:cycle_edit", "strategist", the_cycle),
    Page("improvements:cycle_edit", "strategist", the_cycle, "another has saved", edited_by_another(Cycle, "plan")),
    Page("improvements:effort_add", "strategist", of("own")),
    Page("improvements:effort_add", "strategist", of("own"), "refused", refused()),
    Page("improvements:effort", "strategist", row("effort")),
    Page("improvements:effort_edit", "strategist", row("effort")),
    Page(
        "improvements:effort_edit", "strategist", row("effort"), "another has saved", edited_by_another(Effort, "title")
    ),
    Page("improvements:step_add", "strategist", row("effort")),
    Page("improvements:step_add", "strategist", row("effort"), "refused", refused(year="")),
    Page("improvements:step_edit", "strategist", the_step),
    Page("improvements:step_edit", "strategist", the_step, "another has saved", edited_by_another(EffortStep, "text")),
    Page("improvements:examples", "strategist", cohort("running")),
    Page("reports:report", "strategist", of("own"), "nothing written"),
    Page("reports:report", "writer", of("drafting")),
    Page("reports:report", "writer", of("drafting"), "another has saved", section_taken),
    Page("reports:report", "reporter", of("reported"), "submitted"),
    Page("programme:trail", "strategist", of("own")),
    Page("home", "strategist", nowhere, "not begun", begin),
    # those who lead, read and support
    Page("reports:brief", "politician", of("other")),
    Page("reports:brief", "politician", of("other"), "unfolded", unfold),
    Page("reports:figures", "politician", cohort("running")),
    Page("checklist:own", "politician", of("other")),
    Page("checklist:assessment", "politician", row("submitted")),
    Page("reports:report", "politician", of("other"), "nothing written"),
    Page("reports:joint", "politician", cohort("running"), "not published"),
    Page("programme:cohort", "politician", cohort("running")),
    Page("reports:brief", "manager", of("other")),
    Page("reports:report", "approver", of("reported"), "to approve"),
    Page("reports:figures", "approver", cohort("regions"), "unfolded", unfold),
    Page("reports:joint", "approver", cohort("regions"), "published"),
    Page("reports:brief", "approver", of("reported"), "closed omgång"),
    Page("home", "mentor", nowhere),
    Page("checklist:own", "mentor", of("other")),
    # where there is nothing yet
    Page("home", "newcomer", nowhere, "nothing due"),
    Page("home", "alone", nowhere, "a mentor without a group"),
    Page("programme:cohorts", "stranger", nowhere, "none to see"),
    Page("checklist:own", "newcomer", of("newcomer"), "empty"),
    Page("improvements:work", "newcomer", of("newcomer"), "empty"),
    Page("improvements:examples", "newcomer", cohort("empty"), "empty"),
    Page("reports:figures", "newcomer", cohort("empty"), "empty"),
    Page("reports:brief", "new_politician", of("newcomer"), "empty"),
    Page("programme:trail", "newcomer", of("newcomer"), "empty"),
)
