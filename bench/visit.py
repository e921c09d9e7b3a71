"""Bytes that a strategist's browser fetches for the first page of the demonstration, with an empty cache."""

import os
from pathlib import Path
from shutil import which

from playwright.sync_api import BrowserContext, StorageState, sync_playwright

from bench.results import Measure, Table
from bench.serving import serving

ROLE = "Strateg"
MOST_KILOBYTES, MOST_REQUESTS = 150.0, 15


def measure_visit(var: Path) -> Table:
    with serving(var) as address, sync_playwright() as playwright:
        chromium = os.environ.get("MODELL_CHROMIUM") or which("chromium-headless-shell") or which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        signed_in = _sign_in(browser.new_context(), address)
        sizes = _fetched(browser.new_context(storage_state=signed_in), address)
        browser.close()
    largest = sorted(sizes.items(), key=lambda pair: -pair[1])
    whole = [
        Measure("kB", sum(sizes.values()) / 1000, MOST_KILOBYTES),
        Measure("requests", len(sizes), MOST_REQUESTS),
    ]
    return {"In all": whole} | {url.removeprefix(address): [Measure("kB", size / 1000)] for url, size in largest}


def _sign_in(context: BrowserContext, address: str) -> StorageState:
    page = context.new_page()
    page.goto(f"{address}/logga-in/")
    page.get_by_role("button", name=ROLE).click()
    page.wait_for_url(lambda url: "/logga-in" not in url)
    return context.storage_state()


def _fetched(context: BrowserContext, address: str) -> dict[str, float]:
    """Return the bytes that came over the wire for each address, with headers, in a new context with an empty cache."""
    page = context.new_page()
    network = context.new_cdp_session(page)
    addresses: dict[str, str] = {}
    sizes: dict[str, float] = {}
    network.on("Network.requestWillBeSent", lambda sent: addresses.update({sent["requestId"]: sent["request"]["url"]}))
    network.on("Network.loadingFinished", lambda done: sizes.update({done["requestId"]: done["encodedDataLength"]}))
    network.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    return {addresses[key]: size for key, size in sizes.items() if addresses[key].startswith("http")}
