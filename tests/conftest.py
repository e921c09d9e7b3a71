"""What every test stands on: strict client, own files and cache, Chromium, and nothing skipped where asked."""

import os
import subprocess
from collections.abc import Iterator
from copy import deepcopy
from datetime import timedelta
from functools import cache
from pathlib import Path
from shutil import which
from types import SimpleNamespace
from typing import Any
from uuid import uuid4
from zlib import crc32

import hypothesis
import pytest
import time_machine
from django.conf import settings as django_settings
from django.test import TransactionTestCase, override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from modell import clock
from tests.strict import StrictClient
from tests.turnstile import TURNSTILE

# Playwright's own event loop runs in the test's thread, so Django takes it for async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

NO_SKIP = bool(os.environ.get("MODELL_NO_SKIP"))
# What takes long is left out but where it is asked for: `make slow`.
IS_SLOW = bool(os.environ.get("MODELL_SLOW"))
IN_FIREFOX = bool(os.environ.get("MODELL_FIREFOX"))
IN_CI = bool(os.environ.get("CI"))
HAS_SERVICES = bool(os.environ.get("DATABASE_URL", "").startswith("postgres") and os.environ.get("REDIS_URL"))
# What takes longest: in each run of CI one of these has its turn, with all its tests in one worker.
TOGETHER = ("canary", "compose", "links", "mails", "report_pdf")
IS_SQLITE = not os.environ.get("DATABASE_URL", "sqlite").startswith("postgres")

# The same examples every time and no clock: a red test is red for its reason.
hypothesis.settings.register_profile(
    "suite",
    derandomize=True,
    deadline=None,
    max_examples=50,
    database=None,
    # The last is said of `make mutants`, which runs a test again in a process of its own.
    suppress_health_check=[hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.differing_executors],
)
hypothesis.settings.load_profile("suite")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """A long value is not the test's name: five megabytes of it would go to and fro between the workers."""
    if isinstance(val, str | bytes) and len(val) > 80:
        return f"{argname} of {len(val)}"
    return None


def pytest_itemcollected(item: pytest.Item) -> None:
    """Tests that have their turn together run in one worker."""
    marker = item.get_closest_marker("in_turn")
    if marker and marker.args[0] in TOGETHER:
        item.add_marker(pytest.mark.xdist_group(marker.args[0]))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Journeys are browser tests, with a second try in CI; service tests without services, and slow ones, are left out.

    Transactional tests come last whatever else has ordered them: they empty what migrations loaded. The long ones
    among them come first, so that no worker waits for another's at the end.
    """
    for item in items:
        if "page" in getattr(item, "fixturenames", ()) or "context" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
            item.add_marker(pytest.mark.flaky(reruns=1 if IN_CI else 0))
    asked = (("services", HAS_SERVICES), ("slow", IS_SLOW), ("firefox", IN_FIREFOX))
    out = {name for name, is_in in asked if not is_in}
    left_out = [item for item in items if any(item.get_closest_marker(name) for name in out) or not has_its_turn(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]
    items.sort(key=lambda item: (_is_transactional(item), item.get_closest_marker("long") is None))


def has_its_turn(item: pytest.Item) -> bool:
    """Return True for the tests marked `in_turn` that CI runs at this commit; elsewhere for all.

    With a number, one in so many has its turn; with a name of `TOGETHER`, all of that name or none.
    """
    marker = item.get_closest_marker("in_turn")
    if not (marker and IN_CI):
        return True
    (turn,) = marker.args
    if turn in TOGETHER:
        return TOGETHER[crc32(commit().encode()) % len(TOGETHER)] == turn
    return crc32(f"{item.nodeid} {commit()}".encode()) % turn == 0


@cache
def commit() -> str:
    """Return the commit that is checked out: its tests in turn are the same in every worker and every run."""
    here = Path(__file__).parent
    return subprocess.run(["git", "rev-parse", "HEAD"], cwd=here, capture_output=True, text=True, check=True).stdout


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
def one_day() -> None:
    """A test that began in the last minutes of a day could see two of them, so the clock goes on from the next."""
    now = timezone.localtime()
    later = now + timedelta(minutes=5)
    if later.date() > now.date():
        os.environ.pop(clock.SINCE, None)
        os.environ["MODELL_NOW"] = later.isoformat()
        clock.go_on_from(later.isoformat(), django_settings.TIME_ZONE)


def files_in(folder: Path) -> dict[str, Any]:
    files = {"BACKEND": "kit.storage.WholeFiles", "OPTIONS": {"location": folder}}
    return {**django_settings.STORAGES, "default": files}


@pytest.fixture(autouse=True)
def own_files_and_cache(settings, tmp_path: Path) -> None:
    """No test sees another's report files or rate limits."""
    settings.STORAGES = files_in(tmp_path / "files")
    settings.CACHES = {"default": {**django_settings.CACHES["default"], "KEY_PREFIX": uuid4().hex}}
    if not django_settings.REDIS_URL:
        settings.CACHES["default"]["LOCATION"] = uuid4().hex


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """The database of the tests is a copy of one that has all migrations."""
    from tests import migrated

    test = django_settings.DATABASES["default"]["TEST"]
    if IS_SQLITE:
        migrated.copy_sqlite(Path(test["NAME"]))
    elif HAS_SERVICES:
        test["TEMPLATE"] = migrated.template()


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest) -> bool:
    """On SQLite the copy is there when Django would make its file; it goes with the folder of the run."""
    return IS_SQLITE or bool(request.config.getvalue("reuse_db"))


@pytest.fixture(scope="session", autouse=True)
def with_the_demonstrations_pages() -> None:
    """The URLs are read once in a run, so a test without the demonstration must not be the first to read them."""
    from django.urls import get_resolver  # Django is set up by now

    _ = get_resolver().url_patterns


@pytest.fixture(scope="session", autouse=True)
def no_flush() -> Iterator[None]:
    """After a transactional test the tables hold what migrations have loaded; a flush would empty them, in seconds."""
    from tests.kept_rows import put_back  # Django is set up by now

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: put_back("migrations"))
        yield


@pytest.fixture(autouse=True)
def what_migrations_load(request: pytest.FixtureRequest) -> None:
    if _is_transactional(request.node):
        from tests.kept_rows import KEPT, keep  # Django is set up by now

        request.getfixturevalue("transactional_db")
        if "migrations" not in KEPT:
            keep("migrations")


@pytest.fixture(scope="session")
def live_server(live_server):
    """Nothing is asked of it while rows are put back."""
    server = live_server.thread.httpd
    server.set_app(TURNSTILE.before(server.get_app()))
    return live_server


@pytest.fixture
def cast(db: None):
    """Someone in every seat (`tests/cast.py`)."""
    from tests.cast import make_cast  # Django is set up by now

    return make_cast()


@pytest.fixture(scope="module")
def made_world(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[SimpleNamespace, dict[str, Any]]]:
    """The world of `tests/world.py` and where its files are, made once for a module."""
    from tests.world import make_world, undone  # Django is set up by now

    stored = files_in(tmp_path_factory.mktemp("files"))
    with django_db_blocker.unblock(), undone(), override_settings(STORAGES=stored):
        yield make_world(), stored


@pytest.fixture
def world(db: None, made_world: tuple[SimpleNamespace, dict[str, Any]], settings) -> Iterator[SimpleNamespace]:
    """One of everything, as it was made: a test undoes its rows, and its objects are its own."""
    from tests.world import TODAY  # Django is set up by now

    made, settings.STORAGES = made_world
    with time_machine.travel(TODAY):
        yield deepcopy(made)


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
