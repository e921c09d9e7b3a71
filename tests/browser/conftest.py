"""The site as `make demo` serves it, for reading; and a live server on the test database, for journeys."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import Morsel
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Locator, Page, expect

from accounts.models import User
from tests.browser.served import copied_site
from tests.kept_rows import put_back_demonstration

PATIENCE_MS = 60_000


def pytest_itemcollected(item: pytest.Item) -> None:
    """A journey has its turn in CI, where all of them would take half of the time.

    What reads the served demonstration runs in one worker, and first: it starts once, and nobody waits for it.
    """
    if item.get_closest_marker("in_turn") is None:
        item.add_marker(pytest.mark.in_turn(4))
    if "site" in getattr(item, "fixturenames", ()):
        item.add_marker(pytest.mark.xdist_group("site"))
        item.add_marker("long")


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the run, which its workers share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, shared_folder: Path) -> Iterator[str]:
    """The address of the demonstration, served by `bin/serve` as a person would start it. Only read it."""
    served = copied_site(tmp_path_factory.mktemp("site"), shared_folder)
    served.start()
    yield served.url
    served.stop()


@pytest.fixture
def demonstration(live_server, transactional_db) -> SimpleNamespace:
    """The demonstration in the test's own database."""
    put_back_demonstration()
    return SimpleNamespace(url=live_server.url)


def sign_in(page: Page, address: str, label: str) -> None:
    """By the button of that role on the demonstration's sign-in page."""
    page.goto(f"{address}/logga-in/")
    page.get_by_role("button", name=label).click()
    page.wait_for_url(lambda url: "/logga-in" not in url)


def sign_in_as(page: Page, address: str, user: User) -> None:
    """By the cookie alone, for someone who has no button; that the buttons work is the journeys' matter."""
    session = cookie_of(user)
    page.context.add_cookies([{"name": session.key, "value": session.value, "url": address}])


@contextmanager
def before_its_scripts(page: Page, address: str, held_back: str) -> Iterator[None]:
    """The whole page is read, but a script that the others wait for comes only afterwards."""
    late = []
    page.route(f"**/{held_back}*.js", lambda route: late.append(route))
    with page.expect_request(f"**/{held_back}*.js"):
        page.goto(address, wait_until="commit")
    page.wait_for_function("document.readyState === 'interactive'")
    yield
    late[0].continue_()


def editor(within: Page | Locator, name: str) -> Locator:
    """The editor that lies over the field of that name; before its script has run, the field itself stands there."""
    return within.get_by_role("textbox", name=name).and_(within.locator("[contenteditable]"))


def choose(page: Page, radio: str) -> None:
    """By keyboard: a page that is still being drawn moves under a pointer."""
    page.locator(radio).press("Space")
    expect(page.locator(radio)).to_be_checked()


def cookie_of(user: User) -> Morsel:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME]


@pytest.fixture(autouse=True)
def patience(request: pytest.FixtureRequest) -> None:
    """A minute for what a person would see at once."""
    expect.set_options(timeout=PATIENCE_MS)
    if "context" in request.fixturenames:
        patient(request.getfixturevalue("context"))


def patient(context: BrowserContext) -> BrowserContext:
    context.set_default_timeout(PATIENCE_MS)
    return context
