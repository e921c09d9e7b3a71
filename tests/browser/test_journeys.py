"""Each does their job from start to end in a real browser: one journey per row of who uses it."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from checklist.models import Assessment, Score
from tests.browser.conftest import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def solbygden() -> Assessment:
    return Assessment.objects.get(participation__organisation__code="99", meeting__key="learning-2")


def rate_with_the_keyboard(page: Page, number: int, step: int) -> None:
    """Tab into the group, then to the step by its arrow; the choice rests and is saved."""
    radio = page.locator(f"#m{number}-1")
    radio.focus()
    page.keyboard.press("Space")
    for _ in range(step - 1):
        page.keyboard.press("ArrowRight")


class TestStrateg:
    @pytest.mark.parametrize("width", [1280, 360])
    def test_rates_ten_moment_by_keyboard_and_hands_in(self, page: Page, demonstration, width):
        page.set_viewport_size({"width": width, "height": 800})
        sign_in(page, demonstration.url, "Strateg")
        page.get_by_role("link", name=re.compile("Fortsätt")).first.focus()
        page.keyboard.press("Enter")
        for number in range(1, 11):
            rate_with_the_keyboard(page, number, 3)
            expect(page.locator(f"#moment-{number} .saved")).to_contain_text("Sparat")
        expect(page.locator("#rated")).to_contain_text("10 av 10")
        page.get_by_role("button", name="Gå vidare till att lämna in").focus()
        page.keyboard.press("Enter")
        page.get_by_label("Hur många har varit med och skattat?").fill("5")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Självskattningen är inlämnad.").first).to_be_visible()
        stored = solbygden()
        assert (stored.state, stored.assessors) == ("submitted", 5)
        assert set(stored.scores.values_list("value", flat=True)) == {3}

    def test_arrow_keys_through_a_group_store_one_value(self, page: Page, demonstration):
        sign_in(page, demonstration.url, "Strateg")
        page.goto(f"{demonstration.url}{solbygden().get_absolute_url()}")
        rate_with_the_keyboard(page, 8, 4)
        expect(page.locator("#moment-8 .saved")).to_contain_text("Sparat")
        score = Score.objects.get(assessment=solbygden(), item__number=8)
        assert (score.value, score.revision) == (4, 1)

    def test_without_javascript(self, browser, demonstration):
        page = browser.new_context(java_script_enabled=False).new_page()
        sign_in(page, demonstration.url, "Strateg")
        page.goto(f"{demonstration.url}{solbygden().get_absolute_url()}")
        for number in range(1, 11):
            page.locator(f"#m{number}-2").check()
        page.get_by_role("button", name="Gå vidare till att lämna in").click()
        page.get_by_label("Hur många har varit med och skattat?").fill("4")
        page.get_by_role("button", name="Lämna in").click()
        assert solbygden().state == "submitted"

    def test_two_tabs_and_nothing_lost(self, context: BrowserContext, demonstration):
        first, second = context.new_page(), context.new_page()
        sign_in(first, demonstration.url, "Strateg")
        address = f"{demonstration.url}{solbygden().get_absolute_url()}"
        first.goto(address)
        second.goto(address)
        first.locator("#m9-4").check()
        expect(first.locator("#moment-9 .saved")).to_contain_text("Sparat")
        second.locator("#m9-2").check()
        expect(second.locator("#moment-9")).to_contain_text("har sparat värdet 4 sedan ni öppnade sidan")
        expect(second.locator("#m9-2")).to_be_checked()
        second.get_by_role("button", name="Spara vårt ändå").click()
        second.wait_for_load_state()
        assert Score.objects.get(assessment=solbygden(), item__number=9).value == 2

    def test_a_lost_connection_is_told_and_the_text_kept(self, page: Page, context: BrowserContext, demonstration):
        sign_in(page, demonstration.url, "Strateg")
        page.goto(f"{demonstration.url}{solbygden().get_absolute_url()}")
        context.set_offline(True)
        page.locator("#moment-8 summary").click()
        page.get_by_label("Kommentar till moment 8").fill("Vi har börjat i två nämnder.")
        page.locator("#m8-2").check()
        expect(page.locator("#moment-8 .saved")).to_contain_text("Inte sparat")
        expect(page.get_by_label("Kommentar till moment 8")).to_have_value("Vi har börjat i två nämnder.")
        context.set_offline(False)
        page.locator("#m8-3").check()
        expect(page.locator("#moment-8 .saved")).to_contain_text("Sparat")
        score = Score.objects.get(assessment=solbygden(), item__number=8)
        assert (score.value, score.comment) == (3, "Vi har börjat i två nämnder.")

    def test_an_ended_session_keeps_what_was_written(self, page: Page, context: BrowserContext, demonstration):
        sign_in(page, demonstration.url, "Strateg")
        page.goto(f"{demonstration.url}{solbygden().get_absolute_url()}")
        context.clear_cookies(name="sessionid")
        page.locator("#m8-2").check()
        expect(page.locator("#moment-8 .saved")).to_contain_text("utloggad")
        expect(page.locator("#m8-2")).to_be_checked()
