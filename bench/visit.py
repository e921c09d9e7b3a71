"""What a strategist's browser fetches to show the first page: the demonstration by `bin/serve`, an empty cache."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import BrowserContext, sync_playwright

from bench.results import Measure, Table

ROOT = Path(__file__).resolve().parent.parent
ROLE = "Strateg"
PATIENCE_SECONDS = 90
MOST_KILOBYTES, MOST_REQUESTS = 150.0, 15


def measure_visit(var: Path) -> Table:
    with _site(var) as address, sync_playwright() as playwright:
        chromium = os.environ.get("MODELL_CHROMIUM", "/usr/bin/chromium")
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


def _sign_in(context: BrowserContext, address: str) -> dict[str, object]:
    page = context.new_page()
    page.goto(f"{address}/logga-in/")
    page.get_by_role("button", name=ROLE).click()
    page.wait_for_url(lambda url: "/logga-in" not in url)
    return context.storage_state()


def _fetched(context: BrowserContext, address: str) -> dict[str, float]:
    """By address the bytes that came over the wire, heads and all, with the cache of a new context: empty."""
    page = context.new_page()
    network = context.new_cdp_session(page)
    addresses: dict[str, str] = {}
    sizes: dict[str, float] = {}
    network.on("Network.requestWillBeSent", lambda sent: addresses.update({sent["requestId"]: sent["request"]["url"]}))
    network.on("Network.loadingFinished", lambda done: sizes.update({done["requestId"]: done["encodedDataLength"]}))
    network.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    return {addresses[key]: size for key, size in sizes.items() if addresses[key].startswith("http")}


@contextmanager
def _site(var: Path) -> Iterator[str]:
    """The site as a person starts it, on SQLite and a port of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "PORT": str(port), "MODELL_VAR": str(var)}
    for name in ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "MODELL_ENV"):
        environment.pop(name, None)
    server = subprocess.Popen(
        [sys.executable, "bin/serve"], cwd=ROOT, env=environment, start_new_session=True, stdout=subprocess.DEVNULL
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/halsa/", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    last = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < last:
        if server.poll() is not None:
            raise SystemExit("bench: bin/serve ended before it answered; what went wrong stands above.")
        try:
            urlopen(url, timeout=1).close()
            return
        except (URLError, OSError):
            time.sleep(0.2)
    raise SystemExit(f"bench: {url} did not answer within {PATIENCE_SECONDS} s.")
