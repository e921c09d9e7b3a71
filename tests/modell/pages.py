"""Signing in, and what belongs to no app."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page as Browser
from playwright.sync_api import expect

from bench.pages import Page as Counted
from tests.access import ROLES, Row
from tests.browser.steps import Page, Scene, nowhere, press, refused, unfold

ROWS: list[Row] = [Row("forget_kept", "unsaved", ok=ROLES, post=True)]

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
}


PLACES: dict[str, Callable[[Any], tuple[Any, ...]]] = {"unsaved": lambda world: (1,)}

NO_HTML: tuple[str, ...] = ()


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
)


NO_PAGE: dict[str, str] = {
    "metrics": "plain text, for those who have the operator's key",
    "account_request_login_code": "the same address as account_login",
    "account_signup": "the same address as account_login",
}


COUNTED: tuple[Counted, ...] = ()
