"""The rating page in a real browser: what is chosen is saved once, and nothing that is typed is lost on the way."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import BrowserContext, Page, expect

from assessments.models import Assessment, Score
from kit.models import AuditEvent
from tests.browser.conftest import before_its_scripts, choose, sign_in
from tests.browser.looking import faults
from tests.browser.served import PATIENCE_SECONDS, Site, copied_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = "Vi har börjat i två nämnder."
# What guard.js waits for before it saves, in ms.
RESTS = 600
TYPED = 1500


def solbygden() -> Assessment:
    return Assessment.objects.get(participation__organisation__code="99", part=None, meeting__key="learning-2")


def score_of(number: int) -> Score:
    return Score.objects.get(assessment=solbygden(), item__number=number)


def saved_events() -> int:
    return AuditEvent.objects.filter(kind="score_saved", organisation="99", actor="Demo Strateg").count()


@pytest.fixture
def rating(page: Page, demonstration) -> SimpleNamespace:
    """The rating page before a strateg: six of ten have a value."""
    sign_in(page, demonstration.url, "Strateg")
    address = f"{demonstration.url}{solbygden().get_absolute_url()}"
    page.goto(address)
    return SimpleNamespace(page=page, address=address, url=demonstration.url)


def state(page: Page, number: int):
    return page.locator(f"#moment-{number}-state")


def rest(page: Page, number: int):
    return page.locator(f"#moment-{number} summary").last


def comment(page: Page, number: int):
    return page.get_by_role("textbox", name=f"Kommentar till moment {number}")


def write_comment(page: Page, number: int, text: str = TEXT) -> None:
    rest(page, number).click()
    comment(page, number).fill(text)


def step_to(page: Page, number: int, step: int) -> None:
    page.locator(f"#m{number}-1").focus()
    page.keyboard.press("Space")
    for _ in range(step - 1):
        page.keyboard.press("ArrowRight")


def inside(page: Page, number: int):
    """What the folded rest is said to hold; until something is saved in it: "Kommentar, mål och mer"."""
    return page.locator(f"#moment-{number}-inside")


def stop_the_clock(page: Page) -> None:
    """Nothing in the page rests or pauses any more until `run_for`, however slow the machine is."""
    now = datetime.now(tz=UTC)
    page.clock.install(time=now)
    page.clock.pause_at(now + timedelta(hours=1))


def hand_in_by_keyboard(page: Page) -> None:
    page.get_by_role("button", name="Gå vidare till att lämna in").focus()
    page.keyboard.press("Enter")
    page.get_by_role("radio", name="Arbetsgruppens").focus()
    page.keyboard.press("Space")
    for label, number in (("Politiker", "0"), ("Chefer", "4"), ("Strateger", "1"), ("Medverkande", "")):
        page.get_by_label(label).focus()
        page.keyboard.press("ControlOrMeta+A")
        page.keyboard.press("Delete")
        page.keyboard.type(number)
    page.keyboard.press("Enter")


class TestSavesAsOneGoes:
    def test_arrow_keys_through_a_group_store_one_value(self, rating):
        before = saved_events()
        stop_the_clock(rating.page)
        step_to(rating.page, 8, 4)
        rating.page.clock.run_for(RESTS)
        expect(state(rating.page, 8)).to_contain_text("✓ Sparat")
        assert (score_of(8).value, score_of(8).revision, saved_events() - before) == (4, 1, 1)

    def test_leaving_the_moment_saves_at_once_and_once(self, rating):
        before = saved_events()
        stop_the_clock(rating.page)
        step_to(rating.page, 9, 3)
        with rating.page.expect_response("**/moment/9/"):
            rating.page.locator("#m10-1").focus()
        expect(state(rating.page, 9)).to_contain_text("✓ Sparat")
        assert (score_of(9).value, score_of(9).revision, saved_events() - before) == (3, 1, 1)

    def test_a_text_is_saved_when_one_pauses_and_the_line_says_what_is_inside(self, rating):
        page = rating.page
        write_comment(page, 1)
        page.get_by_label("Mål till nästa gång Moment 1", exact=True).select_option("4")
        expect(inside(page, 1)).to_have_text("Kommentar · Mål 4")
        assert (score_of(1).comment, score_of(1).aim) == (TEXT, 4)

    def test_an_answer_to_one_moment_does_not_hurry_another(self, rating):
        page, routes = rating.page, []
        page.route("**/moment/8/", lambda route: routes.append(route))
        with page.expect_request("**/moment/8/"):
            page.locator("#m8-2").check()
        expect(state(page, 8)).to_contain_text("Sparar")
        stop_the_clock(page)
        step_to(page, 9, 2)
        routes[0].continue_()
        expect(state(page, 8)).to_contain_text("✓ Sparat")
        page.keyboard.press("ArrowRight")
        page.locator("#m10-1").focus()
        expect(state(page, 9)).to_contain_text("✓ Sparat")
        assert (score_of(9).value, score_of(9).revision) == (3, 1)

    def test_what_changes_while_it_is_saved_is_saved_after(self, rating):
        """The first answer is held back until the second choice is made."""
        page, routes = rating.page, []
        page.route("**/moment/8/", lambda route: route.continue_() if routes else routes.append(route))
        with page.expect_request("**/moment/8/"):
            page.locator("#m8-2").check()
        expect(state(page, 8)).to_contain_text("Sparar")
        page.locator("#m8-4").check()
        write_comment(page, 8)
        routes[0].continue_()
        expect(state(page, 8)).to_contain_text("✓ Sparat")
        expect(inside(page, 8)).to_have_text("Kommentar")
        assert (score_of(8).value, score_of(8).comment) == (4, TEXT)

    @pytest.mark.parametrize("width", [1280, 360])
    def test_ten_moment_by_keyboard_alone_with_a_comment_and_handed_in(self, page: Page, demonstration, width):
        page.set_viewport_size({"width": width, "height": 800})
        sign_in(page, demonstration.url, "Strateg")
        page.get_by_role("link", name=re.compile("Fortsätt")).first.focus()
        page.keyboard.press("Enter")
        for number in range(1, 11):
            step_to(page, number, 3)
            page.keyboard.press("Tab")  # to the guidance, then to the folded rest
            if number == 5:
                page.keyboard.press("Tab")
                expect(rest(page, 5)).to_be_focused()
                page.keyboard.press("Enter")
                expect(comment(page, 5)).to_be_visible()
                page.keyboard.press("Tab")
                expect(comment(page, 5)).to_be_focused()
                page.keyboard.type(TEXT)
        expect(page.locator("#rated")).to_contain_text("10 av 10")
        hand_in_by_keyboard(page)
        expect(page.locator("main").get_by_text("Självskattningen är inlämnad.").first).to_be_visible()
        stored = solbygden()
        assert (stored.state, stored.judged_by, stored.raters) == (
            "submitted",
            "working_group",
            {"manager": 4, "strategist": 1},
        )
        assert set(stored.scores.values_list("value", flat=True)) == {3}
        assert score_of(5).comment == TEXT

    def test_a_suggestion_is_confirmed_by_choosing_it(self, rating):
        page = rating.page
        page.locator("main").get_by_text("Så här gör ni").click()
        page.get_by_role("button", name="Visa förra gångens värden som förslag").focus()
        page.keyboard.press("Enter")
        expect(state(page, 8)).to_contain_text("Inte bekräftad än")
        expect(page.locator("#moment-8 input:checked[type=radio][name=m8-value]")).to_have_count(0)
        expect(page.locator("#rated")).to_contain_text("6 av 10")
        page.locator("#m8-1").focus()
        page.keyboard.press("Space")
        expect(state(page, 8)).to_contain_text("Bekräftad")
        expect(page.locator("#rated")).to_contain_text("7 av 10")
        expect(page.locator("#moment-8 .rating__then")).to_have_count(0)
        assert (score_of(8).value, score_of(8).suggested) == (1, None)


class TestTheListOfMoments:
    def test_it_says_what_is_chosen_and_is_kept_true(self, rating):
        page = rating.page
        expect(page.locator("#rated li")).to_have_count(10)
        expect(page.locator("#to-8")).to_contain_text("inte skattat än")
        choose(page, "#m8-2")
        expect(page.locator("#to-8 .step")).to_have_text("2")

    def test_the_focus_stays_in_it_while_it_is_drawn_anew(self, rating):
        page = rating.page
        stop_the_clock(page)
        choose(page, "#m8-2")
        page.locator("#to-9").focus()
        expect(page.locator("#to-8 .step")).to_have_text("2")
        expect(page.locator("#to-9")).to_be_focused()
        page.keyboard.press("Enter")
        assert page.url.endswith("#moment-9")

    def test_on_a_phone_the_first_choice_is_on_the_first_screen(self, rating):
        rating.page.set_viewport_size({"width": 360, "height": 740})
        first = rating.page.locator(".rating__option").first.bounding_box()
        assert first["y"] + first["height"] <= 740
        # Wrappers and components had made it 1 466; what is left is ten moments with all their fields.
        assert rating.page.evaluate("document.querySelectorAll('*').length") <= 1050


class TestAgreedValue:
    @pytest.fixture
    def agreed(self, rating):
        Score.objects.filter(assessment=solbygden()).update(agreed=True)
        rating.page.reload()
        return rating.page

    def test_the_reason_is_asked_for_where_another_is_chosen_and_then_saved(self, agreed):
        why = agreed.get_by_label("Varför ändras värdet? Moment 2", exact=True)
        expect(why).to_be_hidden()
        agreed.locator("#m2-3").check()
        expect(why).to_be_visible()
        expect(state(agreed, 2)).to_contain_text("skriv varför värdet ändras")
        why.fill("Nämnden har beslutat.")
        expect(state(agreed, 2)).to_contain_text("✓ Sparat")
        expect(why).to_be_hidden()
        event = AuditEvent.objects.get(kind="agreed_value_changed")
        assert (score_of(2).value, event.data["why"]) == (3, "Nämnden har beslutat.")

    def test_leaving_without_it_loses_nothing(self, agreed):
        stop_the_clock(agreed)
        write_comment(agreed, 2)
        agreed.locator("#m2-3").check()
        agreed.locator("#m5-2").focus()
        expect(agreed.locator("#moment-2")).to_contain_text("Ni hade enats om värdet. Skriv varför det ändras.")
        expect(agreed.locator("#m2-3")).to_be_checked()
        expect(comment(agreed, 2)).to_have_value(TEXT)
        assert (score_of(2).value, score_of(2).comment) == (2, "")
        agreed.get_by_label("Varför ändras värdet? Moment 2", exact=True).fill("Ny kunskap.")
        agreed.clock.run_for(TYPED)
        expect(state(agreed, 2)).to_contain_text("✓ Sparat")
        assert (score_of(2).value, score_of(2).comment) == (3, TEXT)


class TestNothingIsLost:
    def test_chosen_before_the_script_has_come(self, rating):
        page = rating.page
        rated = solbygden().scores.values_list("item__number", flat=True)
        number = next(number for number in range(1, 11) if number not in rated)
        page.goto("about:blank")
        with before_its_scripts(page, rating.address, "kit/guard"):
            choose(page, f"#m{number}-2")
        expect(state(page, number)).to_contain_text("Sparat")
        assert score_of(number).value

    def test_offline_and_on_again(self, rating, context: BrowserContext):
        page = rating.page
        context.set_offline(True)
        write_comment(page, 8)
        page.locator("#m8-2").check()
        expect(state(page, 8)).to_contain_text("Inte sparat: ingen kontakt")
        expect(state(page, 8).get_by_role("button", name="Försök igen")).to_be_visible()
        expect(page.locator("#status")).to_contain_text("Moment 8. Inte sparat")
        expect(comment(page, 8)).to_have_value(TEXT)
        context.set_offline(False)
        expect(state(page, 8)).to_contain_text("✓ Sparat")
        assert (score_of(8).value, score_of(8).comment) == (2, TEXT)

    def test_the_button_tries_again_and_keeps_the_focus(self, rating):
        page = rating.page
        stop_the_clock(page)
        page.route("**/moment/8/", lambda route: route.abort())
        page.locator("#m8-2").check()
        page.clock.run_for(RESTS)
        expect(state(page, 8)).to_contain_text("Inte sparat")
        again = state(page, 8).get_by_role("button", name="Försök igen")
        again.focus()
        with page.expect_event("requestfailed"):
            page.keyboard.press("Enter")
        expect(again).to_be_focused()
        page.unroute("**/moment/8/")
        page.keyboard.press("Enter")
        expect(state(page, 8)).to_contain_text("✓ Sparat")
        expect(page.locator("#m8-2")).to_be_focused()

    def test_an_answer_that_never_came_is_no_one_elses(self, rating):
        """Stored, but the answer is lost; one goes on and is not told that another has saved."""
        page, lost = rating.page, []

        def lose_the_first(route):
            if lost:
                return route.continue_()
            lost.append(route.fetch())
            return route.abort()

        page.route("**/moment/8/", lose_the_first)
        stop_the_clock(page)
        page.locator("#m8-2").check()
        page.clock.run_for(RESTS)
        expect(state(page, 8)).to_contain_text("Inte sparat")
        assert score_of(8).value == 2
        page.locator("#m8-3").check()
        page.clock.run_for(RESTS)
        expect(state(page, 8)).to_contain_text("✓ Sparat")
        expect(page.locator("#moment-8 .notice")).to_have_count(0)
        assert (score_of(8).value, score_of(8).revision) == (3, 2)

    def test_a_session_that_ends_and_a_new_one_in_another_tab(self, rating, context: BrowserContext):
        page = rating.page
        Session.objects.all().delete()
        write_comment(page, 8)
        page.locator("#m8-2").check()
        expect(state(page, 8)).to_contain_text("du är utloggad")
        with context.expect_page() as opened:
            state(page, 8).get_by_role("link", name="Logga in i en ny flik").click()
        token = [cookie["value"] for cookie in context.cookies() if cookie["name"] == "csrftoken"]
        sign_in(opened.value, rating.url, "Strateg")
        assert token != [cookie["value"] for cookie in context.cookies() if cookie["name"] == "csrftoken"]
        page.bring_to_front()
        page.evaluate("window.dispatchEvent(new Event('focus'))")  # a headless tab has the focus all the time
        expect(state(page, 8)).to_contain_text("✓ Sparat")
        assert (score_of(8).value, score_of(8).comment) == (2, TEXT)
        page.get_by_role("button", name="Spara och stanna").click()  # the page's own form has the new token too
        expect(page.locator("main").get_by_text("Sparat.").first).to_be_visible()

    def test_a_token_that_no_script_may_read_is_fetched(self, rating, context: BrowserContext):
        page, url = rating.page, rating.url
        other = context.new_page()
        other.context.clear_cookies()
        sign_in(other, url, "Strateg")
        [cookie] = [cookie for cookie in context.cookies() if cookie["name"] == "csrftoken"]
        context.add_cookies([{**cookie, "httpOnly": True}])
        write_comment(page, 8)
        page.locator("#m8-2").check()
        expect(state(page, 8)).to_contain_text("✓ Sparat")
        assert score_of(8).comment == TEXT

    def test_two_tabs_show_both_and_one_decides(self, rating, context: BrowserContext):
        first, second = rating.page, context.new_page()
        second.goto(rating.address)
        first.locator("#m9-4").check()
        write_comment(first, 9, "Den första.")
        expect(inside(first, 9)).to_have_text("Kommentar")
        stop_the_clock(second)
        second.locator("#m9-2").check()
        write_comment(second, 9, "Den andra.")
        second.clock.run_for(TYPED)
        expect(second.locator("#moment-9 .notice")).to_contain_text("Sparat nu: 4")
        expect(second.locator("#moment-9 .notice")).to_contain_text("”Den första.”")
        expect(comment(second, 9)).to_have_value("Den andra.")
        second.clock.resume()  # htmx wires up what it has drawn anew after a moment
        second.get_by_role("button", name="Gå vidare till att lämna in").click()  # does not decide for them
        expect(second.get_by_role("button", name="Spara vårt ändå")).to_be_focused()
        assert score_of(9).value == 4
        second.keyboard.press("Enter")
        expect(state(second, 9)).to_contain_text("✓ Sparat")
        expect(second.locator("#moment-9 .notice")).to_have_count(0)
        assert (score_of(9).value, score_of(9).comment) == (2, "Den andra.")

    def test_going_on_saves_first_and_stays_where_it_cannot(self, rating, context: BrowserContext):
        page = rating.page
        context.set_offline(True)
        page.locator("#m8-2").check()
        page.get_by_role("button", name="Gå vidare till att lämna in").click()
        expect(state(page, 8).get_by_role("button", name="Försök igen")).to_be_focused()
        expect(page).to_have_url(rating.address)
        context.set_offline(False)
        page.get_by_role("button", name="Gå vidare till att lämna in").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Lämna in självskattningen")
        assert score_of(8).value == 2

    def test_warns_on_leaving_only_while_something_is_unsaved(self, rating, context: BrowserContext):
        page, asked = rating.page, []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        page.locator("#m8-2").check()
        expect(state(page, 8)).to_contain_text("✓ Sparat")
        page.goto(rating.address)
        assert asked == []
        page.route("**/moment/9/", lambda route: route.abort())
        page.locator("#m9-2").check()
        expect(state(page, 9)).to_contain_text("Inte sparat")
        page.goto(rating.address)
        assert asked == ["beforeunload"]


class TestRestartedServer:
    @pytest.fixture
    def server(self, tmp_path, shared_folder) -> Iterator[Site]:
        """The site as `bin/serve` runs it, which can be stopped and started again on the same data."""
        site = copied_site(tmp_path, shared_folder)
        site.start()
        yield site
        site.stop()

    def test_typed_while_it_was_down_is_saved_when_it_is_up(self, page: Page, server):
        sign_in(page, server.url, "Strateg")
        page.get_by_role("link", name=re.compile("Fortsätt")).first.click()
        expect(page.locator("#rated")).to_contain_text("6 av 10")
        server.stop()
        write_comment(page, 8)
        page.locator("#m8-2").check()
        expect(state(page, 8)).to_contain_text("Inte sparat: ingen kontakt")
        expect(comment(page, 8)).to_have_value(TEXT)
        server.start()
        expect(state(page, 8)).to_contain_text("✓ Sparat", timeout=PATIENCE_SECONDS * 1000)  # after a pause of its own
        page.reload()
        expect(page.locator("#m8-2")).to_be_checked()
        rest(page, 8).click()
        expect(comment(page, 8)).to_have_value(TEXT)


class TestStates:
    """Axe on what the page can look like besides as it comes."""

    def test_the_folded_rest_open(self, rating):
        rest(rating.page, 8).click()
        assert faults(rating.page) == []

    def test_the_reason_asked_for(self, rating):
        Score.objects.filter(assessment=solbygden()).update(agreed=True)
        rating.page.reload()
        rating.page.locator("#m2-3").check()
        rating.page.locator("#m5-2").focus()
        expect(rating.page.locator("#moment-2")).to_contain_text("Ni hade enats om värdet.")
        assert faults(rating.page) == []

    def test_not_saved(self, rating, context: BrowserContext):
        context.set_offline(True)
        rating.page.locator("#m8-2").check()
        expect(state(rating.page, 8)).to_contain_text("Inte sparat")
        assert faults(rating.page) == []

    def test_signed_out(self, rating):
        Session.objects.all().delete()
        rating.page.locator("#m8-2").check()
        expect(state(rating.page, 8)).to_contain_text("utloggad")
        assert faults(rating.page) == []

    def test_suggested(self, rating):
        rating.page.locator("main").get_by_text("Så här gör ni").click()
        rating.page.get_by_role("button", name="Visa förra gångens värden som förslag").click()
        expect(state(rating.page, 8)).to_contain_text("Inte bekräftad än")
        assert faults(rating.page) == []

    def test_what_was_said_the_time_before(self, rating):
        past = Assessment.objects.get(participation=solbygden().participation, part=None, meeting__key="learning-1")
        past.scores.filter(item__number=1).update(reasoning="Vi var oense.")
        past.scores.filter(item__number=2).update(reasoning="Vi var oense om mycket. " * 12)
        rating.page.reload()
        rating.page.locator("main").get_by_text("Så resonerade ni då om moment 2").click()
        assert faults(rating.page) == []

    def test_looked_over(self, rating):
        for item in solbygden().items:
            Score.objects.update_or_create(assessment=solbygden(), item=item, defaults={"value": 4 - item.number % 2})
        rating.page.goto(f"{rating.address}lamna-in/")
        expect(rating.page.locator("main").get_by_text("Värt en titt innan ni lämnar in")).to_be_visible()
        assert faults(rating.page) == []
