"""Groups in a real browser: moved by the keyboard and by the pointer, weighed, proposed and taken."""

import pytest
from playwright.sync_api import Page, expect

from cohorts.models import Cohort, GroupMove, Participation
from tests.browser.conftest import patient, sign_in
from tests.factories import CohortFactory, GroupFactory, OrganisationFactory, ParticipationFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SPOTS = {"Ale": (59.0, 15.0), "Bro": (59.1, 15.2), "Dal": (65.0, 20.0), "Eka": (65.1, 20.1)}


@pytest.fixture
def cohort(demonstration) -> Cohort:
    """Ale with Dal and Bro with Eka: each has its neighbour in the other group."""
    cohort = CohortFactory(slug="provet", name="Provet", mentor_model="none")
    groups = [GroupFactory(cohort=cohort, name=name) for name in ("Norra gruppen", "Södra gruppen")]
    for number, (name, (latitude, longitude)) in enumerate(SPOTS.items()):
        organisation = OrganisationFactory(
            short_name=name, population=12_000 + number, latitude=latitude, longitude=longitude
        )
        ParticipationFactory(cohort=cohort, organisation=organisation, group=groups[number % 2])
    return cohort


@pytest.fixture
def board(page: Page, demonstration, cohort) -> Page:
    sign_in(page, demonstration.url, "Processledare")
    page.set_viewport_size({"width": 1280, "height": 1400})
    page.goto(f"{demonstration.url}/omgangar/provet/grupper/")
    return page


def by_keyboard(page: Page, name: str, role: str = "button") -> None:
    page.get_by_role("main").get_by_role(role, name=name, exact=True).press("Enter")


def card(page: Page, name: str):
    return page.locator(".group-card").filter(has=page.get_by_role("heading", name=name, exact=True))


def group_of(name: str) -> str:
    return Participation.objects.get(organisation__short_name=name).group.name


def test_from_moving_by_keyboard_to_a_proposal_that_is_taken(board: Page, cohort):
    expect(card(board, "Norra gruppen")).to_contain_text("km mellan Ale och Dal")
    board.locator("summary", has_text="Flytta Ale").press("Enter")
    board.get_by_label("Flytta Ale till").focus()
    board.keyboard.press("ArrowDown")
    board.keyboard.press("Tab")
    board.keyboard.press("Enter")
    expect(card(board, "Södra gruppen")).to_contain_text("km mellan Ale och Eka")
    expect(board.locator("#status")).to_contain_text("Ale är nu i Södra gruppen.")
    expect(board.get_by_role("button", name="Byt grupp för Ale", exact=True)).to_be_focused()
    assert group_of("Ale") == "Södra gruppen"

    board.locator("summary", has_text="Ändra vad som väger").press("Enter")
    board.get_by_label("Nära varandra").focus()
    board.keyboard.press("ArrowRight")
    board.keyboard.press("ArrowRight")
    expect(board.locator(".weight__number").first).to_have_text("5")
    by_keyboard(board, "Spara vikterna")
    expect(board.locator("main").get_by_text("Vikterna är sparade.").first).to_be_visible()
    expect(board.get_by_label("Nära varandra")).to_have_value("5")

    by_keyboard(board, "Föreslå grupper", "link")
    expect(board.get_by_role("heading", level=1)).to_contain_text("Ett förslag: fyra organisationer i två grupper.")
    expect(board.get_by_role("table")).to_contain_text("alla ligger inom")
    board.get_by_label("Skäl").focus()
    board.keyboard.type("Inför uppstarten")
    by_keyboard(board, "Använd förslaget")
    expect(board.locator("main").get_by_text("Förslaget är genomfört.").first).to_be_visible()
    assert group_of("Ale") == group_of("Bro") != group_of("Dal") == group_of("Eka")
    assert GroupMove.objects.filter(reason="Inför uppstarten").exists()


def test_an_organisation_is_dragged_to_another_group(board: Page, cohort):
    # Both ends are in view, so that nothing scrolls under the pointer.
    name = card(board, "Norra gruppen").locator(".member__name", has_text="Ale")
    name.drag_to(card(board, "Södra gruppen").get_by_role("heading"))
    expect(card(board, "Södra gruppen").locator(".member__name", has_text="Ale")).to_be_visible()
    expect(board.locator("#status")).to_contain_text("Ale är nu i Södra gruppen.")
    assert group_of("Ale") == "Södra gruppen"


def test_works_without_scripts(browser, demonstration, cohort):
    context = patient(browser.new_context(java_script_enabled=False, locale="sv-SE"))
    page = context.new_page()
    sign_in(page, demonstration.url, "Processledare")
    page.goto(f"{demonstration.url}/omgangar/provet/grupper/")
    page.locator("summary", has_text="Flytta Ale").click()
    page.get_by_label("Flytta Ale till").select_option("Södra gruppen")
    page.get_by_role("button", name="Byt grupp för Ale", exact=True).click()
    expect(page.locator("main").get_by_text("Ale är nu i Södra gruppen.")).to_be_visible()
    assert group_of("Ale") == "Södra gruppen"
    context.close()
