"""Rating, together, comparing, workbook."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page as Browser
from playwright.sync_api import expect

from assessments.models import AssessmentPlan, Evidence, Query, Rater, Rating, RatingRound, Reopening, Score
from bench import LARGE
from bench.pages import Page as Counted
from bench.pages import draft, own
from checklist.models import Checklist
from cohorts.models import Part
from indicators.models import StatisticsHeld
from tests.access import LEADERS, OWN, READERS, WORKERS, Row, rest, without
from tests.browser.steps import Page, Scene, Steps, cohort, of, press, refused, row, unfold
from tests.factories import (
    AssessmentFactory,
)
from tests.workbooks import with_questions

ROWS: list[Row] = [
    Row("assessments:own", "organisation", ok=READERS, forbidden=("administrator", "other")),
    Row("assessments:history", "organisation", ok=READERS, forbidden=("administrator", "other")),
    Row("assessments:group", "organisation", ok=READERS, forbidden=("administrator", "other")),
    Row(
        "assessments:learn",
        "organisation",
        ok=(*OWN, "process_leader", "mentor"),
        forbidden=("administrator", "evaluator", "groupmate", "other"),
    ),
    Row("assessments:start_outside", "organisation", ok=WORKERS, forbidden=rest(*WORKERS), post=True),
    Row("assessments:beside", "organisation", ok=READERS, forbidden=("administrator", "other")),
    Row("assessments:parts", "organisation", ok=READERS, forbidden=("administrator", "other")),
    Row("assessments:parts", "organisation", ok=("strategist",), forbidden=rest("strategist"), post=True),
    Row("assessments:part", "part", ok=("strategist",), forbidden=rest("strategist")),
    Row("assessments:part_remove", "part", ok=("strategist",), forbidden=rest("strategist"), post=True),
    Row("assessments:start_part", "part", ok=WORKERS, forbidden=rest(*WORKERS), post=True),
    Row("assessments:workbook", "organisation_file", ok=READERS, forbidden=("administrator", "other")),
    Row("assessments:import_workbook", "organisation", ok=("strategist",), forbidden=rest("strategist")),
    Row("assessments:import_workbook", "organisation", ok=("strategist",), forbidden=rest("strategist"), post=True),
    Row("assessments:start", "meeting", ok=WORKERS, forbidden=rest(*WORKERS), post=True),
    Row("assessments:assessment", "draft", ok=OWN),
    Row("assessments:assessment", "draft", ok=WORKERS, forbidden=LEADERS, post=True),
    Row("assessments:assessment", "submitted", ok=READERS),
    Row("assessments:save_moment", "draft_moment", ok=WORKERS, forbidden=LEADERS, post=True),
    Row("assessments:carry_over", "draft", ok=WORKERS, forbidden=LEADERS, post=True),
    Row("assessments:round", "draft", ok=("strategist",), forbidden=("contributor", *LEADERS)),
    Row("assessments:round", "submitted", ok=("strategist",), forbidden=without(READERS, "strategist"), post=True),
    Row("assessments:round_close", "alone", ok=("strategist",), forbidden=("contributor", *LEADERS)),
    Row("assessments:round_close", "alone", ok=("strategist",), forbidden=("contributor", *LEADERS), post=True),
    Row("assessments:round_remind", "alone", ok=("strategist",), forbidden=("contributor", *LEADERS), post=True),
    Row("assessments:round_withdraw", "alone", ok=("strategist",), forbidden=("contributor", *LEADERS), post=True),
    Row("assessments:rate_alone", "alone", ok=("politician",)),
    Row("assessments:rate_alone", "alone", ok=("politician",), post=True),
    Row("assessments:rate_alone_moment", "alone_moment", ok=("politician",), post=True),
    Row("assessments:meet", "draft_redirect", ok=WORKERS, forbidden=LEADERS),
    Row("assessments:working_meeting", "draft_moment", ok=WORKERS, forbidden=LEADERS),
    Row("assessments:working_meeting", "draft_moment", ok=WORKERS, forbidden=LEADERS, post=True),
    Row("assessments:minutes", "draft", ok=OWN),
    Row("assessments:minutes", "submitted", ok=OWN, forbidden=without(READERS, *OWN)),
    Row("assessments:minutes_word", "draft_file", ok=OWN),
    Row("assessments:minutes_word", "submitted_file", ok=OWN, forbidden=without(READERS, *OWN)),
    Row("assessments:submit", "draft", ok=("strategist",), forbidden=("contributor", *LEADERS)),
    Row("assessments:retract", "submitted", ok=("strategist",), forbidden=without(READERS, "strategist"), post=True),
    Row("assessments:evidence", "draft_moment", ok=WORKERS, forbidden=LEADERS),
    Row("assessments:evidence_offered", "offered_at_draft", ok=WORKERS, forbidden=LEADERS, post=True),
    Row("assessments:evidence_file", "draft_evidence", ok=OWN),
    Row("assessments:evidence_file", "shared_evidence", ok=READERS),
    Row("assessments:evidence_remove", "draft_evidence", ok=WORKERS, forbidden=LEADERS, post=True),
    Row(
        "assessments:evidence_remove",
        "shared_evidence",
        ok=WORKERS,
        forbidden=without(READERS, *WORKERS),
        post=True,
    ),
    Row(
        "assessments:ask_query",
        "submitted_moment",
        ok=("process_leader",),
        forbidden=without(READERS, "process_leader"),
    ),
    Row("assessments:answer_query", "query", ok=WORKERS, forbidden=("process_leader", *LEADERS)),
    Row("assessments:ask_reopening", "locked", ok=("process_leader",), forbidden=without(READERS, "process_leader")),
    Row(
        "assessments:answer_reopening",
        "reopening",
        ok=("strategist",),
        forbidden=("process_leader", "contributor", *LEADERS),
        post=True,
    ),
    Row("assessments:withdraw_reopening", "reopening", ok=("process_leader",), forbidden=OWN, post=True),
    Row("assessments:title_rule", "cohort", ok=("process_leader",), forbidden=rest("process_leader")),
    Row("assessments:title_rule", "cohort", ok=("process_leader",), forbidden=rest("process_leader"), post=True),
    Row(
        "assessments:title",
        "organisation",
        ok=("process_leader", "strategist"),
        forbidden=rest("process_leader", "strategist"),
    ),
    Row("assessments:title", "organisation", ok=("process_leader",), forbidden=rest("process_leader"), post=True),
]


PUBLIC: set[str] = set()


def offered_at_draft(world: Any) -> tuple[Any, ...]:
    """The address of what the organisation's own list of statistics offers."""
    StatisticsHeld.objects.get_or_create(participation=world.own, name="Hemtjänst", defaults={"split": "yes"})
    return world.draft.pk, world.draft.checklist.items.get(key="sex_disaggregated_statistics").number, "statistik"


PLACES: dict[str, Callable[[Any], tuple[Any, ...]]] = {"offered_at_draft": offered_at_draft}

NO_HTML: tuple[str, ...] = ()


def in_the_regions(code: str) -> Callable[[Scene], tuple[Any, ...]]:
    return lambda scene: (scene.regions.slug, code)


def only_differences(page: Browser, scene: Scene) -> None:
    page.get_by_role("link", name="Visa bara det som skiljer").click()
    expect(page.get_by_role("link", name="Visa alla moment")).to_be_visible()


def handed_in(scene: Scene) -> tuple[Any, ...]:
    """The own organisation's, to the meeting that has been: SKR asks about a moment, and to open it again."""
    locked = scene.own.assessments.get(meeting__key="learning-1", part=None)
    asked = {"assessment": locked, "item": locked.items[3], "text": "Gäller det alla nämnder?"}
    Query.objects.get_or_create(**asked)
    Reopening.objects.get_or_create(assessment=locked, reason="Värdet på moment 7 stämmer inte med kommentaren.")
    return (locked.pk,)


def judged(rule: str) -> Steps:
    def steps(page: Browser, scene: Scene) -> None:
        AssessmentPlan.objects.filter(cohort=scene.regions).update(title_rule=rule)
        page.reload()

    return steps


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


def rated_in_parts(page: Browser, scene: Scene) -> None:
    """One part by the whole's version, one by another."""
    whole = scene.own.assessments.get(meeting__key="learning-1", part=None)
    for name, key in (("Kulturnämnden", "skr-2020"), ("Kollektivtrafiknämnden", "skr-2023-namnd")):
        part, _ = scene.own.organisation.parts.get_or_create(name=name)
        checklist = Checklist.objects.get(key=key)
        occasion = {"participation": scene.own, "meeting": whole.meeting, "part": part, "checklist": checklist}
        if not scene.own.assessments.filter(part=part).exists():
            AssessmentFactory(**occasion, submitted=True, values=[2] * 10)
    page.reload()


def a_part(scene: Scene) -> tuple[Any, ...]:
    part, _ = scene.own.organisation.parts.get_or_create(name="Hälso- och sjukvårdsnämnden")
    return *of("own")(scene), part.pk


def named_by_another(page: Browser, scene: Scene) -> None:
    pk = a_part(scene)[-1]
    Part.objects.filter(pk=pk).update(name=f"Nämnd {pk}")
    refused(name="Vårt namn")(page, scene)


def _save_as_another(scene: Scene, number: int) -> None:
    item = scene.own.cohort.plan.checklist.items.get(number=number)
    score, _ = Score.objects.get_or_create(assessment=scene.draft, item=item)
    score.value, score.comment = 1, "Nämnden har beslutat om en ny rutin."
    score.revision, score.saved_by = score.revision + 1, scene.users["contributor"]
    score.save()


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


def lost_connection(page: Browser, scene: Scene) -> None:
    page.context.set_offline(True)
    page.locator("#m9-2").check()
    expect(page.locator("#moment-9 .saved")).to_contain_text("Inte sparat")
    page.context.set_offline(False)


def with_underlag(page: Browser, scene: Scene) -> None:
    about = {"assessment": scene.draft, "item": scene.draft.items[3]}
    Evidence.objects.create(**about, title="Policy", url="https://exempel.invalid/policy", shared=True)
    Evidence.objects.create(**about, title="Plan", file="underlag/plan.pdf", size=48_000)
    page.reload()
    expect(page.get_by_role("button", name="Ta bort Plan")).to_be_visible()


def the_query(scene: Scene) -> tuple[Any, ...]:
    return (Query.objects.get(assessment__in=handed_in(scene)).pk,)


def withheld_alone(scene: Scene) -> tuple[Any, ...]:
    place = an_alone()(scene)
    mine = Rater.objects.filter(round__assessment=place[0], user=scene.users["contributor"])
    mine.update(withheld_until=timezone.localdate() + timedelta(days=7))
    return place


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


def agreed_by_another(page: Browser, scene: Scene) -> None:
    """The form comes back with what stands there now, and with the field for the reason."""
    closed_alone(page, scene)
    draft = scene.own.assessments.get(meeting=None, part=None, state="draft")
    answer = {"value": 1, "reasoning": "En annan har skrivit det här.", "agreed": True, "revision": 7}
    Score.objects.update_or_create(assessment=draft, item=draft.items[1], defaults=answer)
    page.locator("main [name=m2-value]").last.check()
    press("Vi är överens, nästa moment")(page, scene)
    expect(page.get_by_text("Så står det sparat nu")).to_be_visible()


def all_rated(page: Browser, scene: Scene) -> None:
    for item in scene.own.cohort.plan.items:
        Score.objects.update_or_create(assessment=scene.draft, item=item, defaults={"value": 2})
    page.reload()
    expect(page.get_by_text("Några moment saknar värde")).to_have_count(0)


NOBODY = {"politician": "0", "manager": "0", "strategist": "", "contributor": "0"}


PAGES: tuple[Page, ...] = (
    Page("assessments:own", "process_leader", of("other")),
    Page("assessments:history", "process_leader", in_the_regions("94"), "a version behind it"),
    Page("assessments:group", "process_leader", in_the_regions("91"), "means"),
    Page("assessments:group", "process_leader", in_the_regions("91"), "only differences", only_differences),
    Page("assessments:learn", "process_leader", of("other")),
    Page("assessments:assessment", "process_leader", row("submitted")),
    Page("assessments:assessment", "process_leader", handed_in, "asked about, unfolded", unfold),
    Page("assessments:ask_query", "process_leader", row("submitted", 4)),
    Page("assessments:ask_query", "process_leader", row("submitted", 4), "refused", refused("Ställ frågan")),
    Page("assessments:ask_reopening", "process_leader", handed_in),
    Page("assessments:ask_reopening", "process_leader", handed_in, "refused", refused("Skicka begäran")),
    Page("assessments:title_rule", "process_leader", cohort("regions")),
    Page("assessments:title_rule", "process_leader", cohort("regions"), "judged by values", judged("self_assessment")),
    Page("assessments:title", "process_leader", of("reported")),
    Page("assessments:title", "process_leader", of("reported"), "judged by values", judged("self_assessment")),
    Page("assessments:title", "process_leader", of("reported"), "by omgångar", judged("participant_and_mentor")),
    Page("assessments:title", "process_leader", of("reported"), "refused", refused("Anteckna beslutet")),
    Page("assessments:own", "strategist", of("own")),
    Page("assessments:import_workbook", "strategist", of("own")),
    Page("assessments:import_workbook", "strategist", of("own"), "refused", refused("Se vad som läses in")),
    Page("assessments:import_workbook", "strategist", of("own"), "understood", workbook(questions)),
    Page(
        "assessments:import_workbook", "strategist", of("own"), "unanswered", workbook(questions, "Läs in som utkast")
    ),
    Page("assessments:import_workbook", "newcomer", of("newcomer"), "nothing open"),
    Page("assessments:history", "strategist", of("own")),
    Page("assessments:group", "strategist", of("own")),
    Page("assessments:learn", "strategist", of("own")),
    Page("assessments:own", "strategist", of("own"), "with parts", rated_in_parts),
    Page("assessments:parts", "strategist", of("own")),
    Page("assessments:parts", "strategist", of("own"), "rated", rated_in_parts),
    Page("assessments:parts", "strategist", of("own"), "refused", refused("Lägg till", name="")),
    Page("assessments:parts", "politician", of("other"), "empty"),
    Page("assessments:part", "strategist", a_part),
    Page("assessments:part", "strategist", a_part, "another has saved", named_by_another),
    Page("assessments:beside", "strategist", of("own"), "two versions", rated_in_parts),
    Page("assessments:beside", "newcomer", of("newcomer"), "empty"),
    Page("assessments:own", "mentor", lambda scene: (scene.running.slug, "93"), "its own organisation"),
    Page("assessments:assessment", "strategist", row("draft")),
    Page("assessments:assessment", "strategist", row("draft"), "unfolded", unfold),
    Page("assessments:assessment", "strategist", row("draft"), "another has saved", taken_while_saving),
    Page("assessments:assessment", "strategist", row("draft"), "not all saved", taken_at_the_end),
    Page("assessments:assessment", "strategist", row("draft"), "connection lost", lost_connection),
    Page("assessments:evidence", "strategist", row("draft", 4)),
    Page("assessments:evidence", "strategist", row("draft", 4), "with underlag", with_underlag),
    Page("assessments:evidence", "strategist", row("draft", 4), "a link refused", refused("Lägg till länken")),
    Page("assessments:evidence", "strategist", row("draft", 4), "a file refused", refused("Lägg till filen")),
    Page("assessments:assessment", "strategist", handed_in, "asked by SKR"),
    Page("assessments:answer_query", "strategist", the_query),
    Page("assessments:answer_query", "strategist", the_query, "refused", refused("Spara svaret")),
    Page("assessments:title", "strategist", of("own")),
    Page("assessments:round", "strategist", row("draft"), "not opened"),
    Page("assessments:round", "strategist", row("draft"), "refused", refused("Öppna för enskild skattning")),
    Page("assessments:round", "strategist", an_alone(), "open, unfolded", unfold),
    Page("assessments:rate_alone", "strategist", an_alone()),
    Page("assessments:working_meeting", "strategist", an_alone(1), "still open"),
    Page("assessments:round_close", "strategist", an_alone()),
    Page("assessments:round", "strategist", an_alone(), "closed", closed_alone),
    Page("assessments:rate_alone", "strategist", an_alone(), "closed", closed_alone),
    Page("assessments:rate_alone", "contributor", withheld_alone, "after a new address"),
    Page("assessments:working_meeting", "strategist", an_alone(1), "spread", closed_alone),
    Page("assessments:working_meeting", "strategist", an_alone(2), "another has agreed", agreed_by_another),
    Page("assessments:working_meeting", "strategist", row("draft", 1), "jointly from the start"),
    Page("assessments:minutes", "strategist", row("draft")),
    Page("assessments:submit", "strategist", row("draft"), "moment missing"),
    Page("assessments:submit", "strategist", row("draft"), "full", all_rated),
    Page("assessments:submit", "strategist", row("draft"), "refused", refused("Lämna in", **NOBODY)),
    Page("assessments:own", "politician", of("other")),
    Page("assessments:history", "politician", of("other")),
    Page("assessments:group", "politician", of("other")),
    Page("assessments:history", "mentor", lambda scene: (scene.running.slug, "93"), "a break"),
    Page("assessments:history", "mentor", of("other")),
    Page("assessments:assessment", "politician", row("submitted")),
    Page("assessments:own", "mentor", of("other")),
    Page("assessments:own", "newcomer", of("newcomer"), "empty"),
    Page("assessments:history", "newcomer", of("newcomer"), "empty"),
    Page("assessments:group", "newcomer", of("newcomer"), "no group"),
    Page("assessments:learn", "newcomer", of("newcomer"), "empty"),
)


NO_PAGE: dict[str, str] = {
    "assessments:evidence_file": "a file",
    "assessments:meet": "leads to the first moment that is not agreed",
    "assessments:minutes_word": "a file",
    "assessments:workbook": "a file",
}


def asked_about(omgang):
    """The first's, to the meeting that was last, with a question and a link at every moment."""
    assessment = omgang.first.assessments.submitted().order_by("meeting__starts_on").last()
    for item in assessment.items:
        about = {"assessment": assessment, "item": item}
        Query.objects.get_or_create(**about, text="Vad gör nämnden?")
        Evidence.objects.get_or_create(**about, title="Plan", url="https://exempel.invalid/", shared=True)
    return [assessment.pk]


def ruled(rule):
    def place(omgang):
        AssessmentPlan.objects.filter(cohort=omgang.cohort).update(title_rule=rule)
        return [omgang.cohort.slug]

    return place


def first_moment(omgang: Any) -> list[Any]:
    return [omgang.draft.pk, 1]


COUNTED: tuple[Counted, ...] = (
    Counted("Rating page", "assessments:assessment", "strategist", draft, timed=LARGE, most=8),
    Counted(
        "Saving a moment", "assessments:save_moment", "strategist", lambda o: [o.draft.pk, 1], saves=True, timed=LARGE
    ),
    Counted("Own results", "assessments:own", "strategist", own, timed=LARGE),
    Counted("Own results, process leader", "assessments:own", "process_leader", own),
    Counted("Own results, mentor", "assessments:own", "mentor", own),
    Counted("Over time, strategist", "assessments:history", "strategist", own),
    Counted("Over time, process leader", "assessments:history", "process_leader", own),
    Counted("Group side by side, strategist", "assessments:group", "strategist", own),
    Counted("Group side by side, process leader", "assessments:group", "process_leader", own),
    Counted("Whom to learn from, strategist", "assessments:learn", "strategist", own),
    Counted("Whom to learn from, mentor", "assessments:learn", "mentor", own),
    Counted("Parts", "assessments:parts", "strategist", own),
    Counted("Whole and parts side by side", "assessments:beside", "strategist", own),
    Counted("Own results, politician", "assessments:own", "politician", own),
    Counted("Opening for individual rating", "assessments:round", "strategist", lambda omgang: [omgang.draft.pk]),
    Counted("Working meeting", "assessments:working_meeting", "strategist", lambda omgang: [omgang.draft.pk, 1]),
    Counted("Minutes", "assessments:minutes", "strategist", lambda omgang: [omgang.draft.pk]),
    Counted("Workbook", "assessments:workbook", "strategist", own),
    Counted("Workbook, process leader", "assessments:workbook", "process_leader", own),
    Counted("Reading in a workbook", "assessments:import_workbook", "strategist", own),
    Counted("Handing in", "assessments:submit", "strategist", lambda omgang: [omgang.draft.pk]),
    Counted("Reading, strategist", "assessments:assessment", "strategist", asked_about),
    Counted("Reading, process leader", "assessments:assessment", "process_leader", asked_about),
    Counted("Reading, mentor", "assessments:assessment", "mentor", asked_about),
    Counted("Underlag", "assessments:evidence", "strategist", lambda omgang: [omgang.draft.pk, 4]),
    Counted("Asking to open again", "assessments:ask_reopening", "process_leader", asked_about),
    Counted("Title, strategist", "assessments:title", "strategist", own),
    Counted("Titles by values", "assessments:title_rule", "process_leader", ruled("self_assessment")),
    Counted("Titles by omgångar", "assessments:title_rule", "process_leader", ruled("participant_and_mentor")),
)
