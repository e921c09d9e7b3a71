"""The figures that a report may hold in running text: what each reference prints now, said in this place alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.text import slugify

from cohorts.models import Participation
from improvements.statistics import chain_of
from indicators.models import Indicator
from indicators.periods import in_words as period_in_words
from indicators.series import Series, series_of_many
from indicators.units import difference, with_unit
from indicators.whom import names_of
from kit.references.naming import is_same_print
from kit.rich import Document
from kit.rich.figures import figures_of as figures_in
from kit.templatetags.swedish import in_words, some
from reports.content.blocks import FigureTable
from reports.content.joint_chapters import values_table
from reports.content.joint_value import KindPart
from reports.content.organisation import moved_between, own_occasions, own_values
from reports.content.own_materials import OWN_VALUES
from reports.figures import count_of
from reports.models import Report

ASSESSED, MOVED, INDICATORS, EFFORTS = "Självskattning", "Förflyttning", "Nyckeltal", "Insatser"


@dataclass(frozen=True)
class LiveFigure:
    """A figure with its reference, what it says of whom, and what is printed now; `group` is its table or source."""

    ref: str
    label: str
    printed: str
    group: str

    @property
    def markdown(self) -> str:
        """Return what one types to put it in a text."""
        return f"[{self.printed}]{{{self.ref}}}"


@dataclass(frozen=True)
class ChangedFigure:
    """A figure in a text whose words are not what is printed now; `printed` is empty where the figure has gone."""

    ref: str
    words: str
    printed: str

    @property
    def in_words(self) -> str:
        now = f"Nu är det {self.printed}." if self.printed else "Nu finns siffran inte längre."
        return f"Du skrev ”{self.words}”. {now}"


def figures_of(report: Report) -> tuple[LiveFigure, ...]:
    """Return what the organisation may put in its report: it reads its own values, published with the report or not."""
    participation = report.participation
    return (*_assessed(report), *_indicators(participation), *_efforts(participation))


def figures_in_joint(kinds: Iterable[KindPart]) -> tuple[LiveFigure, ...]:
    """Return what the joint report may hold in its texts: the figures of its table of means, which anyone may see."""
    tables = (values_table(kind) for kind in kinds)
    return tuple(figure for table in tables if table for figure in _of_table(table, table.caption))


def changed_in(document: Document, figures: Iterable[LiveFigure]) -> tuple[ChangedFigure, ...]:
    """Return each figure of the text, once, whose words are no longer what is printed."""
    current = {figure.ref: figure.printed for figure in figures}
    changed = (
        ChangedFigure(node.ref, node.words, current.get(node.ref, ""))
        for node in figures_in(document)
        if not is_same_print(node.words, current.get(node.ref, ""))
    )
    return tuple(dict.fromkeys(changed))


def _of_table(table: FigureTable, group: str) -> Iterator[LiveFigure]:
    for row in table.rows:
        for place, cell in enumerate(row):
            if ref := table.ref(row, place):
                column = table.headers[place]
                yield LiveFigure(ref, f"{row[0]}, {column[:1].lower()}{column[1:]}", cell, group)


def _assessed(report: Report) -> Iterator[LiveFigure]:
    occasions, items = own_occasions(report), report.participation.cohort.plan.items
    values = own_values(report, items, occasions)
    if values is None:
        return
    table = values.table
    yield from _of_table(FigureTable(table.caption, table.headers, table.rows, OWN_VALUES), ASSESSED)
    if moved := moved_between(items, occasions):
        between = f"från {occasions[0].name} till {occasions[-1].name}"
        of = f"av {in_words(len(moved.items))}"
        for name, label, rows in (
            ("framat", "Moment som har gått framåt", moved.forward),
            ("stilla", "Moment som står stilla", moved.still),
            ("bakat", "Moment som har gått bakåt", moved.back),
        ):
            yield LiveFigure(f"forflyttning.{name}", f"{label} {between}", f"{count_of(len(rows))} {of}", MOVED)


def _indicators(participation: Participation) -> Iterator[LiveFigure]:
    rows = Indicator.objects.filter(participation=participation).order_by("position", "pk")
    # As those read it who do not edit the values: a report is read by anyone.
    for series in series_of_many(list(rows.select_related("participation__organisation", "key_figure")), editor=False):
        yield from _indicator(series)


def _indicator(series: Series) -> Iterator[LiveFigure]:
    indicator, point = series.indicator, series.latest
    if point is None or point.gap is None:
        return
    names = names_of(indicator)
    for name, label, printed in (
        (names.women, names.women, with_unit(point.women, point.unit)),
        (names.men, names.men, with_unit(point.men, point.unit)),
        ("skillnad", f"skillnaden mellan {names.both}", difference(abs(point.gap), point.unit)),
    ):
        about = f"{indicator.title}, {label}, {period_in_words(point.period)}"
        yield LiveFigure(f"nyckeltal.{indicator.key}.{slugify(name)}", about, printed, INDICATORS)


def _efforts(participation: Participation) -> Iterator[LiveFigure]:
    chain = chain_of(participation.efforts.prefetch_related("steps"))
    if not chain.n_efforts:
        return
    of = f"av {in_words(chain.n_efforts)}"
    for stage in chain.stages:
        label = f"Insatser som har nått {stage.label.lower()}"
        ref = f"insatser.{stage.stage.value.replace('_', '-')}"
        yield LiveFigure(ref, label, f"{some(stage.reached or 0)} {of}", EFFORTS)
