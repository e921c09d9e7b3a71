"""People by the keyboard alone: several from a list, and one who leaves hands over."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from cohorts.models import Delegate, Participation
from mailings.models import Mail
from tests.browser.conftest import sign_in, sign_in_as
from tests.factories import CohortFactory, DelegateFactory, MeetingFactory, ParticipationFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.any_day, pytest.mark.django_db(transaction=True)]

LIST = "Namn\tE-post\tFunktion\nAnna Ek\tanna.ek@exempel.invalid\tpolitiker\nBo Ask\tbo.ask@exempel.invalid\t{}"


def enter(page: Page, role: str, name: str, key: str = "Enter") -> None:
    control = page.locator("main").get_by_role(role, name=name, exact=True)
    control.focus()
    expect(control).to_be_focused()
    control.press(key)


def test_a_list_is_corrected_added_and_one_of_them_takes_over(page: Page, demonstration) -> None:
    sign_in(page, demonstration.url, "Strateg")
    own = Participation.objects.get(organisation__code="99", cohort__slug="demo-pagaende")
    page.goto(f"{demonstration.url}/omgangar/demo-pagaende/99/personer/")
    enter(page, "link", "Lägg till från en lista")
    page.get_by_label("Klistra in listan här").fill(LIST.format("kung"))
    enter(page, "button", "Se vad som händer")
    expect(page.locator("main").get_by_text("Funktionen ”kung” är okänd.")).to_be_visible()
    assert not Delegate.objects.filter(user__name="Anna Ek").exists()

    page.get_by_label("Klistra in listan här").fill(LIST.format("chef"))
    enter(page, "button", "Se vad som händer")
    enter(page, "button", "Lägg till 2 personer")
    expect(page.locator(".messages")).to_contain_text("Två personer är tillagda.")
    assert Mail.objects.filter(kind="invitation").count() == 2

    leaving = own.delegates.get(function="politician", user__name="Anna Ek")
    enter(page, "link", "Lämna över eller avsluta uppdraget för Anna Ek")
    enter(page, "radio", "En ny person", " ")
    page.get_by_label("Namn på den nya personen").fill("Cia Lind")
    page.get_by_label("E-postadress i tjänsten").fill("cia.lind@exempel.invalid")
    later = timezone.localdate() + timedelta(days=30)
    page.get_by_label("Från och med").fill(later.isoformat())
    enter(page, "button", "Avsluta uppdraget")
    expect(page.locator(".messages")).to_contain_text("Cia Lind tar över efter Anna Ek")
    assert leaving.successors.get().starts_on == later


def test_the_introduction_is_one_sheet_of_paper(page: Page, live_server, transactional_db) -> None:
    """With as much on it as there is: a meeting, two strategists and SKR's contact."""
    contact = UserFactory(skr_role="process_leader", email="en.ganska.lang.adress@exempel.invalid")
    cohort = CohortFactory(contact=contact, ends_on=timezone.localdate() + timedelta(days=400))
    participation = ParticipationFactory(cohort=cohort)
    MeetingFactory(cohort=cohort, starts_on=timezone.localdate() + timedelta(days=20))
    DelegateFactory.create_batch(2, participation=participation)
    sign_in_as(page, live_server.url, DelegateFactory(participation=participation, function="politician").user)
    page.goto(f"{live_server.url}/omgangar/{cohort.slug}/{participation.code}/introduktion/")
    expect(page.get_by_role("heading", name="Vem du kan fråga")).to_be_visible()
    sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", prefer_css_page_size=True))
    assert len(sheets) == 1
