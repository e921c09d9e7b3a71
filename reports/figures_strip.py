"""The picture of a meeting's figures: each kind's mean, its range where all of it is read, and dots with names."""

from collections.abc import Sequence
from dataclasses import replace

from kit.figures import FEWEST_COMPARED
from kit.pictures import Neighbour, RangeAndMean, ScaleStep, Strip, StripRow
from kit.pictures.base import PictureTable, Scale, TextLine
from kit.pictures.scale import ScaleLayout
from kit.pictures.strip import DrawnStrip
from kit.templatetags.swedish import mean
from reports.figure_values import FigureRow, KindFigures, NamedValues

# More dots than this on one line cover each other and add nothing to the range.
MOST_DOTS = 6


class CohortStrip(Strip):
    """A strip for readers without an own organisation among the answers: it prints the mean instead of an own value."""

    @property
    def description(self) -> str:
        first, last = self.steps[0], self.steps[-1]
        values = [f"{row.label} {mean(row.cohort.mean)}" for row in self.rows if row.cohort]
        means = f" Medelvärden för {self.cohort_label}: {', '.join(values)}." if values else ""
        return f"Skala från {first.value} {first.label} till {last.value} {last.label}.{means}"

    @property
    def table(self) -> PictureTable:
        whole = super().table
        headers, rows = whole.headers, whole.rows
        return PictureTable(whole.caption, (headers[0], *headers[2:]), tuple((row[0], *row[2:]) for row in rows))

    def _drawn(
        self, row: StripRow, y: int, scale: Scale, layout: ScaleLayout, labels: tuple[TextLine, ...]
    ) -> DrawnStrip:
        drawn = super()._drawn(row, y, scale, layout, labels)
        assert drawn.missing is not None
        # A narrow picture has no room for the words between a line and the next label; the table has them.
        words = f"medelvärde {mean(row.cohort.mean)}" if row.cohort and not layout.labels_above else ""
        return replace(drawn, missing=replace(drawn.missing, text=words))

    def _legend(self) -> list[tuple[str, str, str]]:
        return super()._legend()[1:]


def strips_of(kinds: Sequence[KindFigures]) -> list[Strip]:
    """Return a picture of all kinds together if the reader reads few enough to name them, else one for each kind."""
    named = [named for figures in kinds for named in figures.named]
    if len(kinds) > 1 and FEWEST_COMPARED <= len(named) <= MOST_DOTS and not any(f.is_anonymous for f in kinds):
        return [_strip_of_named(kinds, sorted(named, key=lambda values: not values.own))]
    return [strip for strip in map(strip_of, kinds) if strip]


def strip_of(figures: KindFigures) -> Strip | None:
    """Return the strip of one kind, or None if so few are behind it that a table reads better."""
    own = figures.own
    if not figures.is_compared:
        return None
    drawn = Strip if own else CohortStrip
    return drawn(
        key=f"siffror-{figures.kind}",
        title=f"{figures.meeting}, {figures.plural} per moment",
        rows=tuple(_row(figures, row) for row in figures.rows),
        steps=_steps(figures),
        own_label=own.name if own else "",
        cohort_label=figures.definite,
    )


def _strip_of_named(kinds: Sequence[KindFigures], named: Sequence[NamedValues]) -> Strip:
    own, others = next((each for each in named if each.own), None), [each for each in named if not each.own]
    drawn = Strip if own else CohortStrip
    return drawn(
        key="siffror",
        title=f"{kinds[0].meeting}, värden per moment",
        rows=tuple(
            StripRow(
                number=item.number,
                label=item.short,
                own=own.answers.get(item.key) if own else None,
                group=tuple(Neighbour(each.name, each.answers.get(item.key)) for each in others),
            )
            for item in (row.item for row in kinds[0].rows)
        ),
        steps=_steps(kinds[0]),
        own_label=own.name if own else "",
    )


def _steps(figures: KindFigures) -> tuple[ScaleStep, ...]:
    return tuple(ScaleStep(step.value, step.label) for step in figures.steps)


def _row(figures: KindFigures, row: FigureRow) -> StripRow:
    key, now = row.item.key, row.now
    spread = None
    if figures.is_whole and now and now.mean is not None and now.n >= FEWEST_COMPARED:
        spread = RangeAndMean(now.mean, now.n, now.minimum, now.maximum)
    others = figures.others if len(figures.others) <= MOST_DOTS else ()
    return StripRow(
        number=row.item.number,
        label=row.item.short,
        own=figures.own.answers.get(key) if figures.own else None,
        cohort=spread,
        group=tuple(Neighbour(other.name, other.answers.get(key)) for other in others),
    )
