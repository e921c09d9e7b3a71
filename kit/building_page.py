"""The page of a file that a worker builds: it says how far it has come, and asks again until it is done.

Without scripts it has a link that does the same.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.http import trigger_client_event

from kit.building import Built
from kit.enums import BuildState

SOONEST_MS, SLOWER_MS, LATEST_MS = 300, 50, 1500
WORDS = {
    BuildState.QUEUED: "{what} står i kö.",
    BuildState.READY: "{what} är klar.",
    BuildState.FAILED: "{what} gick inte att bygga.",
}


@dataclass(frozen=True)
class BuildShown:
    """A build as `templates/kit/build_state.html` draws it. `what` is its name in the definite form.

    `page`, `file` and `again` are addresses; the last is empty where the reader may not order it anew.
    """

    build: Built
    what: str
    steps: tuple[str, ...]
    page: str
    file: str
    again: str
    fetch: str
    note: str = ""
    asked: int = 0

    @property
    def words(self) -> str:
        build = self.build
        if build.is_working:
            return f"Steg {build.step} av {build.steps}: {self.steps[max(build.step, 1) - 1]}."
        if build.waits_long:
            return f"{self.what} väntar längre än vanligt."
        return WORDS[BuildState(build.state)].format(what=self.what)

    @property
    def seen(self) -> str:
        return f"{self.build.state}-{self.build.step}{'-long' if self.build.waits_long else ''}"

    @property
    def wait(self) -> int:
        """Return the ms before the page asks again: few at first, since a short file is soon there."""
        return min(SOONEST_MS + SLOWER_MS * (self.asked - 1), LATEST_MS)


def times_asked(request: HttpRequest) -> int:
    asked = request.GET.get("asked", "")
    return 1 + (int(asked) if asked.isdecimal() and len(asked) < 4 else 0)


def draw_build(request: Any, template: str, shown: BuildShown | None, context: dict[str, Any]) -> HttpResponse:
    """Draw the page, or only its state for the page that asks again."""
    context |= {"shown": shown}
    if shown is None or not request.htmx:
        return render(request, template, context)
    response = render(request, f"{template}#state", context)
    # A screen reader hears only what changes.
    if request.GET.get("seen") != shown.seen:
        trigger_client_event(response, "announce", {"value": shown.words})
    return response
