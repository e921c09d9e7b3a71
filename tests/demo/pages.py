"""The demonstration's mail."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page as Browser

from bench.pages import Page as Counted
from mailings.enums import MailState
from mailings.models import Mail
from tests.access import Row
from tests.browser.steps import Page, Scene, nowhere
from tests.follow_up.pages import a_mail, mailed_anywhere

ROWS: list[Row] = []

PUBLIC: set[str] = {
    "demo:demo_sign_in",
    "demo:demo_mail",
    "demo:demo_mail_one",
}


PLACES: dict[str, Callable[[Any], tuple[Any, ...]]] = {}

NO_HTML: tuple[str, ...] = ()


def nothing_sent(page: Browser, scene: Scene) -> None:
    Mail.objects.all().delete()
    page.reload()


PAGES: tuple[Page, ...] = (
    Page("demo:demo_mail", "", nowhere),
    Page("demo:demo_mail_one", "", a_mail(MailState.SENT)),
    Page("demo:demo_mail", "", nowhere, "none", nothing_sent),
)


NO_PAGE: dict[str, str] = {
    "demo:demo_sign_in": "takes a post only",
}


COUNTED: tuple[Counted, ...] = (Counted("Mail of the demonstration", "demo:demo_mail", "strategist", mailed_anywhere),)
