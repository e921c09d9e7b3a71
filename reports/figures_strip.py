"""The picture of a meeting's figures: the range and mean of a kind, and the dots of those the reader may see."""

from dataclasses import replace

from modell.templatetags.swedish import mean
from reports.figure_values import FigureRow, KindFigures
from reports.pictures import Neighbour, Spread, Step, Strip, StripRow
from reports.pictures.base import Scale, Table, TextLine
from reports.pictures.scale import Layout
from reports.pictures.strip import DrawnStrip

# More dots than this on one line cover each other, and say nothing that the range does not.
MOST_DOTS = 6


class CohortStrip(Strip):
    """For one without an organisation of their own among the answers: the mean stands where "inte skattad" would."""

    @property
    def description(self) -> str:
        first, last = self.steps[0], self.steps[-1]
        told = [f"{row.label} {mean(row.cohort.mean)}" for row in self.rows if row.cohort]
        means = f" Medelvärden för {self.cohort_label}: {', '.join(told)}." if told else ""
        return f"Skala från {first.value} {first.label} till {last.value} {last.label}.{means}"

    @property
    def table(self) -> Table:
        whole = super().table
        headers, rows = whole.headers, whole.rows
        return Table(whole.caption, (headers[0], *headers[2:]), tuple((row[0], *row[2:]) for row in rows))

    def _drawn(self, row: StripRow, y: int, scale: Scale, layout: Layout, labels: tuple[TextLine, ...]) -> DrawnStrip:
        drawn = super()._drawn(row, y, scale, layout, labels)
        assert drawn.missing is not None
        # Narrow, there is no room between one line and the next label; the table has it.
        words = f"medelvärde {mean(row.cohort.mean)}" if row.cohort and not layout.labels_above else ""
        return replace(drawn, missing=replace(drawn.missing, text=words))

    def _legend(self) -> list[tuple[str, str, str]]:
        keys = super()._legend()[1:]
        return [(kind, "en organisation" if kind == "neighbour" else text, sign) for kind, text, sign in keys]


def strip_of(figures: KindFigures) -> Strip | None:
    """None where there is neither an aggregate nor an own dot to draw: a table reads better than others' dots alone."""
    own = figures.own
    if figures.result is None and own is None:
        return None
    drawn = Strip if own else CohortStrip
    return drawn(
        key=f"siffror-{figures.kind}",
        title=f"{figures.meeting}, {figures.plural} per moment",
        rows=tuple(_row(figures, row) for row in figures.rows),
        steps=tuple(Step(step.value, step.label) for step in figures.steps),
        own_label=own.name if own else "",
        cohort_label=figures.definite,
    )


def _row(figures: KindFigures, row: FigureRow) -> StripRow:
    key, now = row.item.key, row.now
    spread = None
    if now and now.mean is not None and now.minimum is not None and now.maximum is not None:
        spread = Spread(now.minimum, now.maximum, now.mean, now.n)
    others = figures.others if len(figures.others) <= MOST_DOTS else ()
    return StripRow(
        number=row.item.number,
        label=row.item.short,
        own=figures.own.answers.get(key) if figures.own else None,
        cohort=spread,
        group=tuple(Neighbour(other.name, other.answers.get(key)) for other in others),
    )
