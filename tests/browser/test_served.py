"""The demonstration as `make demo` serves it: Gunicorn, hashed static files, and a worker beside it that builds."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in
from tests.browser.served import PATIENCE_SECONDS

# In every run: this is what the README's first command shows.
pytestmark = [pytest.mark.browser, pytest.mark.in_turn(1)]


def test_an_ordered_report_is_seen_being_built_and_is_downloaded(page: Page, site: str):
    sign_in(page, site, "Logga in som processledare")
    page.goto(f"{site}/omgangar/demo-pagaende/rapport/utgivning/")
    page.get_by_role("button", name="Bygg PDF").dblclick()
    page.wait_for_url(re.compile(r"/pdf/\d+/$"))
    link = page.get_by_role("link", name=re.compile("Hämta"))
    expect(link).to_be_visible(timeout=PATIENCE_SECONDS * 1000)  # the worker has two busy cores to start on
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "Gemensam resultatrapport – Exempelomgång som pågår.pdf"
    assert download.value.path().read_bytes().startswith(b"%PDF-")


def test_the_first_page_asks_no_one_else_for_anything(page: Page, site: str):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}/logga-in/")
    page.wait_for_load_state("networkidle")
    assert len(asked) > 5
    assert [url for url in asked if not url.startswith((site, "data:"))] == []


def test_static_files_are_named_by_their_content_and_kept(page: Page, site: str):
    answers = []
    page.on("response", lambda response: answers.append(response) if "/static/" in response.url else None)
    page.goto(f"{site}/logga-in/")
    page.wait_for_load_state("networkidle")
    assert answers
    assert all(re.search(r"\.[0-9a-f]{12}\.\w+$", answer.url) for answer in answers), [a.url for a in answers]
    assert all("immutable" in answer.headers["cache-control"] for answer in answers)


def test_back_after_signing_out_shows_nothing(page: Page, site: str):
    """The next person at the same screen presses Back."""
    sign_in(page, site, "Logga in som processledare")
    page.goto(f"{site}/omgangar/demo-pagaende/personer/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_role("button", name="Logga ut").or_(page.get_by_role("link", name="Logga ut")).first.click()
    page.wait_for_load_state()
    if page.url.endswith("/logga-ut/"):
        page.locator("main").get_by_role("button", name="Logga ut").click()
    page.wait_for_url(re.compile(r"/logga-in/|/$"))
    for _ in range(3):
        page.go_back()
        page.wait_for_load_state()
        assert "demo-pagaende/personer" not in page.url or "/logga-in/" in page.url
        expect(page.locator("main").get_by_text("processledare@demo.invalid")).to_have_count(0)
