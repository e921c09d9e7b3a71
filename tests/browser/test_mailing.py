"""By the keyboard alone: SKR's words in an invitation, a mail of which nobody knows, and one's own calendar."""

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from accounts.models import User
from mailings.actions import Envelope, queue_mail
from mailings.enums import MailState
from mailings.models import Mail, Wording
from meetings.models import CalendarFeed
from people.mails import INVITATION
from tests.browser.conftest import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def press(page: Page, role, name: str) -> None:
    control = page.get_by_role("main").get_by_role(role, name=name).first
    control.focus()
    expect(control).to_be_focused()
    control.press("Enter")


def test_the_process_leader_minds_the_mail(page, demonstration):
    values = {"organisation": "Region Solbygden", "funktion": "strateg", "omgang": "Omgången"}
    to = Envelope.to(User.objects.get(email="strateg@demo.invalid"), reason="Du får mejlet för att du är strateg.")
    mail = queue_mail(kind=INVITATION, key="k", to=to, values=values, path="/", about="demo-pagaende")
    Mail.objects.filter(pk=mail.pk).update(state=MailState.UNCERTAIN)

    sign_in(page, demonstration.url, "Processledare")
    page.goto(f"{demonstration.url}/omgangar/demo-pagaende/mejl/")
    press(page, "button", "Skicka igen")
    expect(page.locator(".messages")).to_contain_text("Mejlet skickas igen till strateg@demo.invalid.")
    expect(page.get_by_role("heading", name="Behöver ditt beslut")).to_have_count(0)
    invitations = Mail.objects.filter(kind=INVITATION.key).order_by("pk")
    assert list(invitations.values_list("state", flat=True)) == ["uncertain", "sent"]

    press(page, "link", "Mejltexter")
    press(page, "link", "Inbjudan till Modell")
    words = page.get_by_label("Text", exact=True)
    words.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("Välkommen till {omgang}, {namnn}!")
    press(page, "button", "Förhandsgranska")
    expect(page.locator(".error-summary")).to_contain_text("{namnn} går inte att fylla i.")
    words.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("Välkommen till {omgang}!")
    press(page, "button", "Förhandsgranska")
    expect(page.locator("#preview .letter")).to_contain_text("Välkommen till Modellkommuner 2027–2028!")
    assert not Wording.objects.exists()
    press(page, "button", "Spara")
    expect(page.get_by_role("listitem").filter(has_text="Inbjudan till Modell")).to_contain_text("SKR:s text")


def test_a_strateg_takes_the_meetings_along(page, demonstration):
    sign_in(page, demonstration.url, "Strateg")
    page.goto(f"{demonstration.url}/kalender/")
    press(page, "button", "Skapa min adress")
    address = page.get_by_label("Adress att kopiera").input_value()
    # A calendar that is not signed in.
    content = Client().get(f"/kalender/{address.rpartition('/')[2]}").content
    assert content.count(b"BEGIN:VEVENT") > 3
    fold = page.locator("main").get_by_text("Byt eller ta bort adressen")
    fold.focus()
    fold.press("Enter")
    press(page, "button", "Ny adress")
    expect(page.get_by_label("Adress att kopiera")).not_to_have_value(address)
    assert Client().get(f"/kalender/{address.rpartition('/')[2]}").status_code == 404
    assert CalendarFeed.objects.count() == 1
