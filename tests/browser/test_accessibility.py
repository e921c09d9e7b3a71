"""Nothing for axe to say, no name shared, no sideways scrolling: on every page and state (docs/testing.md)."""

from itertools import groupby
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Browser, BrowserContext
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page as Tab

from tests.browser.conftest import sign_in_as
from tests.browser.looking import faults
from tests.browser.pages import NO_PAGE, PAGES, Page, missing_pages
from tests.browser.scene import set_up

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Some twenty pages to a test: the demonstration is loaded and each person signed in once for them all.
PER_TEST = 20
BATCHES = [PAGES[start : start + PER_TEST] for start in range(0, len(PAGES), PER_TEST)]


@pytest.fixture
def scene(demonstration) -> SimpleNamespace:
    scene = set_up()
    scene.url = demonstration.url
    return scene


@pytest.mark.parametrize("batch", BATCHES, ids=lambda batch: f"{batch[0].name}-to-{batch[-1].name}".replace(":", "."))
def test_every_page_and_state(browser: Browser, browser_context_args, scene, batch):
    found = {}
    for who, pages in groupby(sorted(batch, key=lambda page: page.who), key=lambda page: page.who):
        context = browser.new_context(**browser_context_args)
        if who:
            sign_in_as(context.new_page(), scene.url, scene.users[who])
        for page in pages:
            found[str(page)] = look_at(context, scene, page)
        context.close()
    told = [f"{page}\n  " + "\n  ".join(wrong) for page, wrong in found.items() if wrong]
    assert not told, "\n".join(told)


def look_at(context: BrowserContext, scene: SimpleNamespace, page: Page) -> list[str]:
    context.set_default_timeout(10_000)
    tab, errors = context.new_page(), []
    tab.on("pageerror", lambda error: errors.append(f"script: {error}"))
    tab.on("console", lambda line: errors.append(line.text) if "Content Security Policy" in line.text else None)
    try:
        response = tab.goto(scene.url + page.path(scene))
        if response.status != page.status:
            errors.append(f"status {response.status}")
        if page.then:
            page.then(tab, scene)
        found = errors + faults(tab, names=not page.is_sample)
    except (PlaywrightError, AssertionError) as error:  # the other pages are looked at all the same
        found = [*errors, f"not reached: {error}"]
        context.set_offline(False)
    tab.close()
    return found


@pytest.mark.parametrize("template", ["400.html", "500.html"])
def test_pages_without_a_request(page: Tab, live_server, template):
    """What is shown when all else fails; drawn from the template, since no address fails on purpose."""
    body = render_to_string(template)
    page.route("**/trasig/", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    page.goto(f"{live_server.url}/trasig/")
    assert faults(page) == []


def test_every_url_name_is_looked_at():
    assert missing_pages() == set()
    assert {page.name for page in PAGES} & set(NO_PAGE) <= {"home"}
