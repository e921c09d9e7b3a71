"""The table of a meeting's figures: the kinds side by side, and the values that the reader may read by name."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.figures.disclosure import Shown
from checklist.models import Item
from kit.figures import FEWEST_COMPARED
from kit.templatetags.swedish import mean
from reports.figure_values import FigureRow, KindFigures, NamedValues

# More columns than this are a list of links.
MOST_NAMED = 9


@dataclass(frozen=True)
class FiguresTable:
    heads: tuple[str, ...]
    rows: tuple[tuple[Item, tuple[str, ...]], ...]


def table_of(kinds: Sequence[KindFigures]) -> FiguresTable | None:
    """Return the table in the order of the first kind, or None if the reader may see no figure at all."""
    columns = [_columns(figures, several=len(kinds) > 1) for figures in kinds]
    names = named_columns(kinds)
    heads = [head for of_kind in columns for head in of_kind]
    heads += [f"{named.name} (ni)" if named.own else named.name for named in names]
    if not heads:
        return None
    rows = [{row.item.pk: row for row in figures.rows} for figures in kinds]
    items = [row.item for row in kinds[0].rows]
    return FiguresTable(
        tuple(heads),
        tuple(
            (
                item,
                (
                    *(
                        cell
                        for figures, of_kind in zip(kinds, rows, strict=True)
                        for cell in _cells(figures, of_kind[item.pk])
                    ),
                    *(mean(named.answers.get(item.key)) for named in names),
                ),
            )
            for item in items
        ),
    )


def sums_of(kinds: Sequence[KindFigures]) -> str:
    """Return the lowest and highest sum of each kind, or the sum of a single one, in a sentence with the scale."""
    parts = []
    for figures in kinds:
        totals = figures.totals
        if totals and figures.is_compared:
            parts.append(f"mellan {mean(totals.minimum)} och {mean(totals.maximum)} för {figures.whose}")
        elif totals and not figures.is_of_several:
            parts.append(f"{mean(totals.maximum)} för {figures.whose}")
    scale = next((figures.totals for figures in kinds if figures.totals), None)
    if scale is None or not parts:
        return ""
    return (
        f"Summan av alla moment, på en skala från {scale.floor} till {scale.max_possible}, är en fingervisning: "
        f"{', '.join(parts)}."
    )


def named_columns(kinds: Sequence[KindFigures]) -> list[NamedValues]:
    named = [named for figures in kinds for named in figures.named]
    return sorted(named, key=lambda values: not values.own) if len(named) <= MOST_NAMED else []


def _columns(figures: KindFigures, *, several: bool) -> list[str]:
    if not figures.is_of_several:
        return []
    whose = f", {figures.plural}" if several else ""
    whose += "" if figures.is_whole else " du läser" if several else " av dem du läser"
    return [f"Medelvärde{whose}", "Antal", *([f"Lägst–högst{whose}"] if _has_range(figures) else [])]


def _cells(figures: KindFigures, row: FigureRow) -> list[str]:
    now = row.now
    if now is None or not figures.is_of_several:
        return []
    ends = f"{mean(now.minimum)}–{mean(now.maximum)}" if now.n >= FEWEST_COMPARED else "–"
    return [mean(now.mean) if now.n else "–", str(now.n) if now.n else "–", *([ends] if _has_range(figures) else [])]


def _has_range(figures: KindFigures) -> bool:
    return figures.shown == Shown.ALL and figures.is_compared
