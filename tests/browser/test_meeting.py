"""A meeting from its first agenda item to an idea that is taken home, by the keyboard alone."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from cohorts.models import Participation
from improvements.models import Improvement
from meetings.models import Attendance, Meeting
from tests.browser.conftest import sign_in_as
from tests.process_factories import PreparationFactory

pytestmark = [pytest.mark.browser, pytest.mark.any_day, pytest.mark.django_db(transaction=True)]


def press(page: Page, role: str, name: str) -> None:
    control = page.get_by_role("main").get_by_role(role, name=name, exact=True)
    control.focus()
    expect(control).to_be_focused()
    control.press("Enter")
    page.wait_for_load_state()


def test_a_meeting_by_keyboard(page: Page, demonstration):
    """The host makes it ready and answers; on the day an idea is taken home and becomes a work of one's own."""
    meeting = Meeting.objects.select_related("cohort").get(cohort__slug="demo-pagaende", key="learning-2")
    own = Participation.objects.get(cohort=meeting.cohort, code="99")
    Meeting.objects.filter(pk=meeting.pk).update(host=own)
    for rows in (meeting.agenda, meeting.preparations, meeting.attendances):
        rows.all().delete()
    PreparationFactory(meeting=meeting, text="Läs checklistan")
    strategist = own.delegates.get(user__email="strateg@demo.invalid")
    sign_in_as(page, demonstration.url, strategist.user)
    address = f"{demonstration.url}{meeting.get_absolute_url()}"

    page.goto(address)
    press(page, "link", "Dagordning")
    page.get_by_label("Rubrik").fill("Så leder vi")
    page.get_by_label("Minuter").fill("60")
    press(page, "button", "Lägg till punkten")
    expect(page.locator("main").get_by_text("Deltagarnas utbyte tar 1 tim av 1 tim.")).to_be_visible()

    page.goto(address)
    press(page, "button", "Jag kommer")
    expect(page.locator(".notice").get_by_text("Du har svarat att du kommer.")).to_be_visible()
    expect(page.locator("#svar").get_by_text("Du kommer", exact=True)).to_be_visible()
    press(page, "button", "Klar med ”Läs checklistan”")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Du är förberedd.$"))
    assert Attendance.objects.get(meeting=meeting, delegate=strategist).answer == "yes"

    Meeting.objects.filter(pk=meeting.pk).update(
        starts_on=timezone.localdate(), ends_on=timezone.localdate(), ends_at=None
    )
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("I dag är det Lärandeträff 2.")
    press(page, "link", "Anteckna en idé att ta med hem")
    page.get_by_label("Vilken idé tar ni med er?").fill("En mall för beslut")
    page.get_by_label("Vem kommer idén från?").select_option(label="Region Västanmark")
    press(page, "button", "Spara idén")
    press(page, "link", "Gör till förbättringsarbete av ”En mall för beslut”")
    expect(page.get_by_label("Rubrik")).to_have_value("En mall för beslut")
    press(page, "button", "Spara")
    expect(page.get_by_role("heading", level=1)).to_have_text("En mall för beslut")
    made = Improvement.objects.get(title="En mall för beslut")
    assert made.takeaway.source.organisation == made.borrowed_from
