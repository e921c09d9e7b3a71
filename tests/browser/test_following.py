"""The main job of following an omgång, by the keyboard: see who lacks what, remind just those, and they see why."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Locator, expect

from cohorts.models import Cohort
from mailings.models import Mail
from meetings.models import Meeting
from tests.browser.conftest import patient, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.any_day, pytest.mark.django_db(transaction=True)]


def press(control: Locator, key: str = "Enter") -> None:
    control.focus()
    expect(control).to_be_focused()
    control.press(key)


def test_the_leader_reminds_just_those_who_lack_something(context: BrowserContext, demonstration):
    cohort = Cohort.objects.get(slug="demo-pagaende")
    soon = timezone.localdate() + timedelta(days=12)
    Meeting.objects.filter(cohort=cohort, key="learning-2").update(starts_on=soon, ends_on=soon, ends_at=None)
    page = context.new_page()
    sign_in(page, demonstration.url, "Processledare")
    page.goto(f"{demonstration.url}/omgangar/{cohort.slug}/lage/")
    press(page.get_by_role("link", name="Bara de som saknar något"))
    expect(page.get_by_role("rowheader", name="Region Solbygden")).to_be_visible()
    press(page.get_by_role("link", name="Påminn dem som saknar något"))
    press(page.get_by_role("checkbox", name="Självskattning"), "Space")
    press(page.get_by_role("button", name="Visa vilka som får påminnelsen"))
    expect(page.locator("main").get_by_text("Demo Strateg, strateg i Region Solbygden")).to_be_visible()
    assert not Mail.objects.filter(kind="skr_reminder").exists()
    press(page.get_by_role("button", name="Skicka påminnelsen"))
    expect(page.locator(".messages")).to_contain_text("Påminnelsen är på väg till en person.")
    mail = Mail.objects.get(kind="skr_reminder")

    other = patient(context.browser.new_context()).new_page()
    sign_in(other, demonstration.url, "Strateg")
    other.goto(f"{demonstration.url}{mail.path}")
    press(other.locator("main").get_by_role("link", name="Gör klart självskattningen inför Lärandeträff 2"))
    expect(other.get_by_role("heading", level=1)).to_be_visible()
    assert "/sjalvskattningar/" in other.url
