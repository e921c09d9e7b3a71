"""The site as `make demo` serves it, for reading; and a live server on the test database, for journeys."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Page, expect

from accounts.models import User

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 180


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
        server.wait(timeout=30)


@pytest.fixture
def demonstration(live_server, transactional_db) -> SimpleNamespace:
    """The demonstration in the test's own database."""
    call_command("load_demo", verbosity=0)
    return SimpleNamespace(url=live_server.url)


def sign_in(page: Page, address: str, label: str) -> None:
    """By the button of that role on the demonstration's sign-in page."""
    page.goto(f"{address}/logga-in/")
    page.get_by_role("button", name=label).click()
    page.wait_for_url(lambda url: "/logga-in" not in url)


def sign_in_as(page: Page, address: str, user: User) -> None:
    """By the cookie alone, for someone who has no button; that the buttons work is the journeys' matter."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": session.key, "value": session.value, "url": address}])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, server: subprocess.Popen) -> None:
    last = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < last:
        assert server.poll() is None, "bin/serve ended before it answered"
        try:
            urlopen(url, timeout=1).close()
            return
        except (URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(f"{url} did not answer within {PATIENCE_SECONDS} s")


@pytest.fixture(autouse=True)
def patience(request: pytest.FixtureRequest) -> None:
    """Ten seconds for what a person would see at once: enough on two busy cores."""
    expect.set_options(timeout=10_000)
    if "context" in request.fixturenames:
        request.getfixturevalue("context").set_default_timeout(10_000)
