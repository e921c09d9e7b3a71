"""A passkey from the day it is added to the day it signs in, with a device that the browser makes up."""

import pytest
import requests
from oidc_provider_mock import run_server_in_thread
from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in_as
from tests.factors import mailed_code

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def address(live_server):
    # A passkey belongs to a name; a number is none.
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def device(page: Page):
    """A device that says yes at once, as a phone does after a finger."""
    chromium = page.context.new_cdp_session(page)
    chromium.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        **dict.fromkeys(("hasResidentKey", "hasUserVerification", "isUserVerified"), True),
        "automaticPresenceSimulation": True,
    }
    made = chromium.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return chromium, made["authenticatorId"]


def heading(page: Page, name: str):
    return expect(page.get_by_role("heading", name=name, level=1))


def test_a_passkey_is_added_signs_in_confirms_and_is_removed(page, address, device, cast):
    sign_in_as(page, address, cast.anna)
    page.goto(f"{address}/min-inloggning/")
    page.get_by_role("link", name="Lägg till en nyckel").click()
    page.get_by_label("Vad ska nyckeln heta?").fill("Min dator")
    page.get_by_role("button", name="Skapa nyckeln").click()
    # Then the recovery codes, which ask for the new key first.
    page.get_by_role("button", name="Bekräfta med inloggningsnyckeln").click()
    heading(page, "Spara dina reservkoder.").to_be_visible()
    codes = page.locator("main code").all_inner_texts()
    assert len(set(codes)) == 10
    page.get_by_role("link", name="Klart").click()
    expect(page.locator("main").get_by_text("Min dator")).to_be_visible()

    page.get_by_role("button", name="Logga ut", exact=True).first.click()
    page.goto(f"{address}/logga-in/?next=/min-inloggning/")
    page.get_by_role("button", name="Logga in med nyckeln").click()
    heading(page, "Min inloggning").to_be_visible()
    expect(page.locator("main").get_by_text("använd senast")).to_be_visible()

    page.get_by_role("link", name="Ta bort nyckeln Min dator").click()
    page.get_by_role("button", name="Bekräfta med inloggningsnyckeln").click()
    page.get_by_role("button", name="Ta bort").click()
    heading(page, "Min inloggning").to_be_visible()
    expect(page.locator("main").get_by_text("Du har ingen nyckel.")).to_be_visible()


def test_after_the_code_in_the_mail_a_passkey_is_the_second_step(page, address, device, cast):
    sign_in_as(page, address, cast.anna)
    page.goto(f"{address}/min-inloggning/nyckel/")
    page.get_by_role("button", name="Skapa nyckeln").click()
    heading(page, "Bekräfta att det är du").to_be_visible()
    page.context.clear_cookies()

    page.goto(f"{address}/logga-in/")
    page.get_by_label("E-post").fill(cast.anna.email)
    page.get_by_role("button", name="Skicka koden").click()
    heading(page, "Skriv in koden").to_be_visible()
    page.locator("main").get_by_role("textbox").fill(mailed_code())
    page.get_by_role("button", name="Logga in", exact=True).click()
    page.get_by_role("button", name="Bekräfta med inloggningsnyckeln").click()
    expect(page.get_by_role("button", name="Logga ut", exact=True)).to_be_visible()


@pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning")  # in the provider's own code
def test_through_the_organisations_own_sign_in_and_back(page, live_server, cast, settings):
    """The policy of the site sends forms to nobody else, and the way there is a link."""
    own = {"domains": ["exempel.invalid"], "vouches": False}
    with run_server_in_thread() as provider:
        own["server_url"] = f"http://localhost:{provider.server_port}"
        app = {
            "provider_id": "granvik",
            "name": "Region Granvik",
            "client_id": "modell",
            "secret": "x",
            "settings": own,
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        claims = {"email": "Anna@Exempel.invalid", "email_verified": True}
        requests.put(f"{own['server_url']}/users/anna", json=claims, timeout=60).raise_for_status()
        page.goto(f"{live_server.url}/logga-in/?next=/min-inloggning/")
        page.get_by_role("link", name="Region Granvik").click()
        page.locator("input[name=sub]").fill("anna")
        page.locator("form button, form input[type=submit]").first.click()
        heading(page, "Min inloggning").to_be_visible()


def test_without_a_key_on_the_device_the_page_says_so(page, address, device, cast):
    chromium, made = device
    chromium.send("WebAuthn.setUserVerified", {"authenticatorId": made, "isUserVerified": False})
    sign_in_as(page, address, cast.anna)
    page.goto(f"{address}/min-inloggning/nyckel/")
    page.get_by_role("button", name="Skapa nyckeln").click()
    expect(page.get_by_role("alert")).to_contain_text("Det blev ingen nyckel den här gången.")
