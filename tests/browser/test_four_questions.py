"""A politician has two minutes on a phone: what moved, what to ask, where we stand, what is expected of me and when.

Each is answered within two screens of 740 px and at most one tap, in omgångar of three, nine and fifteen.
"""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Locator, Page

from accounts.models import User
from bench.omgang import make_omgang
from tests.browser.conftest import patient, sign_in_as

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCREEN = {"width": 360, "height": 740}
TWO_SCREENS = 2 * 740


@pytest.fixture
def phone(browser: Browser) -> Page:
    context = patient(browser.new_context(viewport=SCREEN))
    yield context.new_page()
    context.close()


def ends_at(place: Locator) -> float:
    box = place.bounding_box()
    return box["y"] + box["height"]


def ask_four(page: Page, address: str, user: User) -> dict[str, float]:
    """Return how far down each answer ends, in px."""
    sign_in_as(page, address, user)
    page.goto(address)
    ends = {
        "what has moved": ends_at(page.get_by_role("heading", level=1)),
        "what to ask": ends_at(page.locator(".offered li").last),
        "what is expected": ends_at(page.locator(".brief__tasks li, .brief__tasks.soft").first),
    }
    page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name="Översikt").click()
    page.wait_for_url("**/oversikt/")
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1, "the overview prints on one A4"
    return {**ends, "where we stand": ends_at(page.locator(".moved dd").nth(1))}


@pytest.mark.parametrize("button", ["politiker@demo.invalid", "politiker.larkasa@demo.invalid"], ids=["3", "9"])
def test_in_the_demonstrations_omgangar(phone: Page, demonstration, button):
    answers = ask_four(phone, demonstration.url, User.objects.get(email=button))
    assert max(answers.values()) <= TWO_SCREENS, answers


def test_in_one_of_fifteen(phone: Page, live_server, transactional_db):
    omgang = make_omgang(15, "raknad-15")
    answers = ask_four(phone, live_server.url, omgang.people["politician"])
    assert phone.url.endswith(reverse("overview:overview", args=[omgang.cohort.slug]))
    assert max(answers.values()) <= TWO_SCREENS, answers
