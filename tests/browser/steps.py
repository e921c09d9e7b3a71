"""What a page to look at is, where it lies in the scene, and the steps that bring it to its state."""

from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page as Browser
from playwright.sync_api import expect

Scene = SimpleNamespace
Steps = Callable[[Browser, Scene], None]


@dataclass(frozen=True)
class Page:
    """`who` is a user of the scene, "" signed out; `then` brings the page to its state."""

    name: str
    who: str
    place: Callable[[Scene], tuple[Any, ...]]
    state: str = ""
    then: Steps | None = None
    status: int = 200
    is_sample: bool = False  # the same form shown twice, with and without errors: its names are shared on purpose

    def path(self, scene: Scene) -> str:
        return reverse(self.name, args=self.place(scene))

    def __str__(self) -> str:
        return " ".join(filter(None, (self.name, self.who, self.state)))


def nowhere(scene: Scene) -> tuple[Any, ...]:
    return ()


def cohort(name: str) -> Callable[[Scene], tuple[Any, ...]]:
    return lambda scene: (getattr(scene, name).slug,)


def of(name: str, *more: Any) -> Callable[[Scene], tuple[Any, ...]]:
    """The page of a participation of the scene."""
    return lambda scene: (getattr(scene, name).cohort.slug, getattr(scene, name).code, *more)


def row(name: str, *more: Any) -> Callable[[Scene], tuple[Any, ...]]:
    return lambda scene: (getattr(scene, name).pk, *more)


IS_GUARDED = """button => {
  document.documentElement.dataset.before = "";
  return button.form?.dataset.guard === "plain";
}"""


def press(label: str) -> Steps:
    def steps(page: Browser, scene: Scene) -> None:
        button = page.locator("main").get_by_role("button", name=label, exact=True).first
        is_sent = button.evaluate(IS_GUARDED)
        button.click()
        if is_sent:  # the guard sends it first, and then the page changes
            expect(page.locator("html[data-before]")).to_have_count(0)
        page.wait_for_load_state()

    return steps


def refused(label: str = "Spara", **typed: str) -> Steps:
    """Fill in what is typed, by field name, send the form, and stand before what it says."""

    def steps(page: Browser, scene: Scene) -> None:
        for field, text in typed.items():
            page.locator(f"main [name={field}]").fill(text)
        press(label)(page, scene)
        expect(page.locator(".error-summary")).to_be_visible()

    return steps


def unfold(page: Browser, scene: Scene) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(details => (details.open = true))")
