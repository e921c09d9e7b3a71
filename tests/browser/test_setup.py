"""An omgång from nothing, by the keyboard alone: the days of 2021–2023, and a meeting that is moved afterwards."""

from datetime import date

import pytest
import time_machine
from playwright.sync_api import Page, expect

from accounts.enums import SkrRole
from cohorts.models import Cohort
from mailings.models import Mail
from tests.browser.conftest import sign_in_as
from tests.factories import DelegateFactory, ParticipationFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# The letter's own days; where it has only a month, the concept's day stands.
LETTER = {
    "mentor-1": date(2021, 8, 19),
    "strategist-1": date(2021, 8, 19),
    "kickoff-1": date(2021, 9, 13),
    "strategist-2": date(2021, 10, 13),
    "strategist-3": date(2022, 2, 15),
    "strategist-4": date(2022, 8, 29),
    "strategist-5": date(2023, 1, 11),
}


def press(page: Page, role: str, name: str) -> None:
    control = page.get_by_role("main").get_by_role(role, name=name, exact=True).first
    control.focus()
    expect(control).to_be_focused()
    control.press("Enter")
    page.wait_for_load_state()


@time_machine.travel(date(2021, 5, 20))
def test_the_omgang_of_2021_in_three_pages_and_a_meeting_moved(page: Page, live_server):
    leader = UserFactory(skr_role=SkrRole.PROCESS_LEADER, name="Petra Ledare")
    sign_in_as(page, live_server.url, leader)
    page.goto(f"{live_server.url}/omgangar/")
    press(page, "link", "Ny omgång")
    page.get_by_label("Namn").fill("Modellkoncept 2021–2023")
    page.get_by_label("Upplägg").select_option("Konceptet 2021")
    page.get_by_label("Uppstartens första dag").fill("2021-09-13")
    press(page, "button", "Visa dagarna")
    expect(page.get_by_role("heading", level=1)).to_have_text("Så blir dagarna")
    # A day in the preview changed by hand, and worked out again before anything is saved.
    page.get_by_label("Första dag för Lärandeträff 3").fill("2022-12-24")
    press(page, "button", "Räkna om")
    expect(page.locator("main").get_by_text("24 december 2022 är julafton.")).to_be_visible()
    page.get_by_label("Första dag för Lärandeträff 3").fill("2022-10-04")
    press(page, "button", "Lägg upp omgången")
    expect(page.get_by_role("heading", level=1)).to_contain_text("saker är kvar att göra")

    cohort = Cohort.objects.get(name="Modellkoncept 2021–2023")
    days = dict(cohort.meetings.values_list("key", "starts_on"))
    assert {key: days[key] for key in LETTER} == LETTER
    assert [days[f"learning-{n}"].strftime("%Y-%m") for n in (1, 2, 3)] == ["2021-11", "2022-04", "2022-10"]

    strategist = DelegateFactory(participation=ParticipationFactory(cohort=cohort), starts_on=date(2021, 5, 1)).user
    press(page, "link", "Träffar och dagar")
    press(page, "link", "Flytta Lärandeträff 1, 16–17 november 2021")
    page.get_by_label("Ny första dag").fill("2021-11-23")
    page.get_by_label("Varför flyttas träffen?").fill("Lokalen är upptagen.")
    press(page, "button", "Visa vad som följer med")
    expect(page.get_by_role("heading", name="Det här händer")).to_be_focused()
    expect(page.locator("main").get_by_text("följer med från 13 oktober 2021 till 20 oktober 2021.")).to_be_visible()
    press(page, "button", "Flytta träffen till 23–24 november 2021")
    said = page.locator(".messages")
    expect(said).to_contain_text("Lärandeträff 1 är flyttad. En träff följde med. En person får mejl om det.")
    assert dict(cohort.meetings.values_list("key", "starts_on"))["strategist-2"] == date(2021, 10, 20)
    mail = Mail.objects.get()
    assert (mail.recipient, mail.reply_to) == (strategist, leader.email)
