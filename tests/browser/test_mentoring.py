"""From SKR's question to the organisation's yes, by the keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from mailings.models import Mail
from mentoring.models import MentorOffer
from tests.browser.conftest import sign_in, sign_in_as
from tests.browser.test_journeys import button, by_keyboard, link

pytestmark = [pytest.mark.browser, pytest.mark.any_day, pytest.mark.django_db(transaction=True)]


def test_asked_answered_and_added(page: Page, demonstration):
    MentorOffer.objects.all().delete()
    sign_in(page, demonstration.url, "Processledare")
    by_keyboard(link(page, "Exempelomgång som pågår"))
    by_keyboard(page.get_by_role("navigation", name="Omgångens sidor").get_by_role("link", name="Mentorer"))
    by_keyboard(link(page, "Fråga Silverviks stad"))
    page.get_by_label("Egna ord i mejlet").press_sequentially("Ni är bra på budget.")
    by_keyboard(button(page, "Skicka frågan"))
    expect(page.locator("main").get_by_text("Frågan är skickad till Silverviks stad.").first).to_be_visible()

    asked = Mail.objects.get(kind="mentor_question")
    sign_in_as(page, demonstration.url, User.objects.get(email="strateg.silvervik@demo.invalid"))
    page.goto(demonstration.url + asked.path)
    expect(page.get_by_role("heading", level=1)).to_have_text("Vill ni vara mentor?")
    page.get_by_role("radio", name="Ja", exact=True).press("Space")
    page.get_by_label("Vad berättar ni gärna om?").press_sequentially("Budget")
    by_keyboard(button(page, "Svara"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Ert svar om mentorskap: ja.")

    sign_in_as(page, demonstration.url, User.objects.get(email="processledare@demo.invalid"))
    page.goto(f"{demonstration.url}/omgangar/demo-pagaende/mentorer/")
    page.get_by_label("Berättar om").press_sequentially("budget")
    by_keyboard(button(page, "Visa"))
    expect(page.locator("main").get_by_text("Berättar gärna om: Budget")).to_be_visible()
    by_keyboard(link(page, "Lägg till Silverviks stad som mentor"))
    by_keyboard(button(page, "Lägg till"))
    expect(page.get_by_role("row", name="Silverviks stad")).to_contain_text("Ingen grupp än")
