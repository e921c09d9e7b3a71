"""Rate alone, then agree, in a real browser: on phones, on the wall, by the keyboard, with the connection lost."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from assessments.models import Assessment, Rating, RatingRound, Score
from cohorts.enums import Function
from cohorts.models import Delegate
from kit.models import AuditEvent
from tests.browser.conftest import before_its_scripts, choose, patient, sign_in, sign_in_as
from tests.factories import DelegateFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 360, "height": 740}
WALL = {"width": 1920, "height": 1080}


def draft() -> Assessment:
    return Assessment.objects.get(participation__organisation__code="99", meeting__key="learning-2")


def delegate(function: Function, name: str) -> Delegate:
    participation = draft().participation
    return DelegateFactory(
        participation=participation, function=function, user__name=name, starts_on=participation.cohort.starts_on
    )


def by_keyboard(page: Page, name: str | re.Pattern[str], role: str = "button") -> None:
    page.get_by_role("main").get_by_role(role, name=name).first.press("Enter")


def rate_on_a_phone(browser: Browser, address: str, person: Delegate, step: int) -> None:
    """From one's first page, by the keyboard alone: Space takes the first step, the arrows go on from there."""
    context = patient(browser.new_context(viewport=PHONE, locale="sv-SE"))
    page = context.new_page()
    sign_in_as(page, address, person.user)
    page.goto(address)
    by_keyboard(page, re.compile("Gör din skattning"), "link")
    expect(page.locator("main").get_by_text("Ingen annan ser vad du väljer")).to_be_visible()
    for number in range(1, 11):
        page.locator(f"#m{number}-1").focus()
        page.keyboard.press("Space")
        for _ in range(step - 1):
            page.keyboard.press("ArrowRight")
        expect(page.locator(f"#moment-{number} .saved")).to_contain_text("Sparat")
    expect(page.locator("#rated")).to_contain_text("10 av 10")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    by_keyboard(page, "Jag är klar")
    expect(page.locator("main").get_by_text("Tack, du är klar.").first).to_be_visible()
    context.close()


def test_from_the_invitation_to_the_minutes(browser: Browser, page: Page, demonstration):
    asa, bo = delegate(Function.POLITICIAN, "Åsa Prov"), delegate(Function.MANAGER, "Bo Prov")
    Score.objects.filter(assessment=draft()).delete()
    page.set_viewport_size(WALL)
    sign_in(page, demonstration.url, "Strateg")
    page.goto(f"{demonstration.url}/sjalvskattningar/{draft().pk}/enskilt/")
    for name in ("Åsa Prov, politiker", "Bo Prov, chef", "Demo Strateg, strateg"):
        page.get_by_label(name).focus()
        page.keyboard.press("Space")
    by_keyboard(page, "Öppna för enskild skattning")
    expect(page.get_by_role("heading", name="0 av 3 klara")).to_be_visible()

    rate_on_a_phone(browser, demonstration.url, asa, 2)
    rate_on_a_phone(browser, demonstration.url, bo, 4)
    assert Rating.objects.filter(rater__round__assessment=draft()).count() == 20

    page.reload()
    expect(page.get_by_role("heading", name="2 av 3 klara")).to_be_visible()
    by_keyboard(page, "Stäng och gå igenom", "link")
    expect(page.get_by_role("main")).to_contain_text("2 av 3 har sagt att de är klara.")
    by_keyboard(page, "Stäng och gå igenom")
    expect(page.locator("main").get_by_text("Har inte skattat")).to_be_visible()
    by_keyboard(page, "Gå igenom tillsammans", "link")

    expect(page.locator(".wall__voices")).to_contain_text("En politiker: 2.")
    page.locator("main [name=m1-value]").first.focus()
    for number in range(1, 11):
        expect(page.locator("#moment-text")).to_contain_text(draft().items[number - 1].text)
        expect(page.locator(f"main [name=m{number}-value]").first).to_be_focused()
        for key in ("Space", "ArrowRight", "ArrowRight"):
            page.keyboard.press(key)
        if number == 1:
            page.keyboard.press("Tab")  # the guidance
            page.keyboard.press("Tab")
            page.keyboard.type("Rutinen finns i två nämnder.")
            page.keyboard.press("Control+Enter")
        else:
            page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Minnesanteckningar från självskattningen")).to_be_visible()
    expect(page.locator("main").get_by_text("Rutinen finns i två nämnder.")).to_be_visible()
    expect(
        page.locator("main").get_by_text("Två bedömare: en politiker och en chef. Färre än tre").first
    ).to_be_visible()
    assert set(Score.objects.filter(assessment=draft()).values_list("value", "agreed")) == {(3, True)}
    assert not Rating.objects.filter(rater__round__assessment=draft()).exists()
    assert not AuditEvent.objects.filter(actor="Åsa Prov").exists()


class TestTheWall:
    @pytest.fixture
    def wall(self, page: Page, demonstration) -> Page:
        page.set_viewport_size(WALL)
        sign_in(page, demonstration.url, "Strateg")
        page.goto(f"{demonstration.url}/sjalvskattningar/{draft().pk}/gemensam/3/")
        return page

    def test_is_read_from_the_back_of_a_room(self, wall: Page):
        size = "([selector]) => parseFloat(getComputedStyle(document.querySelector(selector)).fontSize)"
        assert wall.evaluate(size, [".wall__moment"]) >= 40
        assert wall.evaluate(size, [".rating__option span"]) >= 28
        assert wall.locator(".rating__options").bounding_box()["y"] < WALL["height"] - 100

    def test_is_turned_by_page_up_and_page_down(self, wall: Page):
        wall.set_viewport_size({"width": 1920, "height": 2000})  # all of it is seen: the keys turn the page at once
        wall.locator("#wall h1").click()
        wall.keyboard.press("PageDown")
        wall.wait_for_url("**/gemensam/4/")
        wall.keyboard.press("PageUp")
        wall.wait_for_url("**/gemensam/3/")

    def test_what_is_written_survives_a_lost_connection(self, wall: Page, context: BrowserContext):
        context.set_offline(True)
        wall.get_by_label("Så resonerade vi").fill("Vi var oense om nämnderna.")
        wall.locator("main [name=m3-value]").nth(1).check()
        by_keyboard(wall, "Vi är överens, nästa moment")
        expect(wall.locator("main").get_by_text("Inte sparat: ingen kontakt.")).to_be_visible()
        expect(wall.get_by_label("Så resonerade vi")).to_have_value("Vi var oense om nämnderna.")
        context.set_offline(False)
        wall.wait_for_url("**/gemensam/4/")
        assert Score.objects.get(assessment=draft(), item__number=3).reasoning == "Vi var oense om nämnderna."

    def test_an_ended_session_keeps_what_is_written(self, wall: Page, context: BrowserContext):
        wall.get_by_label("Så resonerade vi").fill("Vi var oense.")
        wall.locator("main [name=m3-value]").nth(1).check()
        context.clear_cookies(name="sessionid")
        by_keyboard(wall, "Vi är överens, nästa moment")
        expect(wall.locator("main").get_by_text("Inte sparat: du är utloggad.")).to_be_visible()
        expect(wall.get_by_label("Så resonerade vi")).to_have_value("Vi var oense.")

    def test_a_stale_page_shows_both(self, wall: Page):
        item = draft().items[2]
        answer = {"value": 4, "reasoning": "En annan skrev det här.", "revision": 9}
        Score.objects.update_or_create(assessment=draft(), item=item, defaults=answer)
        wall.get_by_label("Så resonerade vi").fill("Vi skrev det här.")
        wall.locator("main [name=m3-value]").nth(1).check()
        by_keyboard(wall, "Vi är överens, nästa moment")
        expect(wall.locator(".error-summary")).to_be_focused()
        expect(wall.locator("main").get_by_text("En annan skrev det här.")).to_be_visible()
        expect(wall.get_by_label("Så resonerade vi")).to_have_value("Vi skrev det här.")
        by_keyboard(wall, "Vi är överens, nästa moment")
        wall.wait_for_url("**/gemensam/4/")
        assert Score.objects.get(assessment=draft(), item=item).reasoning == "Vi skrev det här."

    def test_leaving_with_something_unsaved_asks_first(self, wall: Page):
        asked = []
        wall.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
        wall.get_by_label("Så resonerade vi").press_sequentially("Inte sparat")
        wall.get_by_role("link", name="Till moment 4").click()
        assert asked == ["beforeunload"]
        assert wall.url.endswith("/gemensam/3/")

    def test_without_javascript(self, browser: Browser, demonstration):
        page = patient(browser.new_context(java_script_enabled=False)).new_page()
        sign_in(page, demonstration.url, "Strateg")
        page.goto(f"{demonstration.url}/sjalvskattningar/{draft().pk}/gemensam/10/")
        page.locator("main [name=m10-value]").nth(1).check()
        page.get_by_role("button", name="Vi är överens, till anteckningarna").click()
        expect(page.get_by_role("heading", name="Minnesanteckningar från självskattningen")).to_be_visible()


def test_chosen_on_a_slow_line_before_the_scripts_have_come(page: Page, demonstration):
    asa = delegate(Function.POLITICIAN, "Åsa Prov")
    RatingRound.objects.create(assessment=draft()).raters.create(user=asa.user, function=asa.function)
    sign_in_as(page, demonstration.url, asa.user)
    with before_its_scripts(page, f"{demonstration.url}/sjalvskattningar/{draft().pk}/min-skattning/", "htmx"):
        choose(page, "#m1-2")
    expect(page.locator("#moment-1 .saved")).to_contain_text("Sparat")
    assert Rating.objects.get(rater__user=asa.user).value == 2


def test_rating_alone_without_javascript(browser: Browser, demonstration):
    asa = delegate(Function.POLITICIAN, "Åsa Prov")
    opened = RatingRound.objects.create(assessment=draft())
    opened.raters.create(user=asa.user, function=asa.function)
    context = patient(browser.new_context(java_script_enabled=False, viewport=PHONE))
    page = context.new_page()
    sign_in_as(page, demonstration.url, asa.user)
    page.goto(f"{demonstration.url}/sjalvskattningar/{draft().pk}/min-skattning/")
    page.locator("#m1-2").check()
    page.get_by_role("button", name="Jag är klar").click()
    expect(page.locator("main").get_by_text("Nio moment lämnade du oskattade.").first).to_be_visible()
    assert not RatingRound.objects.get(assessment=draft()).is_open
    context.close()
