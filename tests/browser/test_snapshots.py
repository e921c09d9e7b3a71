"""What a screen reader is told of the main pages, held as text.

UPDATE_SNAPSHOTS=1 writes it anew; read the difference before it is kept.
"""

import os
from datetime import datetime
from difflib import unified_diff
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import Browser

from tests.browser.conftest import patient, sign_in_as
from tests.browser.scene import set_up
from tests.browser.steps import cohort, nowhere, of, row

pytestmark = [pytest.mark.browser, pytest.mark.any_day, pytest.mark.django_db(transaction=True)]

FOLDER = Path(__file__).parent / "snapshots"
# The demonstration is moved to the day it is loaded: with the day held, every date in it is.
THE_DAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Stockholm"))

SHOWN = {
    "sign-in": ("account_login", "", nowhere, "main"),
    "due": ("home", "strategist", nowhere, "main"),
    "rating-moment-1": ("assessments:assessment", "strategist", row("draft"), "#moment-1"),
    "rating-moment-2": ("assessments:assessment", "strategist", row("draft"), "#moment-2"),
    "submit": ("assessments:submit", "strategist", row("draft"), "main"),
    "brief": ("overview:brief", "politician", of("other"), "main"),
    "figures": ("reports:figures", "approver", cohort("regions"), "main"),
    "cohort": ("overview:cohort", "process_leader", cohort("running"), "main"),
    "work": ("improvements:work", "strategist", of("own"), "main"),
    "report": ("reports:report", "strategist", of("own"), "main"),
    "joint": ("reports:joint", "process_leader", cohort("running"), "main"),
    "people": ("people:people", "strategist", of("own"), "main"),
}


@pytest.fixture
def scene(request) -> SimpleNamespace:
    with time_machine.travel(THE_DAY, tick=False):
        demonstration = request.getfixturevalue("demonstration")
        scene = set_up()
        scene.url = demonstration.url
        yield scene


def test_main_pages_are_told_as_before(browser: Browser, browser_context_args, scene):
    snapshots = {name: tell(browser, browser_context_args, scene, *page) for name, page in SHOWN.items()}
    if os.environ.get("UPDATE_SNAPSHOTS"):
        for name, text in snapshots.items():
            (FOLDER / f"{name}.yml").write_text(text)
    assert "\n".join(difference(name, text) for name, text in snapshots.items()).strip() == ""
    assert {file.stem for file in FOLDER.glob("*.yml")} == set(SHOWN)


def difference(name: str, text: str) -> str:
    stored = (FOLDER / f"{name}.yml").read_text()
    return "\n".join(unified_diff(stored.splitlines(), text.splitlines(), "stored", name, n=1, lineterm=""))


def tell(browser: Browser, context_args, scene: SimpleNamespace, name: str, who: str, place, part: str) -> str:
    context = patient(browser.new_context(**context_args))
    page = context.new_page()
    if who:
        sign_in_as(page, scene.url, scene.users[who])
    assert page.goto(scene.url + reverse(name, args=place(scene))).status == 200
    page.wait_for_load_state("networkidle")  # what a page asks for when it has come
    snapshot = page.locator(part).aria_snapshot()
    context.close()
    return "".join(f"{line}\n" for line in snapshot.splitlines() if "/url:" not in line)
