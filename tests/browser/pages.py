"""Every page and state there is to look at. A URL name that is missing here fails test_accessibility.py."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page as Browser
from playwright.sync_api import expect

from checklist.models import (
    AssessmentPlan,
    Checklist,
    Evidence,
    Part,
    Query,
    Rater,
    Rating,
    RatingRound,
    Reopening,
    Score,
)
from improvements.models import Cycle, Effort, EffortStep, Improvement
from reports.models import JointReport, Report
from tests.areas import AREAS
from tests.browser.steps import Page, Scene, Steps, cohort, nowhere, of, press, refused, row, unfold
from tests.factories import AssessmentFactory
from tests.test_access import PUBLIC, TABLE, url_names
from tests.workbooks import with_questions

# What answers with something else than a page of its own, and why.
NO_PAGE = {
    "home": "one is sent on, or stands on the page of what is due, which is listed below as home",
    "account_request_login_code": "the same address as account_login",
    "account_signup": "the same address as account_login",
    "programme:demo_sign_in": "takes a post only",
    "programme:health": "plain text",
    "checklist:evidence_file": "a file",
    "checklist:meet": "leads to the first moment that is not agreed",
    "checklist:minutes_word": "a file",
    "checklist:workbook": "a file",
    "reports:build_file": "a file",
    "reports:empty_form": "a file",
    "reports:paper": "a file",
    "reports:published_file": "a file",
} | {
    row.name: "takes a post only" for row in TABLE if row.post and row.name not in {r.name for r in TABLE if not r.post}
}
for area in AREAS:
    NO_PAGE |= area.NO_PAGE


def missing_pages() -> set[str]:
    return (set(url_names()) | PUBLIC) - {page.name for page in PAGES} - set(NO_PAGE)


def built(state: str) -> Callable[[Scene], tuple[Any, ...]]:
    return lambda scene: (scene.builds[state].pk,)


def version(*more: Any) -> Callable[[Scene], tuple[Any, ...]]:
    return lambda scene: ("skr-2018", *more)


def unused(*more: Any, key: str = "skr-2017") -> Callable[[Scene], tuple[Any, ...]]:
    """A version no assessment of the scene rests on."""
    return lambda scene: (key, *more)


def the_step(scene: Scene) -> tuple[Any, ...]:
    return scene.effort.pk, scene.effort.steps.first().stage


def the_cycle(scene: Scene) -> tuple[Any, ...]:
    return scene.improvement.pk, scene.improvement.cycles.first().number


def in_the_regions(code: str) -> Callable[[Scene], tuple[Any, ...]]:
    return lambda scene: (scene.regions.slug, code)


def only_differences(page: Browser, scene: Scene) -> None:
    page.get_by_role("link", name="Visa bara skillnader").click()
    expect(page.get_by_role("link", name="Visa alla moment")).to_be_visible()


def handed_in(scene: Scene) -> tuple[Any, ...]:
    """The own organisation's, to the meeting that has been: SKR asks about a moment, and to open it again."""
    locked = scene.own.assessments.get(meeting__key="learning-1", part=None)
    asked = {"assessment": locked, "item": locked.items[3], "text": "Gäller det alla nämnder?"}
    Query.objects.get_or_create(**asked)
    Reopening.objects.get_or_create(assessment=locked, reason="Värdet på moment 7 stämmer inte med kommentaren.")
    return (locked.pk,)


def the_query(scene: Scene) -> tuple[Any, ...]:
    return (Query.objects.get(assessment__in=handed_in(scene)).pk,)


def with_underlag(page: Browser, scene: Scene) -> None:
    about = {"assessment": scene.draft, "item": scene.draft.items[3]}
    Evidence.objects.create(**about, title="Policy", url="https://exempel.invalid/policy", shared=True)
    Evidence.objects.create(**about, title="Plan", file="underlag/plan.pdf", size=48_000)
    page.reload()
    expect(page.get_by_role("button", name="Ta bort Plan")).to_be_visible()


def judged(rule: str) -> Steps:
    def steps(page: Browser, scene: Scene) -> None:
        AssessmentPlan.objects.filter(cohort=scene.regions).update(title_rule=rule)
        page.reload()

    return steps


def a_part(scene: Scene) -> tuple[Any, ...]:
    part, _ = scene.own.organisation.parts.get_or_create(name="Hälso- och sjukvårdsnämnden")
    return *of("own")(scene), part.pk


def rated_in_parts(page: Browser, scene: Scene) -> None:
    """One part by the whole's version, one by another."""
    whole = scene.own.assessments.get(meeting__key="learning-1", part=None)
    for name, key in (("Kulturnämnden", "skr-2020"), ("Kollektivtrafiknämnden", "skr-2023-namnd")):
        part, _ = scene.own.organisation.parts.get_or_create(name=name)
        checklist = Checklist.objects.get(key=key)
        found = {"participation": scene.own, "meeting": whole.meeting, "part": part, "checklist": checklist}
        if not scene.own.assessments.filter(part=part).exists():
            AssessmentFactory(**found, submitted=True, values=[2] * 10)
    page.reload()


def named_by_another(page: Browser, scene: Scene) -> None:
    pk = a_part(scene)[-1]
    Part.objects.filter(pk=pk).update(name=f"Nämnd {pk}")
    refused(name="Vårt namn")(page, scene)


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
    """The same found out for the whole page, as where no script has saved what was chosen."""
    page.route("**/moment/3/", lambda route: route.abort())
    page.locator("#m3-3").check()
    expect(page.locator("#moment-3 .saved")).to_contain_text("Inte sparat")
    _save_as_another(scene, 3)
    page.evaluate("document.getElementById('rating').submit()")
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


NOBODY = {"politician": "0", "manager": "0", "strategist": "", "contributor": "0"}


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


def workbook(raw: Callable[[Scene], bytes], then: str = "") -> Steps:
    """Choose the file, see what is understood of it, and with `then` press that without answering its questions."""

    def steps(page: Browser, scene: Scene) -> None:
        file = {"name": "bok.xlsx", "mimeType": "application/octet-stream", "buffer": raw(scene)}
        page.locator("main [name=file]").set_input_files(file)  # type: ignore[arg-type]
        press("Se vad som läses in")(page, scene)
        if then:
            press(then)(page, scene)
            expect(page.locator(".error-summary")).to_be_visible()

    return steps


def questions(scene: Scene) -> bytes:
    return with_questions(scene.own.cohort.plan.checklist)


def an_alone(*more: Any) -> Callable[[Scene], tuple[Any, ...]]:
    """A draft of the own organisation outside meetings, on which its people have rated alone, each in their way."""

    def place(scene: Scene) -> tuple[Any, ...]:
        draft = scene.own.assessments.filter(meeting=None, part=None, state="draft").first()
        draft = draft or AssessmentFactory(participation=scene.own, meeting=None)
        people = [scene.users[who] for who in ("strategist", "contributor")]
        people += [delegate.user for delegate in scene.own.delegates.exclude(user__in=people)]
        for number, user in enumerate(people):
            opened, _ = RatingRound.objects.get_or_create(assessment=draft)
            function = scene.own.delegates.get(user=user).function
            rater, new = Rater.objects.get_or_create(round=opened, user=user, defaults={"function": function})
            for item in draft.items[:8] if new else ():
                Rating.objects.create(rater=rater, item=item, value=1 + (number + item.number) % 3)
        return draft.pk, *more

    return place


def closed_alone(page: Browser, scene: Scene) -> None:
    RatingRound.objects.update(closed_at=timezone.now())
    Rater.objects.update(done_at=timezone.now())
    page.reload()


def waited_for(page: Browser, scene: Scene) -> None:
    an_alone()(scene)
    RatingRound.objects.update(closed_at=None)
    Rater.objects.update(done_at=None)
    page.goto(f"{scene.url}/")
    expect(page.get_by_role("heading", name="Din enskilda skattning väntar").first).to_be_visible()


def agreed_by_another(page: Browser, scene: Scene) -> None:
    """The form comes back with what stands there now, and with the field for the reason."""
    closed_alone(page, scene)
    draft = scene.own.assessments.get(meeting=None, part=None, state="draft")
    told = {"value": 1, "reasoning": "En annan har skrivit det här.", "agreed": True, "revision": 7}
    Score.objects.update_or_create(assessment=draft, item=draft.items[1], defaults=told)
    page.locator("main [name=m2-value]").last.check()
    press("Vi är överens, nästa moment")(page, scene)
    expect(page.get_by_text("Så står det sparat nu")).to_be_visible()


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
    Page("checklist:own", "process_leader", of("other")),
    Page("checklist:history", "process_leader", in_the_regions("94"), "a version behind it"),
    Page("checklist:group", "process_leader", in_the_regions("91"), "means"),
    Page("checklist:group", "process_leader", in_the_regions("91"), "only differences", only_differences),
    Page("checklist:learn", "process_leader", of("other")),
    Page("checklist:assessment", "process_leader", row("submitted")),
    Page("checklist:assessment", "process_leader", handed_in, "asked about, unfolded", unfold),
    Page("checklist:ask_query", "process_leader", row("submitted", 4)),
    Page("checklist:ask_query", "process_leader", row("submitted", 4), "refused", refused("Ställ frågan")),
    Page("checklist:ask_reopening", "process_leader", handed_in),
    Page("checklist:ask_reopening", "process_leader", handed_in, "refused", refused("Skicka begäran")),
    Page("checklist:title_rule", "process_leader", cohort("regions")),
    Page("checklist:title_rule", "process_leader", cohort("regions"), "judged by values", judged("self_assessment")),
    Page("checklist:title", "process_leader", of("reported")),
    Page("checklist:title", "process_leader", of("reported"), "judged by values", judged("self_assessment")),
    Page("checklist:title", "process_leader", of("reported"), "by omgångar", judged("participant_and_mentor")),
    Page("checklist:title", "process_leader", of("reported"), "refused", refused("Anteckna beslutet")),
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
    Page("checklist:import_workbook", "strategist", of("own")),
    Page("checklist:import_workbook", "strategist", of("own"), "refused", refused("Se vad som läses in")),
    Page("checklist:import_workbook", "strategist", of("own"), "understood", workbook(questions)),
    Page("checklist:import_workbook", "strategist", of("own"), "unanswered", workbook(questions, "Läs in som utkast")),
    Page("checklist:import_workbook", "newcomer", of("newcomer"), "nothing open"),
    Page("checklist:history", "strategist", of("own")),
    Page("checklist:group", "strategist", of("own")),
    Page("checklist:learn", "strategist", of("own")),
    Page("checklist:own", "strategist", of("own"), "with parts", rated_in_parts),
    Page("checklist:parts", "strategist", of("own")),
    Page("checklist:parts", "strategist", of("own"), "rated", rated_in_parts),
    Page("checklist:parts", "strategist", of("own"), "refused", refused("Lägg till", name="")),
    Page("checklist:parts", "politician", of("other"), "empty"),
    Page("checklist:part", "strategist", a_part),
    Page("checklist:part", "strategist", a_part, "another has saved", named_by_another),
    Page("checklist:beside", "strategist", of("own"), "two versions", rated_in_parts),
    Page("checklist:beside", "newcomer", of("newcomer"), "empty"),
    Page("checklist:own", "mentor", lambda scene: (scene.running.slug, "93"), "its own organisation"),
    Page("checklist:assessment", "strategist", row("draft")),
    Page("checklist:assessment", "strategist", row("draft"), "unfolded", unfold),
    Page("checklist:assessment", "strategist", row("draft"), "another has saved", taken_while_saving),
    Page("checklist:assessment", "strategist", row("draft"), "not all saved", taken_at_the_end),
    Page("checklist:assessment", "strategist", row("draft"), "connection lost", lost_connection),
    Page("checklist:evidence", "strategist", row("draft", 4)),
    Page("checklist:evidence", "strategist", row("draft", 4), "with underlag", with_underlag),
    Page("checklist:evidence", "strategist", row("draft", 4), "a link refused", refused("Lägg till länken")),
    Page("checklist:evidence", "strategist", row("draft", 4), "a file refused", refused("Lägg till filen")),
    Page("checklist:assessment", "strategist", handed_in, "asked by SKR"),
    Page("checklist:answer_query", "strategist", the_query),
    Page("checklist:answer_query", "strategist", the_query, "refused", refused("Spara svaret")),
    Page("checklist:title", "strategist", of("own")),
    Page("checklist:round", "strategist", row("draft"), "not opened"),
    Page("checklist:round", "strategist", row("draft"), "refused", refused("Öppna för enskild skattning")),
    Page("checklist:round", "strategist", an_alone(), "open, unfolded", unfold),
    Page("home", "strategist", nowhere, "own rating waits", waited_for),
    Page("home", "own_politician", nowhere, "own rating waits", waited_for),
    Page("checklist:rate_alone", "strategist", an_alone()),
    Page("checklist:working_meeting", "strategist", an_alone(1), "still open"),
    Page("checklist:round", "strategist", an_alone(), "closed", closed_alone),
    Page("checklist:rate_alone", "strategist", an_alone(), "closed", closed_alone),
    Page("checklist:working_meeting", "strategist", an_alone(1), "spread", closed_alone),
    Page("checklist:working_meeting", "strategist", an_alone(2), "another has agreed", agreed_by_another),
    Page("checklist:working_meeting", "strategist", row("draft", 1), "jointly from the start"),
    Page("checklist:minutes", "strategist", row("draft")),
    Page("checklist:submit", "strategist", row("draft"), "moment missing"),
    Page("checklist:submit", "strategist", row("draft"), "full", all_rated),
    Page("checklist:submit", "strategist", row("draft"), "refused", refused("Lämna in", **NOBODY)),
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
    Page("checklist:history", "politician", of("other")),
    Page("checklist:group", "politician", of("other")),
    Page("checklist:history", "mentor", lambda scene: (scene.running.slug, "93"), "a break"),
    Page("checklist:history", "mentor", of("other")),
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
    Page("checklist:history", "newcomer", of("newcomer"), "empty"),
    Page("checklist:group", "newcomer", of("newcomer"), "no group"),
    Page("checklist:learn", "newcomer", of("newcomer"), "empty"),
    Page("improvements:work", "newcomer", of("newcomer"), "empty"),
    Page("improvements:examples", "newcomer", cohort("empty"), "empty"),
    Page("reports:figures", "newcomer", cohort("empty"), "empty"),
    Page("reports:brief", "new_politician", of("newcomer"), "empty"),
    Page("programme:trail", "newcomer", of("newcomer"), "empty"),
    # the omgång as a process: each area tells its own
    *(page for area in AREAS for page in area.PAGES),
)
