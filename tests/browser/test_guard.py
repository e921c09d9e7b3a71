"""Nothing typed is lost, in Chromium; the rating page has its own file, and so has what Firefox is asked too.

A report's sections save as one goes. A PDSA cycle is sent with a button to its own page, the answer to a meeting to an
address that is only posted to. A group's board is sent by htmx.
"""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from improvements.models import Cycle
from reports.models import ChapterText, Report, ReportSection
from tests.browser.conftest import editor, patient, sign_in_as
from tests.factories import ImprovementFactory, MeetingFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OFFLINE = "Inte sparat: ingen kontakt."
REFUSED = "Inte sparat: det gick inte att ta emot."
SIGNED_OUT = "Inte sparat: du är utloggad."


@pytest.fixture
def anna(page: Page, live_server, cast) -> SimpleNamespace:
    """A strategist, signed in."""
    sign_in_as(page, live_server.url, cast.anna)
    return SimpleNamespace(page=page, url=live_server.url, user=cast.anna, own=cast.own, asked=[])


def place(anna, name: str, *args) -> str:
    return f"{anna.url}{reverse(name, args=args)}"


def end_session(anna=None) -> None:
    Session.objects.all().delete()


def lose_the_cookie(anna) -> None:
    anna.page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)


def sign_out_in_another_tab(anna) -> None:
    tab = anna.page.context.new_page()
    tab.goto(f"{anna.url}/logga-ut/")
    tab.get_by_role("main").get_by_role("button", name="Logga ut").click()
    expect(tab.get_by_label("E-post")).to_be_visible()
    tab.close()


def sign_in_in_another_tab(anna, link) -> None:
    """By the link that the guard offers; the code by mail is the sign-in's own matter."""
    with anna.page.context.expect_page() as opened:
        link.click()
    expect(opened.value.get_by_label("E-post")).to_be_visible()
    sign_in_as(opened.value, anna.url, anna.user)
    opened.value.goto(f"{anna.url}/om/")
    opened.value.close()


def away(route) -> None:
    """As the site answers without its database (modell/errors.py)."""
    route.fulfill(status=503, body=render_to_string("503.html"), headers={"Retry-After": "10"})


def leave(anna, address: str) -> list[str]:
    """What the browser asked when the page was left."""
    asked: list[str] = []
    anna.page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    anna.page.goto(address)
    return asked


class TestSavedAsOneGoes:
    @pytest.fixture
    def report(self, anna):
        anna.page.goto(place(anna, "reports:section", anna.own.cohort.slug, anna.own.code, "purpose"))
        return anna.page

    def purpose(self, page: Page):
        return page.locator("#avsnitt-purpose")

    def write(self, page: Page, text: str) -> None:
        editor(self.purpose(page), "Syfte och mål").press_sequentially(text)

    def stored(self) -> str:
        return ReportSection.objects.get(key="purpose").text

    def test_06_without_contact_and_then_with(self, anna, report, context: BrowserContext):
        self.write(report, "Text innan.")
        expect(self.purpose(report)).to_contain_text("✓ Sparat")
        context.set_offline(True)
        self.write(report, " Text utan kontakt.")
        expect(self.purpose(report)).not_to_contain_text("✓ Sparat")
        expect(self.purpose(report)).to_contain_text(OFFLINE)
        expect(report.locator("#status")).to_contain_text("Inte sparat")
        context.set_offline(False)
        expect(self.purpose(report)).to_contain_text("✓ Sparat")
        assert self.stored() == "Text innan. Text utan kontakt."
        assert leave(anna, f"{anna.url}/om/") == []

    def test_while_the_server_answers_with_errors(self, anna, report):
        report.route(
            "**/avsnitt/purpose/", lambda route: route.fulfill(status=500, body="<!DOCTYPE html><main>Fel</main>")
        )
        self.write(report, "Det här ska inte försvinna.")
        expect(self.purpose(report)).to_contain_text(REFUSED)
        assert report.locator("main").count() == 1
        assert leave(anna, f"{anna.url}/om/") == ["beforeunload"]

    def test_while_the_database_is_away_and_when_it_is_back(self, anna, report):
        report.route("**/avsnitt/purpose/", away)
        self.write(report, "Det här ska inte försvinna.")
        expect(self.purpose(report)).to_contain_text(OFFLINE)
        assert report.locator("main").count() == 1
        report.unroute("**/avsnitt/purpose/")
        expect(self.purpose(report)).to_contain_text("✓ Sparat")
        assert self.stored() == "Det här ska inte försvinna."

    @pytest.mark.parametrize("end", [end_session, lose_the_cookie, sign_out_in_another_tab])
    def test_05_signed_out_and_in_again_in_another_tab(self, anna, report, end):
        self.write(report, "Sparat. ")
        expect(self.purpose(report)).to_contain_text("✓ Sparat")
        end(anna)
        self.write(report, "Skrivet utan session. ")
        expect(self.purpose(report)).to_contain_text(SIGNED_OUT)
        expect(self.purpose(report)).not_to_contain_text("✓ Sparat")
        assert (report.locator("main").count(), report.locator("#status").count()) == (1, 1)
        sign_in_in_another_tab(anna, self.purpose(report).get_by_role("link", name="Logga in i en ny flik"))
        expect(self.purpose(report)).to_contain_text("✓ Sparat")
        assert self.stored() == "Sparat. Skrivet utan session."
        self.write(report, "Och mer.")
        report.get_by_role("button", name="Spara", exact=True).click()
        expect(editor(report, "Syfte och mål")).to_have_text("Sparat. Skrivet utan session. Och mer.")
        expect(self.purpose(report)).to_contain_text("✓ Sparat")
        assert self.stored() == "Sparat. Skrivet utan session. Och mer."

    def test_the_next_section_waits_for_the_last_words(self, anna, report):
        report.route("**/avsnitt/purpose/", lambda route: route.abort())
        self.write(report, "De sista orden.")
        address = report.url
        report.get_by_role("button", name="Nästa: ").click()
        expect(self.purpose(report).get_by_role("button", name="Försök igen")).to_be_focused()
        assert not Report.objects.exists()
        report.unroute("**/avsnitt/purpose/")
        report.get_by_role("button", name="Nästa: ").click()
        expect(report).not_to_have_url(address)
        assert self.stored() == "De sista orden."


class TestSentWithAButton:
    @pytest.fixture
    def cycle(self, anna):
        anna.improvement = ImprovementFactory(participation=anna.own)
        anna.address = place(anna, "improvements:cycle_add", anna.improvement.pk)
        anna.page.goto(anna.address)
        return anna.page

    def write(self, page: Page) -> None:
        page.get_by_label("Planera").fill("Vi prövar i en nämnd.")

    def save(self, page: Page) -> None:
        page.get_by_role("main").get_by_role("button", name="Spara", exact=True).click()

    def test_while_the_server_answers_with_errors(self, anna, cycle):
        cycle.route("**/cykel/", lambda route: route.fulfill(status=500))
        self.write(cycle)
        self.save(cycle)
        expect(cycle.locator("form .saved")).to_contain_text(REFUSED)
        cycle.get_by_label("Vad tror ni händer?").fill("Mer.")
        expect(cycle.locator("form .saved")).to_contain_text("Tryck på knappen igen.")
        cycle.unroute("**/cykel/")
        self.save(cycle)
        expect(cycle).to_have_url(place(anna, "improvements:improvement", anna.improvement.pk))
        assert Cycle.objects.get().prediction == "Mer."

    def test_while_the_database_is_away_and_when_it_is_back(self, anna, cycle):
        cycle.route("**/cykel/", away)
        self.write(cycle)
        self.save(cycle)
        expect(cycle.locator("form .saved")).to_contain_text(OFFLINE)
        cycle.unroute("**/cykel/")
        expect(cycle).to_have_url(place(anna, "improvements:improvement", anna.improvement.pk))
        assert Cycle.objects.get().plan == "Vi prövar i en nämnd."

    def test_two_clicks_and_the_back_button_make_one(self, anna, cycle):
        self.write(cycle)
        cycle.get_by_role("main").get_by_role("button", name="Spara", exact=True).dblclick()
        expect(cycle).to_have_url(place(anna, "improvements:improvement", anna.improvement.pk))
        cycle.go_back()
        cycle.get_by_label("Planera").fill("Vi prövar i två nämnder.")
        self.save(cycle)
        expect(
            cycle.locator("main").get_by_text("Det här formuläret har du redan sparat en gång.").first
        ).to_be_visible()
        expect(cycle.get_by_label("Planera")).to_have_value("Vi prövar i två nämnder.")
        assert Cycle.objects.count() == 1
        self.save(cycle)
        expect(cycle).to_have_url(place(anna, "improvements:improvement", anna.improvement.pk))
        assert Cycle.objects.count() == 2

    def test_what_is_refused_is_shown_as_ever_and_leaving_asks(self, anna, cycle):
        assert leave(anna, anna.address) == []
        plan = cycle.get_by_label("Planera")
        plan.evaluate("field => field.removeAttribute('maxlength')")
        plan.fill("x" * 5000)
        self.save(cycle)
        expect(cycle.locator(".error-summary")).to_be_focused()
        assert leave(anna, anna.address) == ["beforeunload"]

    def test_without_scripts_it_is_there_after_signing_in(self, anna, cycle, browser: Browser):
        page = patient(browser.new_context(java_script_enabled=False)).new_page()
        sign_in_as(page, anna.url, anna.user)
        page.goto(anna.address)
        self.write(page)
        end_session()
        self.save(page)
        expect(page.get_by_label("E-post")).to_be_visible()
        sign_in_as(page, anna.url, anna.user)
        page.goto(anna.address)
        expect(page.get_by_label("Planera")).to_have_value("Vi prövar i en nämnd.")
        assert not Cycle.objects.exists()
        page.context.close()


class TestSentToAnAddressThatIsOnlyPostedTo:
    @pytest.fixture
    def meeting(self, anna):
        meeting = MeetingFactory(cohort=anna.own.cohort, starts_on=timezone.localdate() + timedelta(days=30))
        anna.page.goto(f"{anna.url}{meeting.get_absolute_url()}")
        expect(anna.page.get_by_role("button", name="Jag kommer", exact=True)).to_be_visible()
        return meeting

    def test_a_reload_of_that_address_leads_to_the_meeting(self, anna, meeting):
        anna.page.goto(f"{anna.url}{meeting.get_absolute_url()}svar/")
        expect(anna.page).to_have_url(f"{anna.url}{meeting.get_absolute_url()}")


class TestStoredFirst:
    """A chapter of the joint report, beside the buttons that move it on."""

    @pytest.fixture
    def chapter(self, page: Page, live_server, cast):
        sign_in_as(page, live_server.url, cast.cia)
        page.goto(f"{live_server.url}{reverse('reports:joint_chapter', args=[cast.cohort.slug, 'preface'])}")
        editor(page, "Förord").fill("De sista orden.")
        return page

    def move(self, page: Page) -> None:
        page.get_by_role("button", name="Skicka till granskning").click()

    def test_the_last_words_are_in_what_is_reviewed(self, chapter):
        self.move(chapter)
        expect(chapter.locator("main").get_by_text("Texten är skickad till granskning.")).to_be_visible()
        text = ChapterText.objects.get()
        assert (text.text, text.state) == ("De sista orden.", "review")

    def test_nothing_is_moved_while_they_cannot_be_stored(self, chapter):
        chapter.route(
            "**/kapitel/*/", lambda route: route.abort() if route.request.method == "POST" else route.fallback()
        )
        self.move(chapter)
        expect(chapter.locator("#kapiteltext .saved")).to_contain_text(OFFLINE)
        assert not ChapterText.objects.exists()
        chapter.unroute("**/kapitel/*/")
        chapter.get_by_role("button", name="Försök igen").click()
        expect(chapter.locator("#kapiteltext .saved")).to_contain_text("✓ Sparat")
        assert ChapterText.objects.get().text == "De sista orden."

    def test_what_is_refused_is_shown_and_nothing_is_moved(self, chapter):
        editor(chapter, "Förord").fill("x" * 20_001)
        self.move(chapter)
        expect(chapter.locator("#kapiteltext")).to_contain_text("högst")
        assert not ChapterText.objects.exists()
