"""Each does their job from start to end in a real browser: one journey per row of who uses it."""

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Locator, Page, expect

from accounts.models import User
from assessments.models import Assessment, Score
from assessments.trail import AssessmentEvent
from cohorts.models import Delegate, Participation
from improvements.models import Cycle, Effort, EffortStep
from kit.models import AuditEvent
from reports.models import Build, ChapterText, JointReport, Report
from tests.browser.conftest import editor, patient, sign_in, sign_in_as
from tests.factories import DelegateFactory

pytestmark = [pytest.mark.browser, pytest.mark.any_day, pytest.mark.django_db(transaction=True)]


def solbygden() -> Assessment:
    return Assessment.objects.get(participation__organisation__code="99", meeting__key="learning-2")


class TestStrateg:
    def test_without_javascript(self, browser, demonstration):
        page = patient(browser.new_context(java_script_enabled=False)).new_page()
        sign_in(page, demonstration.url, "Strateg")
        page.goto(f"{demonstration.url}{solbygden().get_absolute_url()}")
        for number in range(1, 11):
            page.locator(f"#m{number}-2").check()
        page.get_by_role("button", name="Gå vidare till att lämna in").click()
        page.get_by_role("radio", name="Arbetsgruppens").check()
        page.get_by_label("Chefer").fill("4")
        page.get_by_role("button", name="Lämna in").click()
        assert solbygden().state == "submitted"


def by_keyboard(control: Locator) -> None:
    control.focus()
    expect(control).to_be_focused()
    control.press("Enter")


def by_mouse(control: Locator) -> None:
    control.click()


@pytest.fixture(params=["keyboard", "no JavaScript"])
def way(request, browser, browser_context_args) -> Iterator[SimpleNamespace]:
    """A page, and how its links and buttons are used: by the keyboard alone, or where no script is run."""
    scripts = request.param == "keyboard"
    context = patient(browser.new_context(**browser_context_args, java_script_enabled=scripts))
    page = context.new_page()
    field = partial(editor, page) if scripts else lambda name: page.get_by_role("textbox", name=name)
    yield SimpleNamespace(page=page, use=by_keyboard if scripts else by_mouse, field=field)
    context.close()


def seat(slug: str, code: str, function: str) -> User:
    """Someone with that function there; the demonstration's sign-in page has no button for them."""
    participation = Participation.objects.get(cohort__slug=slug, code=code)
    there = participation.delegates.filter(function=function).first()
    return there.user if there else DelegateFactory(participation=participation, function=function).user


def link(page: Page, name: str | re.Pattern[str]) -> Locator:
    return page.get_by_role("main").get_by_role("link", name=name).first


def menu(page: Page, name: str) -> Locator:
    return page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name=name)


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("main").get_by_role("button", name=name, exact=True)


class TestProcessledare:
    def test_from_the_omgangar_to_the_joint_report_as_pdf(self, way, demonstration):
        page, use = way.page, way.use
        sign_in(page, demonstration.url, "Processledare")
        use(link(page, "Exempelomgång regioner"))
        expect(page.get_by_role("main")).to_contain_text("Region Nordanvik")
        use(link(page, "Omgångens siffror"))
        expect(page.get_by_role("main")).to_contain_text("5 av 5 har lämnat in")
        use(link(page, "Exempelomgång regioner"))
        use(link(page, "Gemensam rapport"))
        use(link(page, "9 Avslutande reflektioner"))
        way.field("Avslutande reflektioner").fill("Sex regioner har arbetat tillsammans i två år.")
        use(button(page, "Spara"))
        expect(page.locator("main").get_by_text("Sparat.").first).to_be_visible()
        use(link(page, "Gemensam rapport"))
        use(link(page, "Bygg och publicera"))
        use(button(page, "Bygg PDF"))
        expect(page.get_by_role("heading", name="PDF:en är klar.")).to_be_visible()
        with page.expect_download() as fetched:
            use(link(page, "Hämta PDF:en"))
        assert Path(fetched.value.path()).read_bytes().startswith(b"%PDF")

    def test_sees_who_has_handed_in_for_the_next_meeting(self, page: Page, demonstration):
        sign_in(page, demonstration.url, "Processledare")
        by_keyboard(link(page, "Exempelomgång som pågår"))
        heaviest = "Två av tre har inte lämnat in sin självskattning än."
        expect(page.get_by_role("heading", level=1)).to_have_text(heaviest)
        solbygden = page.locator(".work-list__row", has_text="Region Solbygden")
        expect(solbygden).to_contain_text("Självskattning: påbörjad, 6 av 10 moment")

    def test_sees_it_wait_and_be_built(self, page: Page, demonstration):
        joint = JointReport.objects.get(cohort__slug="demo-regioner")
        build = Build.objects.create(joint=joint, lease_until=timezone.now() + timedelta(hours=1))
        sign_in(page, demonstration.url, "Processledare")
        page.goto(f"{demonstration.url}/pdf/{build.pk}/")
        expect(page.get_by_role("heading", name="PDF:en står i kö.")).to_be_visible()
        Build.objects.filter(pk=build.pk).update(state="working", step=2, steps=3)
        expect(page.get_by_role("heading", name="Steg 2 av 3: Sätter sidorna.")).to_be_visible()
        Build.objects.filter(pk=build.pk).update(state="failed", error="Bygget avbröts.")
        expect(button(page, "Bygg igen")).to_be_visible()
        button(page, "Bygg igen").dblclick()
        expect(page.get_by_role("heading", name="PDF:en är klar.")).to_be_visible()
        assert list(joint.builds.order_by("pk").values_list("state", flat=True)) == ["failed", "ready"]

    def test_two_clicks_on_build_order_one(self, page: Page, demonstration):
        sign_in(page, demonstration.url, "Processledare")
        page.goto(f"{demonstration.url}/omgangar/demo-regioner/rapport/utgivning/")
        button(page, "Bygg PDF").dblclick()
        expect(page.get_by_role("heading", name="PDF:en är klar.")).to_be_visible()
        page.go_back()
        button(page, "Bygg PDF").click()
        expect(page.get_by_role("heading", name="PDF:en är klar.")).to_be_visible()
        assert Build.objects.count() == 1

    def test_two_tabs_on_the_joint_report_lose_no_text(self, context: BrowserContext, demonstration):
        first, second = context.new_page(), context.new_page()
        sign_in(first, demonstration.url, "Processledare")
        for tab in (first, second):
            tab.goto(f"{demonstration.url}/omgangar/demo-kommuner/rapport/kapitel/introduction/")
        editor(first, "Inledning").fill("Den första texten.")
        button(first, "Spara").click()
        expect(first.locator("main").get_by_text("Sparat.").first).to_be_visible()
        editor(second, "Inledning").fill("Den andra texten.")
        button(second, "Spara").click()
        expect(second.get_by_role("main")).to_contain_text("Den första texten.")
        expect(editor(second, "Inledning")).to_have_text("Den andra texten.")
        assert ChapterText.objects.get(joint__cohort__slug="demo-kommuner").text == "Den första texten."


class TestAdministrator:
    def test_adds_a_person_and_ends_the_seat(self, way, demonstration):
        page, use = way.page, way.use
        sign_in(page, demonstration.url, "Administratör")
        use(link(page, "Exempelomgång som pågår"))
        use(link(page, "Klarviks kommun"))
        use(link(page, "Organisationens personer"))
        use(link(page, "Lägg till en person"))
        use(button(page, "Lägg till"))
        expect(page.locator("main").get_by_text("Det här behöver rättas")).to_be_visible()
        page.get_by_label("Namn").fill("Kim Provare")
        page.get_by_label("E-post").fill("kim@klarvik.invalid")
        page.get_by_role("main").get_by_label("Medverkande").check()
        use(button(page, "Lägg till"))
        expect(page.locator("main").get_by_text("Kim Provare är tillagd").first).to_be_visible()
        added = Delegate.objects.get(user__email="kim@klarvik.invalid")
        assert (added.function, added.participation.code) == ("contributor", "9901")
        use(link(page, "Lämna över eller avsluta uppdraget för Kim Provare"))
        page.get_by_role("radio", name="Ingen just nu").check()
        use(button(page, "Avsluta uppdraget"))
        expect(page.locator("main").get_by_text("Kim Provare är inte längre representant").first).to_be_visible()
        assert not Delegate.objects.current(timezone.localdate()).filter(user__email="kim@klarvik.invalid").exists()
        page.go_back()
        page.go_back()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Klarviks kommun")


class TestStrategsArbete:
    def test_an_improvement_with_a_cycle(self, way, demonstration):
        page, use = way.page, way.use
        sign_in(page, demonstration.url, "Strateg")
        use(menu(page, "Arbetet hemma"))
        use(link(page, "Ny förbättring"))
        page.get_by_label("Rubrik").fill("Könsuppdelad statistik till nämnden")
        page.get_by_label("Vad vill ni åstadkomma?").fill("Nämnden ska se skillnader.")
        use(button(page, "Spara"))
        use(link(page, "Planera den första cykeln"))
        page.get_by_label("Planera").fill("Vi prövar i en nämnd.")
        use(button(page, "Spara"))
        expect(page.get_by_role("main")).to_contain_text("Vi prövar i en nämnd.")
        cycle = Cycle.objects.get(improvement__title="Könsuppdelad statistik till nämnden")
        assert (cycle.number, cycle.plan, cycle.decision) == (1, "Vi prövar i en nämnd.", "")

    def test_an_effort_with_a_step(self, way, demonstration):
        page, use = way.page, way.use
        sign_in(page, demonstration.url, "Strateg")
        use(menu(page, "Arbetet hemma"))
        use(link(page, "Lägg till en insats"))
        page.get_by_label("Rubrik").fill("Simhallens tider")
        use(button(page, "Spara"))
        use(link(page, "Lägg till ett steg"))
        page.get_by_role("radio", name="Aktivitet").check()
        page.get_by_role("radio", name="Nått").check()
        page.get_by_label("När?").fill("2026")
        page.get_by_label("Beskrivning").fill("Tiderna är kartlagda.")
        use(button(page, "Spara"))
        expect(page.get_by_role("main")).to_contain_text("Tiderna är kartlagda.")
        step = EffortStep.objects.get(effort__title="Simhallens tider")
        assert (step.stage, step.state, step.year) == ("activity", "reached", 2026)

    def test_writes_the_report_hands_it_in_and_the_politician_approves(self, way, demonstration):
        page, use = way.page, way.use
        sign_in(page, demonstration.url, "Strateg")
        use(menu(page, "Rapport"))
        use(link(page, "Syfte och mål"))
        way.field("Syfte och mål").fill("Vi ville följa upp resultat per kön.")
        # What is written goes along, saved or not.
        use(button(page, "Nästa: Så organiserades arbetet"))
        expect(page.get_by_role("heading", name="Så organiserades arbetet")).to_be_visible()
        use(link(page, "Hela rapporten"))
        use(link(page, "Gå vidare till inlämningen"))
        expect(page.get_by_role("main")).to_contain_text("Rapporten fryses som utgåva 1.")
        use(button(page, "Lämna in resultatrapporten"))
        expect(page.locator("main").get_by_text("Resultatrapporten är inlämnad.").first).to_be_visible()
        sign_in_as(page, demonstration.url, seat("demo-pagaende", "99", "politician"))
        page.goto(demonstration.url)
        use(menu(page, "Rapport"))
        use(link(page, "Läs och godkänn utgåva 1"))
        expect(page.get_by_role("article", name="Rapporten")).to_contain_text("Vi ville följa upp resultat per kön.")
        use(button(page, "Godkänn utgåva 1"))
        expect(page.locator("main").get_by_text("Resultatrapporten är godkänd.").first).to_be_visible()
        report = Report.objects.get(participation__cohort__slug="demo-pagaende", participation__code="99")
        edition = report.editions.get()
        assert (report.state, edition.approved_by) == ("submitted", "Demo Politiker Solbygden, politiker")

    def test_two_clicks_and_the_back_button_store_one(self, page: Page, demonstration):
        sign_in(page, demonstration.url, "Strateg")
        menu(page, "Arbetet hemma").click()
        link(page, "Lägg till en insats").click()
        page.get_by_label("Rubrik").fill("Simhallens tider")
        button(page, "Spara").dblclick()
        expect(page.get_by_role("heading", level=1)).to_have_text("Simhallens tider")
        page.go_back()
        page.get_by_label("Rubrik").fill("Simhallens tider")
        button(page, "Spara").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Simhallens tider")
        assert Effort.objects.filter(title="Simhallens tider").count() == 1

    def test_hands_in_once_however_often_it_is_pressed(self, page: Page, demonstration):
        for item in solbygden().participation.cohort.plan.items:
            Score.objects.update_or_create(assessment=solbygden(), item=item, defaults={"value": 2})
        sign_in(page, demonstration.url, "Strateg")
        page.goto(f"{demonstration.url}/sjalvskattningar/{solbygden().pk}/lamna-in/")
        for label, number in (("Politiker", "0"), ("Chefer", "4"), ("Strateger", "1"), ("Medverkande", "0")):
            page.get_by_label(label).fill(number)
        button(page, "Lämna in").dblclick()
        expect(page.locator("main").get_by_text("Självskattningen är inlämnad.").first).to_be_visible()
        page.go_back()
        page.goto(f"{demonstration.url}/sjalvskattningar/{solbygden().pk}/lamna-in/")
        expect(page).to_have_url(f"{demonstration.url}{solbygden().get_absolute_url()}")
        handed_in = AuditEvent.objects.filter(
            kind=AssessmentEvent.ASSESSMENT_SUBMITTED, target=str(solbygden()), actor="Demo Strateg"
        )
        assert (solbygden().assessors, handed_in.count()) == (5, 1)

    def test_every_meeting_stands_once(self, page: Page, demonstration):
        sign_in(page, demonstration.url, "Strateg")
        menu(page, "Självskattning").click()
        rows = page.get_by_role("table", name="Självskattningar inför träffarna").get_by_role("rowheader")
        expect(rows).to_have_count(4)


class TestContributor:
    def test_rates_a_moment_with_a_comment(self, way, demonstration):
        page, use = way.page, way.use
        sign_in_as(page, demonstration.url, seat("demo-pagaende", "99", "contributor"))
        page.goto(demonstration.url)
        use(link(page, re.compile("Fortsätt")))
        page.locator("#moment-8 summary").last.press("Enter")
        page.get_by_role("textbox", name="Kommentar till moment 8").fill("Underlaget finns i två nämnder.")
        page.locator("#m8-3").check()
        use(button(page, "Spara och stanna"))
        expect(page.locator("main").get_by_text("Sparat.").first).to_be_visible()
        score = Score.objects.get(assessment=solbygden(), item__number=8)
        assert (score.value, score.comment, score.shared) == (3, "Underlaget finns i två nämnder.", False)


class TestThoseWhoLeadAndRead:
    @pytest.mark.parametrize("role", ["Politiker", "Chef"])
    def test_lands_on_what_has_moved_and_what_to_ask(self, way, demonstration, role):
        page, use = way.page, way.use
        page.set_viewport_size({"width": 360, "height": 800})
        sign_in(page, demonstration.url, role)
        # Since when is told by the day, and tried in test_brief.py.
        moved = re.compile(r"^Fyra av tio moment har gått framåt sedan .+\.$")
        expect(page.get_by_role("heading", level=1)).to_have_text(moved)
        expect(page.get_by_role("heading", name="Tre frågor att ställa")).to_be_visible()
        expect(page.locator(".offered > li")).to_have_count(3)
        table = page.get_by_role("main").get_by_role("table").first
        expect(table).not_to_be_visible()
        use(page.locator("summary", has_text="Visa som tabell").first)
        expect(table).to_be_visible()
        use(link(page, "Så ligger ni till bredvid de andra"))
        use(link(page, "Omgångens siffror"))
        # Three in one group read each other, so they see everything, the kinds side by side.
        expect(page.get_by_role("main")).to_contain_text("2 av 2 regioner har lämnat in")
        expect(page.get_by_role("columnheader", name="Klarvik")).to_be_visible()

    def test_the_mentor_reads_what_the_group_has_handed_in(self, way, demonstration):
        page, use = way.page, way.use
        sign_in(page, demonstration.url, "Mentor")
        use(link(page, re.compile("^Läs inför träffen")))
        use(link(page, re.compile("Självskattningen inför Lärandeträff 2.*Region Västanmark")))
        expect(page.get_by_role("region", name="Värden per moment")).to_be_visible()
        page.go_back()
        use(link(page, "Allt som Region Västanmark delar"))
        expect(page.locator(".page-head__eyebrow")).to_contain_text("Region Västanmark")

    def test_the_evaluator_reads_what_is_handed_in_and_no_drafts(self, way, demonstration):
        page, use = way.page, way.use
        sign_in(page, demonstration.url, "Lärande utvärderare")
        use(link(page, "Exempelomgång som pågår"))
        use(link(page, "Omgångens siffror"))
        use(link(page, "Region Västanmark"))
        use(link(page, re.compile("Inlämnad .*Lärandeträff 2")))
        expect(page.get_by_role("region", name="Värden per moment")).to_be_visible()
        assert page.goto(f"{demonstration.url}{solbygden().get_absolute_url()}").status == 404
