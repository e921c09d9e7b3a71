"""From the public form to the letter, by keyboard: an organisation asks, SKR answers, the letter goes."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from admission.models import Interest
from cohorts.enums import CohortKind
from mailings.models import Mail
from tests.browser.conftest import sign_in_as
from tests.factories import CohortFactory, OrganisationFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.any_day, pytest.mark.django_db(transaction=True)]


def press(page: Page, name: str) -> None:
    """By keyboard: to the control, and Enter."""
    page.locator("main").get_by_role("button", name=name, exact=True).press("Enter")
    page.wait_for_load_state()


def follow(page: Page, name: str) -> None:
    page.locator("main").get_by_role("link", name=name, exact=True).first.press("Enter")
    page.wait_for_load_state()


def pick(page: Page, name: str) -> None:
    choice = page.get_by_label(name, exact=True)
    choice.focus()
    page.keyboard.press("Space")


@pytest.fixture
def petra() -> User:
    return UserFactory(name="Petra Process", skr_role="process_leader")


def test_from_interest_to_letter(page: Page, live_server, petra):
    today = timezone.localdate()
    CohortFactory(
        slug="nasta",
        name="Nästa omgång",
        kind=CohortKind.KOMMUNER,
        starts_on=today + timedelta(days=120),
        ends_on=today + timedelta(days=600),
        interest_opens_on=today,
        interest_closes_on=today + timedelta(days=30),
        contact=petra,
    )
    OrganisationFactory(name="Granviks kommun", county_name="Provlän", email_domain="granvik.invalid")
    ask_for_the_form(page, live_server.url)
    link = re.search(r"/intresse/[\w-]{40,}/", Mail.objects.get().text).group()
    write_it(page, live_server.url + link)
    sign_in_as(page, live_server.url, petra)
    answer_it(page, live_server.url)
    send_the_letter(page)
    assert Interest.objects.get().participation.delegates.count() == 3
    assert Mail.objects.filter(kind="admission_letter").count() == 3
    page.goto(live_server.url + link)
    expect(page.locator("main").get_by_text("Svar: antagen", exact=True)).to_be_visible()


def ask_for_the_form(page: Page, url: str) -> None:
    page.goto(f"{url}/intresse/")
    follow(page, "Anmäl intresse till Nästa omgång")
    page.get_by_label("Organisation", exact=True).focus()
    page.keyboard.type("Granv")
    page.get_by_label("Din e-postadress i tjänsten").fill("anna@granvik.invalid")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Titta i din e-post")).to_be_visible()


def write_it(page: Page, url: str) -> None:
    page.goto(url)
    follow(page, "Dag för beslutet")  # what is missing is a way to its field
    expect(page.get_by_label("Dag för beslutet")).to_be_visible()
    page.get_by_label("Vilket organ har beslutat?").fill("Kommunfullmäktige")
    page.get_by_label("Dag för beslutet").fill("2026-01-20")
    page.get_by_label("Paragraf").fill("§ 45")
    pick(page, "Ja")
    press(page, "Spara och fortsätt")
    for label in ("Politiker", "Chef", "Strateg"):
        follow(page, "Lägg till en person")
        page.get_by_label("Namn", exact=True).fill(f"{label} Ek")
        page.get_by_label("E-postadress i tjänsten").fill(f"{label.lower()}@granvik.invalid")
        pick(page, label)
        press(page, "Spara")
    press(page, "Spara och fortsätt")
    page.get_by_label("Varför vill ni delta").fill("Vi vill följa upp bättre.")
    press(page, "Spara och fortsätt")
    page.get_by_label("Mål 1").fill("Alla nämnder följer upp per kön.")
    press(page, "Spara och fortsätt")
    pick(page, "Nära oss")
    press(page, "Spara")
    expect(page.locator("main").get_by_text("Allt som behövs finns med.")).to_be_visible()
    press(page, "Skicka in anmälan")
    expect(page.locator("main").get_by_text("Inskickad, SKR läser", exact=True)).to_be_visible()


def answer_it(page: Page, url: str) -> None:
    page.goto(f"{url}/omgangar/nasta/intresseanmalningar/")
    expect(page.get_by_role("heading", name="En intresseanmälan väntar på svar.")).to_be_visible()
    pick(page, "Välj Granviks kommun")
    press(page, "Svara de valda")
    pick(page, "Antas")
    page.get_by_label("Svar med skäl").fill("Ni har ett tydligt beslut.")
    press(page, "Förhandsgranska mejlet")
    expect(page.locator("main").get_by_text("Granviks kommun är antagen till Nästa omgång", exact=True)).to_be_visible()
    press(page, "Spara och mejla svaret")
    expect(page.locator(".notice").get_by_text("Svaret är sparat och mejlat.")).to_be_visible()


def send_the_letter(page: Page) -> None:
    follow(page, "Antagningsbrevet")
    follow(page, "Se vem som får det")
    expect(page.locator("main").get_by_text("Tre personer får brevet.")).to_be_visible()
    press(page, "Skicka brevet")
    expect(page.get_by_role("heading", name="Antagningsbrevet är skickat.")).to_be_visible()
