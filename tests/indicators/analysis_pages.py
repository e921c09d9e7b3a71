"""Statistics that an organisation has, and its analyses."""

from collections.abc import Callable
from datetime import date
from typing import Any

from bench.pages import Page as Counted
from bench.pages import own
from cohorts.enums import Function
from indicators.models import Analysis, StatisticsHeld
from tests.access import OWN, READERS, WORKERS, Row, rest
from tests.browser.steps import Page, Scene, of, refused, unfold

ROWS: list[Row] = [
    Row("indicators:statistics", "organisation", ok=OWN, forbidden=rest(*OWN)),
    Row("indicators:statistics_file", "organisation_file", ok=OWN, forbidden=rest(*OWN)),
    *(
        Row("indicators:statistics_add", "organisation", ok=WORKERS, forbidden=rest(*WORKERS), post=post)
        for post in (False, True)
    ),
    *(
        Row("indicators:statistics_edit", "its_statistics", ok=WORKERS, forbidden=rest(*WORKERS), post=post)
        for post in (False, True)
    ),
    Row("indicators:statistics_remove", "its_statistics", ok=WORKERS, forbidden=rest(*WORKERS), post=True),
    Row("indicators:statistics_copy", "organisation", ok=WORKERS, forbidden=rest(*WORKERS), post=True),
    Row("indicators:analyses", "organisation", ok=READERS, forbidden=("administrator", "other")),
    *(
        Row("indicators:analysis_add", "organisation", ok=WORKERS, forbidden=rest(*WORKERS), post=post)
        for post in (False, True)
    ),
    Row("indicators:analysis", "shared_analysis", ok=READERS, forbidden=("administrator", "other")),
    Row("indicators:analysis", "private_analysis", ok=OWN, forbidden=("administrator", "other")),
    *(
        Row(f"indicators:analysis_{name}", place, ok=WORKERS, forbidden=rest(*WORKERS), post=post)
        for name, place in (
            ("edit", "shared_analysis"),
            ("step", "its_step_of_analysis"),
            ("sign", "shared_analysis"),
            ("remove", "shared_analysis"),
        )
        for post in (False, True)
    ),
    Row("indicators:analysis_unsign", "signed_analysis", ok=WORKERS, forbidden=rest(*WORKERS), post=True),
    *(
        Row(f"indicators:analysis_{kind}", "file_of_analysis", ok=READERS, forbidden=("administrator", "other"))
        for kind in ("pdf", "word")
    ),
]

PUBLIC: set[str] = set()


def stated(participation: Any, name: str = "Hemtjänst", **answers: Any) -> StatisticsHeld:
    answers = {"split": "yes", "analysed": True, **answers}
    return StatisticsHeld.objects.get_or_create(participation=participation, name=name, defaults=answers)[0]


def its_statistics(world: Any) -> tuple[Any, ...]:
    return (world.cohort.slug, world.own.code, stated(world.own).pk)


TEXTS = {
    "starting_point": "Nämnden vill veta vilka som väntar.",
    "information": "Kvinnor väntar 51 dagar och män 47.",
    "focus": "Väntan till första besöket.",
    "why_1": "Remisserna sorteras olika.",
    "why_2": "Mallen frågar inte om smärta.",
    "conclusions": "Mallen styr bedömningen.",
    "proposals": "Samma frågor i alla remisser.",
}


def analysed(participation: Any, title: str = "Väntetid till första besök", **fields: Any) -> Analysis:
    """An analysis of which every step is written."""
    fields = {**TEXTS, **fields}
    return Analysis.objects.get_or_create(participation=participation, title=title, defaults=fields)[0]


def signed(participation: Any, **fields: Any) -> Analysis:
    signature = {"signed_function": Function.MANAGER, "signed_on": date(2026, 9, 1)}
    return analysed(participation, "Undertecknad analys", **signature, **fields)


def an_analysis(**fields: Any) -> Callable[[Any], tuple[Any, ...]]:
    def where(world: Any) -> tuple[Any, ...]:
        return world.cohort.slug, world.own.code, analysed(world.own, f"Analys {sorted(fields)}", **fields).pk

    return where


PLACES: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "its_statistics": its_statistics,
    "shared_analysis": an_analysis(shared=True),
    "private_analysis": an_analysis(),
    "its_step_of_analysis": lambda world: (*an_analysis(shared=True)(world), "orsaker"),
    "signed_analysis": lambda world: (world.cohort.slug, world.own.code, signed(world.own).pk),
    "file_of_analysis": an_analysis(shared=True),
}

NO_HTML: tuple[str, ...] = ("file_of_analysis",)


def stated_by_own(scene: Scene) -> tuple[Any, ...]:
    return (*of("own")(scene), stated(scene.own).pk)


def analysed_by_own(scene: Scene) -> tuple[Any, ...]:
    return (*of("own")(scene), analysed(scene.own).pk)


PAGES: tuple[Page, ...] = (
    Page("indicators:statistics", "newcomer", of("newcomer"), "empty"),
    Page("indicators:statistics", "strategist", lambda scene: stated_by_own(scene)[:2]),
    Page("indicators:statistics_add", "strategist", of("own")),
    Page("indicators:statistics_add", "strategist", of("own"), "refused", refused()),
    Page("indicators:statistics_edit", "strategist", stated_by_own, "", unfold),
    Page("indicators:analyses", "newcomer", of("newcomer"), "empty"),
    Page("indicators:analyses", "strategist", lambda scene: analysed_by_own(scene)[:2]),
    Page("indicators:analyses", "process_leader", of("other")),
    Page("indicators:analysis", "strategist", analysed_by_own),
    Page("indicators:analysis", "strategist", lambda scene: (*of("own")(scene), signed(scene.own).pk), "signed"),
    Page("indicators:analysis_add", "strategist", of("own")),
    Page("indicators:analysis_add", "strategist", of("own"), "refused", refused("Börja")),
    Page("indicators:analysis_edit", "strategist", analysed_by_own),
    Page("indicators:analysis_step", "strategist", lambda scene: (*analysed_by_own(scene), "orsaker")),
    Page("indicators:analysis_step", "strategist", lambda scene: (*analysed_by_own(scene), "fokus"), "of one text"),
    Page("indicators:analysis_sign", "strategist", analysed_by_own),
    Page("indicators:analysis_sign", "strategist", analysed_by_own, "refused", refused("Underteckna")),
    Page("indicators:analysis_remove", "strategist", analysed_by_own),
)


FILES = ("indicators:statistics_file", "indicators:analysis_pdf", "indicators:analysis_word")
NO_PAGE: dict[str, str] = dict.fromkeys(FILES, "answers with a file")


def with_statistics(omgang: Any) -> list[Any]:
    for number in range(9):
        stated(omgang.first, f"Verksamhet {number}")
    return own(omgang)


COUNTED: tuple[Counted, ...] = (Counted("Statistics held", "indicators:statistics", "strategist", with_statistics),)
