"""Questions that were asked in an organisation."""

from collections.abc import Callable
from datetime import date
from typing import Any

from bench.pages import Page as Counted
from bench.pages import own
from questions.models import AskedQuestion
from tests.access import OWN, Row, rest
from tests.browser.steps import Page, Scene, of, refused, unfold

OURS = {"ok": OWN, "forbidden": rest(*OWN)}
ROWS: list[Row] = [
    Row("questions:questions", "organisation", **OURS),
    Row("questions:question_add", "organisation", **OURS),
    Row("questions:question_add", "organisation", **OURS, post=True),
    Row("questions:question_edit", "question", **OURS),
    Row("questions:question_edit", "question", **OURS, post=True),
    Row("questions:question_remove", "question", **OURS, post=True),
]
PUBLIC: set[str] = set()


def asked(participation: Any, answer: str = "") -> AskedQuestion:
    facts = {"text": "Vad har blivit bättre?", "place": "kommunstyrelsen", "asked_on": date(2026, 2, 2)}
    return AskedQuestion.objects.get_or_create(
        participation=participation, audience="politician", answer=answer, **facts
    )[0]


def a_question(world: Any) -> tuple[Any, ...]:
    return (world.cohort.slug, world.own.code, asked(world.own).pk)


PLACES: dict[str, Callable[[Any], tuple[Any, ...]]] = {"question": a_question}
NO_HTML: tuple[str, ...] = ()


def with_a_question(scene: Scene) -> tuple[Any, ...]:
    asked(scene.own, "Nästan allt.")
    return (*of("own")(scene), asked(scene.own).pk)


PAGES: tuple[Page, ...] = (
    Page("questions:questions", "new_politician", of("newcomer"), "none"),
    Page("questions:questions", "strategist", lambda scene: with_a_question(scene)[:2], "asked and answered"),
    Page("questions:question_add", "strategist", of("own")),
    Page("questions:question_add", "strategist", of("own"), "refused", refused()),
    Page("questions:question_edit", "strategist", with_a_question, "", unfold),
)
NO_PAGE: dict[str, str] = {}
COUNTED: tuple[Counted, ...] = (Counted("Asked questions", "questions:questions", "politician", own),)
