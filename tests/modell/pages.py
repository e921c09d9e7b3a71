"""Signing in, and what belongs to no app."""

from collections.abc import Callable
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page as Browser
from playwright.sync_api import expect

from accounts.models import User
from bench.pages import Page as Counted
from tests.access import ROLES, Row
from tests.browser.steps import Page, Scene, nowhere, press, refused, unfold
from tests.factors import code_now, mailed_code, with_app, with_passkey

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 (KHTML) Version/19.0 Safari/604"

ROWS: list[Row] = [
    Row("forget_kept", "unsaved", ok=ROLES, post=True),
    Row("mfa_index", "-", ok=ROLES),
    Row("sign_in_anew", "way_back", ok=ROLES),
    Row("mfa_add_webauthn", "-", ok=ROLES),
    Row("mfa_add_webauthn", "-", ok=ROLES, post=True),
    Row("mfa_activate_totp", "-", ok=ROLES),
    Row("mfa_activate_totp", "-", ok=ROLES, post=True),
    # Whoever has an app or a passkey confirms who it is first, and only one's own is found.
    Row("mfa_deactivate_totp", "app", ok=ROLES),
    Row("mfa_deactivate_totp", "app", ok=ROLES, post=True),
    Row("mfa_remove_webauthn", "passkey", ok=("strategist",)),
    Row("mfa_remove_webauthn", "passkey", ok=("strategist",), post=True),
    Row("mfa_view_recovery_codes", "app", ok=ROLES),
    Row("mfa_generate_recovery_codes", "app", ok=ROLES),
    Row("mfa_generate_recovery_codes", "app", ok=ROLES, post=True),
    Row("account_reauthenticate", "app", ok=ROLES),
    Row("mfa_reauthenticate", "app", ok=ROLES),
    Row("mfa_reauthenticate", "app", ok=ROLES, post=True),
    Row("mfa_reauthenticate_webauthn", "app", ok=ROLES),
    Row("sessions_end", "-", ok=ROLES, post=True),
    Row("session_end", "unsaved", ok=ROLES, post=True),
]

PUBLIC: set[str] = {
    "account_confirm_login_code",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_request_login_code",
    "account_signup",
    "gallery",
    "metrics",
    "sign_in_link",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "openid_connect_callback",
    "openid_connect_login",
}


def an_app_for_each(world: Any) -> tuple[Any, ...]:
    for user in world.users.values():
        with_app(user)
    return ()


PLACES: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "unsaved": lambda world: (1,),
    "app": an_app_for_each,
    "way_back": lambda world: ("nyckel",),
    "passkey": lambda world: (with_passkey(world.users["strategist"]).pk,),
}

NO_HTML: tuple[str, ...] = (
    "app",
    "passkey",
    "way_back",
)  # the first two lead to the page that asks who it is, the third shows no work


def forget_token(page: Browser, scene: Scene) -> None:
    page.context.clear_cookies(name="csrftoken")
    press("Skicka koden")(page, scene)


def ask_for_code(page: Browser, scene: Scene) -> None:
    page.context.clear_cookies()
    page.reload()
    page.get_by_label("E-post").fill(scene.users["strategist"].email)
    press("Skicka koden")(page, scene)
    expect(page.get_by_role("heading", name="Skriv in koden")).to_be_visible()


def wrong_code(page: Browser, scene: Scene) -> None:
    ask_for_code(page, scene)
    page.locator("main form").first.get_by_role("textbox").fill("FEL-KOD")
    press("Logga in")(page, scene)
    expect(page.locator(".error-summary")).to_be_visible()


def a_code(scene: Scene) -> tuple[Any, ...]:
    return ("BCDF-GHJK",)


def open_its_link(page: Browser, scene: Scene) -> None:
    link = page.url
    page.goto(page.url.partition("lank/")[0])
    ask_for_code(page, scene)
    page.goto(link)
    expect(page.get_by_role("button", name="Logga in")).to_be_visible()


def everything_beside_the_code(scene: Scene) -> tuple[Any, ...]:
    """A person with a passkey, an app, recovery codes and another session."""
    user = scene.users["own_politician"]
    with_app(user)
    with_passkey(user)
    if not UserSession.objects.filter(user=user).exists():
        store = SessionStore()
        store.save()
        UserSession.objects.create(user=user, ip="0.0.0.0", session_key=store.session_key, user_agent=IPHONE)
    return ()


def a_passkey(scene: Scene) -> tuple[Any, ...]:
    everything_beside_the_code(scene)
    return (with_passkey(scene.users["own_politician"]).pk,)


def confirmed(page: Browser, scene: Scene) -> None:
    """Past the page that asks who it is, once for each session."""
    if page.get_by_role("heading", name="Bekräfta att det är du").is_visible():
        page.goto(page.url.replace("/nyckel/", "/kod/"))
        give_code(page, scene.users["own_politician"])
    expect(page.get_by_role("heading", name="Bekräfta att det är du")).to_have_count(0)


def give_code(page: Browser, user: User) -> None:
    code = code_now(with_app(user))
    # A code is good once, and the next one comes in half a minute.
    cache.delete(f"allauth.mfa.totp.used?user={user.pk}&code={code}")
    page.locator("main [name=code]").fill(code)
    page.locator("main form").filter(has=page.locator("[name=code]")).get_by_role("button").click()
    page.wait_for_load_state()


def after_the_code(page: Browser, scene: Scene) -> None:
    """Where somebody with a passkey and an app stands when the mailed code is given."""
    everything_beside_the_code(scene)
    client = Client()
    client.post(reverse("account_login"), {"email": scene.users["own_politician"].email})
    client.post(reverse("account_confirm_login_code"), {"code": mailed_code()})
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.clear_cookies()
    page.context.add_cookies([{"name": session.key, "value": session.value, "url": scene.url}])
    page.goto(scene.url + reverse("mfa_authenticate"))
    expect(page.get_by_role("heading", name="Bekräfta att det är du")).to_be_visible()


def wrong_second_code(page: Browser, scene: Scene) -> None:
    after_the_code(page, scene)
    refused("Logga in", code="12")(page, scene)


def norrby(scene: Scene) -> tuple[Any, ...]:
    return ("norrby",)


PAGES: tuple[Page, ...] = (
    Page("account_login", "", nowhere, "with the demonstration's buttons"),
    Page("account_login", "", nowhere, "refused", refused("Skicka koden")),
    Page("account_login", "", nowhere, "without a token", forget_token),
    Page("account_confirm_login_code", "", nowhere, "", ask_for_code),
    Page("account_confirm_login_code", "", nowhere, "a wrong code", wrong_code),
    Page("account_inactive", "", nowhere),
    Page("sign_in_link", "", a_code),
    Page("sign_in_link", "", a_code, "where the code was asked for", open_its_link),
    Page("gallery", "", nowhere, is_sample=True),
    Page("gallery", "", nowhere, "unfolded", unfold, is_sample=True),
    Page("account_logout", "process_leader", nowhere),
    Page("openid_connect_login", "", norrby, "nobody answers", status=503),
    Page("openid_connect_callback", "", norrby, "not asked for", status=401),
    Page("mfa_authenticate", "", nowhere, "after the code", after_the_code),
    Page("mfa_authenticate", "", nowhere, "a wrong code", wrong_second_code),
    Page("mfa_index", "strategist", nowhere, "nothing beside the code"),
    Page("sign_in_anew", "strategist", lambda _scene: ("nyckel",)),
    Page("mfa_add_webauthn", "strategist", nowhere),
    Page("mfa_activate_totp", "strategist", nowhere),
    Page("mfa_activate_totp", "strategist", nowhere, "refused", refused("Lägg till appen")),
    Page("mfa_index", "own_politician", everything_beside_the_code, "everything"),
    Page("mfa_reauthenticate_webauthn", "own_politician", everything_beside_the_code),
    Page("mfa_reauthenticate", "own_politician", everything_beside_the_code),
    Page("mfa_reauthenticate", "own_politician", everything_beside_the_code, "refused", refused("Bekräfta")),
    Page("mfa_view_recovery_codes", "own_politician", everything_beside_the_code, "", confirmed),
    Page("mfa_generate_recovery_codes", "own_politician", everything_beside_the_code, "", confirmed),
    Page("mfa_deactivate_totp", "own_politician", everything_beside_the_code, "", confirmed),
    Page("mfa_remove_webauthn", "own_politician", a_passkey, "", confirmed),
)


NO_PAGE: dict[str, str] = {
    "metrics": "plain text, for those who have the operator's key",
    "account_request_login_code": "the same address as account_login",
    "account_signup": "the same address as account_login",
    "account_reauthenticate": "leads to the way in which the person can confirm",
    "mfa_login_webauthn": "takes what the browser's passkey says",
}


COUNTED: tuple[Counted, ...] = ()
