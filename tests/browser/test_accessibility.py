"""Nothing for axe to say, no name shared, no sideways scrolling: on every page and state (docs/testing.md)."""

from itertools import groupby
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Browser, BrowserContext
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page as Tab

from tests.browser.conftest import patient, sign_in_as
from tests.browser.looking import WIDTHS, faults
from tests.browser.scene import set_up
from tests.browser.steps import Page
from tests.pages import NO_PAGE, PAGES, PUBLIC, url_names

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]

# Twenty pages to a test: the demonstration is loaded and each person signed in once for them all.
PER_TEST = 20
BATCHES = [PAGES[start : start + PER_TEST] for start in range(0, len(PAGES), PER_TEST)]


@pytest.fixture
def scene(demonstration) -> SimpleNamespace:
    scene = set_up()
    scene.url = demonstration.url
    return scene


@pytest.mark.in_turn(12)
@pytest.mark.parametrize("batch", BATCHES, ids=lambda batch: f"{batch[0].name}-to-{batch[-1].name}".replace(":", "."))
def test_every_page_and_state(browser: Browser, browser_context_args, scene, batch):
    faults_by_page = {}
    for who, pages in groupby(sorted(batch, key=lambda page: page.who), key=lambda page: page.who):
        context = patient(browser.new_context(**browser_context_args))
        if who:
            sign_in_as(context.new_page(), scene.url, scene.users[who])
        tabs = Tabs(context)
        for page in pages:
            faults_by_page[str(page)] = look_at(tabs, scene, page)
        context.close()
    lines = [f"{page}\n  " + "\n  ".join(wrong) for page, wrong in faults_by_page.items() if wrong]
    assert not lines, "\n".join(lines)


class Tabs:
    """One tab for page after page, which costs half of a new one each; a new one after a page that was acted upon."""

    def __init__(self, context: BrowserContext) -> None:
        self.context, self.errors = context, []
        self.open()

    def open(self) -> None:
        self.tab = self.context.new_page()
        self.tab.on("pageerror", lambda error: self.errors.append(f"script: {error}"))
        self.tab.on("console", lambda line: self._refused(line.text))

    def _refused(self, message: str) -> None:
        if "Content Security Policy" in message:
            self.errors.append(message)

    def fresh(self) -> Tab:
        self.errors.clear()
        self.tab.set_viewport_size({"width": WIDTHS[0], "height": 900})
        self.tab.emulate_media(color_scheme="light")
        return self.tab

    def replace(self) -> None:
        self.context.set_offline(False)
        self.tab.close()
        self.open()


def look_at(tabs: Tabs, scene: SimpleNamespace, page: Page) -> list[str]:
    tab, complaints = tabs.fresh(), []
    try:
        response = tab.goto(scene.url + page.path(scene))
        if response.status != page.status:
            complaints.append(f"status {response.status}")
        if page.then:
            page.then(tab, scene)
        complaints += faults(tab, names=not page.is_sample)
    except (PlaywrightError, AssertionError) as error:  # the other pages are looked at all the same
        complaints.append(f"not reached: {error}")
    complaints += tabs.errors
    if page.then or complaints:
        tabs.replace()
    return complaints


@pytest.mark.parametrize("template", ["400.html", "500.html", "503.html"])
def test_pages_without_a_request(page: Tab, live_server, template):
    """What is shown when all else fails; drawn from the template, since no address fails on purpose."""
    body = render_to_string(template)
    page.route("**/trasig/", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    page.goto(f"{live_server.url}/trasig/")
    assert faults(page) == []


def test_every_url_name_is_looked_at():
    assert (set(url_names()) | PUBLIC) - {page.name for page in PAGES} == set(NO_PAGE) - {"home"}
    assert {page.name for page in PAGES} & set(NO_PAGE) <= {"home"}
