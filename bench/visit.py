"""Bytes that a strategist's browser fetches: the first page with an empty cache, and the rating page once more."""

import os
import re
from pathlib import Path
from shutil import which

from playwright.sync_api import BrowserContext, Page, StorageState, sync_playwright

from bench.results import Measure, Table
from bench.serving import serving

ROLE = "Strateg"
MOST_KILOBYTES, MOST_REQUESTS = 150.0, 15
MOST_AGAIN = 20.0


def measure_visit(var: Path) -> tuple[Table, Table]:
    with serving(var) as address, sync_playwright() as playwright:
        chromium = os.environ.get("MODELL_CHROMIUM") or which("chromium-headless-shell") or which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        signed_in = _sign_in(browser.new_context(), address)
        first = _fetched(browser.new_context(storage_state=signed_in).new_page(), address)
        again = _rating_page_again(browser.new_context(storage_state=signed_in).new_page(), address)
        browser.close()
    most = [Measure("kB", sum(first.values()) / 1000, MOST_KILOBYTES), Measure("requests", len(first), MOST_REQUESTS)]
    least = [Measure("kB", sum(again.values()) / 1000, MOST_AGAIN), Measure("requests", len(again))]
    return _table(most, first, address), _table(least, again, address)


def _table(whole: list[Measure], sizes: dict[str, float], address: str) -> Table:
    largest = sorted(sizes.items(), key=lambda pair: -pair[1])
    return {"In all": whole} | {url.removeprefix(address): [Measure("kB", size / 1000)] for url, size in largest}


def _sign_in(context: BrowserContext, address: str) -> StorageState:
    page = context.new_page()
    page.goto(f"{address}/logga-in/")
    page.get_by_role("button", name=ROLE).click()
    page.wait_for_url(lambda url: "/logga-in" not in url)
    return context.storage_state()


def _rating_page_again(page: Page, address: str) -> dict[str, float]:
    page.goto(address)
    path = page.get_by_role("link", name=re.compile("Fortsätt")).first.get_attribute("href")
    page.goto(f"{address}{path}", wait_until="networkidle")
    return _fetched(page, f"{address}{path}")


def _fetched(page: Page, address: str) -> dict[str, float]:
    """Return the bytes that came over the wire for each address, with headers; nothing for what the cache had."""
    network = page.context.new_cdp_session(page)
    addresses: dict[str, str] = {}
    sizes: dict[str, float] = {}
    cached: set[str] = set()
    network.on("Network.requestWillBeSent", lambda sent: addresses.update({sent["requestId"]: sent["request"]["url"]}))
    network.on("Network.requestServedFromCache", lambda served: cached.add(served["requestId"]))
    network.on("Network.loadingFinished", lambda done: sizes.update({done["requestId"]: done["encodedDataLength"]}))
    network.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    wire = {key: size for key, size in sizes.items() if key not in cached}
    return {addresses[key]: size for key, size in wire.items() if addresses[key].startswith("http")}
