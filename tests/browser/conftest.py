"""The site as `make demo` serves it, for reading; and a live server on the test database, for journeys."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import Morsel
from pathlib import Path
from types import SimpleNamespace
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Locator, Page, expect

from accounts.models import User
from tests.kept_rows import put_back_demonstration

ROOT = Path(__file__).resolve().parents[2]
# A bound costs time only where a test fails, so it is far beyond what a busy machine needs.
PATIENCE_SECONDS = 600
PATIENCE_MS = 60_000


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the demonstration, served by `bin/serve` as a person would start it. Only read it."""
    port = _free_port()
    environment = {**os.environ, "PORT": str(port), "MODELL_VAR": str(tmp_path_factory.mktemp("site"))}
    for name in ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "MODELL_ENV"):
        environment.pop(name, None)
    server = subprocess.Popen(
        [sys.executable, "bin/serve"], cwd=ROOT, env=environment, start_new_session=True, stdout=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/halsa/", server)
        yield address
    finally:
        server.terminate()
        server.wait(PATIENCE_SECONDS)


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


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, server: subprocess.Popen) -> None:
    last = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < last:
        assert server.poll() is None, "bin/serve ended before it answered"
        try:
            urlopen(url, timeout=PATIENCE_SECONDS).close()
            return
        except (URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(f"{url} did not answer within {PATIENCE_SECONDS} s")


@pytest.fixture(autouse=True)
def patience(request: pytest.FixtureRequest) -> None:
    """A minute for what a person would see at once."""
    expect.set_options(timeout=PATIENCE_MS)
    if "context" in request.fixturenames:
        patient(request.getfixturevalue("context"))


def patient(context: BrowserContext) -> BrowserContext:
    context.set_default_timeout(PATIENCE_MS)
    return context
