"""What a person does at a browser, the same in Chromium (by Playwright) and in Firefox (by Marionette).

A place on the page is a CSS selector, or an XPath that `button` or `link` makes.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from shutil import which
from typing import Any

from playwright.sync_api import Page, expect

from accounts.models import User
from tests.browser.conftest import PATIENCE_MS, cookie_of, sign_in_as

NO_PROXY, OWN_PROXY = 0, 1


def button(name: str) -> str:
    return f"//main//button[starts-with(normalize-space(.), '{name}')]"


def link(name: str) -> str:
    return f"//main//a[starts-with(normalize-space(.), '{name}')]"


class Chromium:
    def __init__(self, page: Page) -> None:
        self.page = page

    def sign_in(self, address: str, user: User) -> None:
        sign_in_as(self.page, address, user)

    def open(self, address: str) -> None:
        self.page.goto(address)

    def back(self) -> None:
        self.page.go_back()

    def write(self, place: str, text: str) -> None:
        self.page.locator(place).press_sequentially(text)

    def click(self, place: str) -> None:
        self.page.locator(place).first.click()

    def double_click(self, place: str) -> None:
        self.page.locator(place).first.dblclick()

    def sees(self, place: str, text: str) -> None:
        expect(self.page.locator(place).first).to_contain_text(text)

    def finds(self, place: str) -> None:
        expect(self.page.locator(place).first).to_be_attached()

    def finds_written(self, place: str, text: str) -> None:
        expect(self.page.locator(place)).to_have_value(text)

    def is_at(self, address: str) -> None:
        expect(self.page).to_have_url(address)

    def has_contact(self, there: bool) -> None:
        self.page.context.set_offline(not there)

    @contextmanager
    def another_tab(self) -> Iterator["Chromium"]:
        tab = self.page.context.new_page()
        yield Chromium(tab)
        tab.close()

    def sign_in_by(self, place: str, address: str, user: User) -> None:
        """Follow a link to the sign-in, which opens in a tab of its own, and come back; the code is not tried here."""
        with self.page.context.expect_page() as opened:
            self.click(place)
        tab = Chromium(opened.value)
        tab.finds("[name=email]")
        tab.sign_in(address, user)
        tab.open(f"{address}/om/")
        opened.value.close()


class Firefox:
    def __init__(self, marionette: Any) -> None:
        self.marionette = marionette

    def sign_in(self, address: str, user: User) -> None:
        self.open(f"{address}/om/")  # a cookie is set for the site that one is at
        cookie = cookie_of(user)
        self.marionette.add_cookie({"name": cookie.key, "value": cookie.value, "path": "/"})

    def open(self, address: str) -> None:
        self.marionette.navigate(address)

    def back(self) -> None:
        self.marionette.go_back()

    def write(self, place: str, text: str) -> None:
        self._find(place).send_keys(text)

    def click(self, place: str) -> None:
        self._find(place).click()

    def double_click(self, place: str) -> None:
        element = self._find(place)
        self.marionette.execute_script("arguments[0].scrollIntoView({ block: 'center' })", script_args=[element])
        mouse = self.marionette.actions.sequence("pointer", "mouse", {"pointerType": "mouse"})
        mouse.click(element=element).click(element=element).perform()

    def sees(self, place: str, text: str) -> None:
        self._until(lambda: text in " ".join(self._find(place).get_property("textContent").split()))

    def finds(self, place: str) -> None:
        self._find(place)

    def finds_written(self, place: str, text: str) -> None:
        self._until(lambda: self._find(place).get_property("value") == text)

    def is_at(self, address: str) -> None:
        self._until(lambda: self.marionette.get_url() == address)

    def has_contact(self, there: bool) -> None:
        # Firefox goes to its own machine also where it is told that there is no network: it gets a proxy without one.
        self.marionette.set_prefs(
            {
                "network.proxy.type": NO_PROXY if there else OWN_PROXY,
                "network.proxy.http": "127.0.0.1",
                "network.proxy.http_port": 9,
                "network.proxy.allow_hijacking_localhost": True,
            }
        )

    @contextmanager
    def another_tab(self) -> Iterator["Firefox"]:
        first = self.marionette.current_window_handle
        self.marionette.switch_to_window(self.marionette.open(type="tab")["handle"])
        yield self
        self.marionette.close()
        self.marionette.switch_to_window(first)

    def sign_in_by(self, place: str, address: str, user: User) -> None:
        first, tabs = self.marionette.current_window_handle, set(self.marionette.window_handles)
        self.click(place)
        self._until(lambda: set(self.marionette.window_handles) - tabs)
        [opened] = set(self.marionette.window_handles) - tabs
        self.marionette.switch_to_window(opened)
        self.finds("[name=email]")
        self.sign_in(address, user)
        self.open(f"{address}/om/")
        self.marionette.close()
        self.marionette.switch_to_window(first)

    def forget_all(self) -> None:
        """Be as a browser that has just been started, in a single tab."""
        self.has_contact(True)
        first, *others = self.marionette.window_handles
        for tab in others:
            self.marionette.switch_to_window(tab)
            self.marionette.close()
        self.marionette.switch_to_window(first)
        self.marionette.delete_all_cookies()
        self.open("about:blank")

    def _find(self, place: str) -> Any:
        from marionette_driver import By

        way = By.XPATH if place.startswith("//") else By.CSS_SELECTOR
        return self._until(lambda: self.marionette.find_element(way, place))

    def _until(self, condition: Any) -> Any:
        from marionette_driver.errors import JavascriptException, NoSuchElementException, StaleElementException
        from marionette_driver.wait import Wait

        passing = [NoSuchElementException, StaleElementException, JavascriptException]
        wait = Wait(self.marionette, timeout=PATIENCE_MS / 1000, interval=0.1, ignored_exceptions=passing)
        return wait.until(lambda marionette: condition())


@contextmanager
def firefox(binary: str, log: str) -> Iterator[Firefox]:
    """Start Debian's Firefox; what its driver warns of is its own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from marionette_driver.marionette import Marionette

        prefs = {"intl.accept_languages": "sv-SE, sv"}
        marionette = Marionette(bin=binary, port=0, headless=True, prefs=prefs, gecko_log=log)
        marionette.start_session()
        try:
            yield Firefox(marionette)
        finally:
            marionette.quit()
            marionette.cleanup()


def where_firefox_is() -> str | None:
    return which("firefox-esr") or which("firefox")
