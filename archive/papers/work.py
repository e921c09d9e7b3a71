from collections.abc import Iterator
from functools import partial

from django.utils import timezone

from archive.files import uploaded
from archive.packing import PackedFile
from archive.papers.papers_of import PapersOf, on_day
from archive.sheets import Cell, Sheet, pdf_entry
from cohorts.enums import Function
from improvements.enums import PlacingTime
from improvements.models import Comment, Effort, Improvement, OwnGoal, ResultAnswer, WorkEvidence
from indicators.analyses import analysis_paper
from indicators.analysis_pdf import html_of
from indicators.models import Analysis, Indicator
from indicators.numbers import typed
from indicators.periods import in_words
from indicators.series import FIGURES, Series, SeriesPoint, series_of_many
from indicators.statistics_held import inventory_of
from policy.labels import Labelled

FOLDER = "2 Förbättringsarbete"
FILES = "2 Förbättringsarbete, underlag"
JUDGED = ("Bedömning", "Vad det bygger på", "Insatser, nyckeltal och beslut som visar det")


def work(of: PapersOf) -> Iterator[PackedFile]:
    yield from of.binder.both(FOLDER, _improvements(of))
    yield from of.binder.both(FOLDER, _comments(of))
    yield from _evidence(of)
    yield from of.binder.both(FOLDER, _efforts(of))
    yield from of.binder.both(FOLDER, _placements(of))
    yield from of.binder.table(FOLDER, _indicators(of))
    yield from of.binder.both(FOLDER, _results(of))
    yield from of.binder.both(FOLDER, _own_goals(of))
    yield from of.binder.both(FOLDER, _goals(of))
    yield from _analyses(of)
    if of.is_own:
        yield from _statistics(of)
        yield from of.binder.both(FOLDER, _questions(of))


def _improvements(of: PapersOf) -> Sheet:
    works = Improvement.objects.visible_to(of.reader).filter(participation=of.participation)
    works = works.select_related("item", "borrowed_from").order_by("position", "pk")
    works = works.prefetch_related("cycles", "goals", "articles")
    about = ("Förbättringsarbete", "Moment", "Idén kommer från", "Delas med gruppen", "Delmål, artiklar och taggar")
    return Sheet(
        "Förbättringsarbeten",
        (*about, "Cykel", "Planera", "Göra", "Studera", "Agera", "Beslut"),
        tuple(
            (row.title, _moment(row), str(row.borrowed_from or ""), row.shared, _tags(row), *cycle)
            for row in works
            for cycle in _cycles(row)
        ),
    )


def _cycles(row: Improvement) -> list[tuple[Cell, ...]]:
    cycles: list[tuple[Cell, ...]] = [
        (cycle.number, cycle.plan, cycle.do, cycle.study, cycle.act, cycle.get_decision_display())
        for cycle in row.cycles.all()
    ]
    return cycles or [(None, "", "", "", "", "")]


def _comments(of: PapersOf) -> Sheet:
    rows = Comment.objects.visible_to(of.reader).filter(improvement__participation=of.participation)
    rows = rows.select_related("improvement", "organisation").order_by("improvement__position", "written_at", "pk")
    return Sheet(
        "Kommentarer till förbättringsarbeten",
        ("Kommentar", "Förbättringsarbete", "Skriven av", "Dag"),
        tuple((row.text, row.improvement.title, row.writer, on_day(row.written_at)) for row in rows),
    )


def _evidence(of: PapersOf) -> Iterator[PackedFile]:
    visible = WorkEvidence.objects.visible_to(of.reader).filter(improvement__participation=of.participation)
    rows = list(visible.select_related("improvement").order_by("improvement__position", "pk"))
    sheet_rows = tuple((row.title, row.improvement.title, row.url, on_day(row.added_at)) for row in rows)
    columns = ("Underlag", "Förbättringsarbete", "Länk", "Tillagt")
    yield from of.binder.both(FILES, Sheet("Underlag till förbättringsarbeten", columns, sheet_rows))
    yield from (uploaded(FILES, row) for row in rows if row.file)


def _efforts(of: PapersOf) -> Sheet:
    # Examples of others are anyone's to read, so it is the organisation's own that are asked for.
    efforts = Effort.objects.visible_to(of.reader).filter(participation=of.participation)
    efforts = efforts.select_related("item").prefetch_related("steps", "goals", "articles").order_by("position", "pk")
    about = ("Insats", "Moment", "Delas med gruppen", "Delmål, artiklar och taggar")
    return Sheet(
        "Insatser",
        (*about, "Steg i resultatkedjan", "Läge", "När", "Beskrivning", "Det ledde hit", "Så märks det", "För vilka"),
        tuple((row.title, _moment(row), row.shared, _tags(row), *step) for row in efforts for step in _steps(row)),
    )


def _steps(row: Effort) -> list[tuple[Cell, ...]]:
    steps: list[tuple[Cell, ...]] = [
        (
            step.get_stage_display(),
            step.how_far,
            str(step.when),
            step.text,
            step.led_here,
            step.noticed_how,
            step.for_whom,
        )
        for step in sorted(row.steps.all(), key=lambda step: step.order)
    ]
    return steps or [("",) * 7]


def _tags(row: Labelled) -> str:
    return "; ".join(map(str, (*row.goals.all(), *row.articles.all(), *row.tag_list)))


def _placements(of: PapersOf) -> Sheet:
    placed = sorted(of.participation.placements.all(), key=lambda row: PlacingTime(row.occasion).order)
    rows = tuple((row.get_occasion_display(), row.get_stage_display(), row.reason, row.placed_on) for row in placed)
    return Sheet("Egen placering på resultatkedjan", ("Tillfälle", "Steg", "Varför", "Angivet"), rows)


def _moment(row: Improvement | Effort) -> str:
    return row.item.short if row.item else ""


def _indicators(of: PapersOf) -> Sheet:
    """Return the values as any reader sees them, since papers are passed on: small numbers are not in them."""
    rows = Indicator.objects.visible_to(of.reader).filter(participation=of.participation)
    rows = rows.select_related("participation__organisation").prefetch_related("goals", "articles")
    rows = rows.order_by("position", "pk")
    about = ("Källa", "Anteckning", "Delmål, artiklar och taggar")
    return Sheet(
        "Nyckeltal",
        ("Nyckeltal", "Period", "Enhet", "Kvinnor", "Män", "Totalt", "Skillnad", *about),
        tuple(
            (series.indicator.title, in_words(point.period), point.unit, *_figures(point), *_told(series, point))
            for series in series_of_many(list(rows), editor=False)
            for point in series.points
        ),
    )


def _figures(point: SeriesPoint) -> tuple[Cell, ...]:
    return tuple("visas inte" if name in point.hidden else typed(getattr(point, name)) for name in FIGURES)


def _told(series: Series, point: SeriesPoint) -> tuple[str, str, str]:
    indicator = series.indicator
    source = ", ".join(part for part in (indicator.get_source_display(), indicator.original_source) if part)
    return source, point.note or point.status, _tags(indicator)


def _results(of: PapersOf) -> Sheet:
    answers = of.participation.result_answers.as_read_by(of.reader).select_related("result")
    return Sheet(
        "Förväntade resultat",
        ("Förväntat resultat", *JUDGED),
        tuple((row.result.text, *_judged(row)) for row in answers.order_by("result__position", "pk")),
    )


def _own_goals(of: PapersOf) -> Sheet:
    goals = of.participation.own_goals.as_read_by(of.reader)
    return Sheet(
        "Egna mål",
        ("Mål", "Var det sattes", "När", *JUDGED),
        tuple((row.goal, row.get_origin_display(), row.set_on, *_judged(row)) for row in goals),
    )


def _judged(row: ResultAnswer | OwnGoal) -> tuple[str, str, str]:
    decided = (decision.in_words for decision in row.decisions.all())
    shown_by = "; ".join((*map(str, row.efforts.all()), *map(str, row.indicators.all()), *decided))
    return row.get_judgement_display(), row.text, shown_by


def _goals(of: PapersOf) -> Sheet:
    goals = of.participation.reached_goals.select_related("period").order_by("reached_on", "pk")
    rows = tuple((row.goal, row.period.name, row.reached_on) for row in goals)
    return Sheet("Nådda mål", ("Mål", "Period", "Nått"), rows)


def _analyses(of: PapersOf) -> Iterator[PackedFile]:
    visible = Analysis.objects.visible_to(of.reader).filter(participation=of.participation)
    for row in visible.prefetch_related("indicators"):
        row.participation = of.participation
        paper = analysis_paper(row, timezone.localdate())
        draft = ", utkast" if paper.is_draft else ""
        yield pdf_entry(FOLDER, f"Jämställdhetsanalys, {row.title}{draft}", partial(html_of, paper), day=row.signed_on)


def _statistics(of: PapersOf) -> Iterator[PackedFile]:
    inventory = inventory_of(of.participation)
    if inventory.rows:
        yield PackedFile(FOLDER, "Statistik vi har", "csv", lambda _beat: [inventory.csv.encode()])


def _questions(of: PapersOf) -> Sheet:
    asked = of.participation.asked_questions.order_by("asked_on", "pk")
    return Sheet(
        "Ställda frågor",
        ("Fråga", "Ställd av", "Var", "Dag", "Svar"),
        tuple((row.text, Function(row.audience).label, row.place, row.asked_on, row.answer) for row in asked),
    )
