"""What every test stands on: strict client, own files and cache, Chromium, and nothing skipped where asked."""

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from shutil import which
from uuid import uuid4

import hypothesis
import pytest
from django.apps import apps
from django.conf import settings as django_settings

from checklist.loading import load_checklists, load_guidance, load_questions
from cohorts.register import load_register
from programme.loading import load_editions
from tests.strict import StrictClient

# Playwright's own event loop runs in the test's thread, so Django takes it for async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

NO_SKIP = bool(os.environ.get("MODELL_NO_SKIP"))
HAS_SERVICES = bool(os.environ.get("DATABASE_URL", "").startswith("postgres") and os.environ.get("REDIS_URL"))

# The same examples every time and no clock: a red test is red for its reason.
hypothesis.settings.register_profile("suite", derandomize=True, deadline=None, max_examples=50, database=None)
hypothesis.settings.load_profile("suite")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Journeys are browser tests; service tests are left out (not skipped) where there are no services.

    Transactional tests come last whatever else has ordered them: they empty what migrations loaded. The long ones
    among them come first, so that no worker waits for another's at the end.
    """
    for item in items:
        if "page" in getattr(item, "fixturenames", ()) or "context" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
    if not HAS_SERVICES:
        left_out = [item for item in items if item.get_closest_marker("services")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    items.sort(key=lambda item: (_is_transactional(item), item.get_closest_marker("long") is None))


def _is_transactional(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    asks = {"live_server", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return bool(asks or (marker and marker.kwargs.get("transaction")))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    return _no_skip((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    return _no_skip((yield))


def _no_skip(report):
    """With MODELL_NO_SKIP a skipped test has failed."""
    if NO_SKIP and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skipped, where nothing may be: {report.longrepr}"
    return report


@pytest.fixture(autouse=True)
def own_files_and_cache(settings, tmp_path: Path) -> None:
    """No test sees another's report files or rate limits."""
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": files}
    settings.CACHES = {"default": {**django_settings.CACHES["default"], "KEY_PREFIX": uuid4().hex}}
    if not django_settings.REDIS_URL:
        settings.CACHES["default"]["LOCATION"] = uuid4().hex


@pytest.fixture(autouse=True)
def what_migrations_load(request: pytest.FixtureRequest) -> None:
    """A transactional test empties every table when it ends: the next one gets register and checklists again."""
    if _is_transactional(request.node):
        request.getfixturevalue("transactional_db")
        load_what_migrations_load()


def load_what_migrations_load() -> None:
    from cohorts.models import Organisation  # Django is set up by now

    if Organisation.objects.exists():
        return
    load_register(Organisation, django_settings.DATA_DIR / "organisations.csv")
    models = partial(apps.get_model, "checklist")
    load_checklists(django_settings.DATA_DIR / "checklists.json", models)
    load_questions(django_settings.DATA_DIR / "questions.json", models)
    load_guidance(django_settings.DATA_DIR / "guidance.json", models)
    load_editions(django_settings.DATA_DIR / "editions.json", apps.get_model)


@pytest.fixture
def client() -> StrictClient:
    return StrictClient()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Debian's Chromium, which asks nothing of the network by itself."""
    return {
        "executable_path": os.environ.get("MODELL_CHROMIUM") or which("chromium-headless-shell") or which("chromium"),
        "args": [
            "--no-sandbox",  # the suite may run as root
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--force-color-profile=srgb",
            "--font-render-hinting=none",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, object]:
    return {"locale": "sv-SE", "timezone_id": "Europe/Stockholm", "reduced_motion": "reduce"}
