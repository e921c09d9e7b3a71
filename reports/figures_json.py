"""The JSON of `manage.py figures`: what a person's page shows; numbers are text with a dot and fixed decimals."""

from collections.abc import Sequence
from typing import Any

from assessments.figures.statistics import Result
from cohorts.models import Cohort
from kit.figures import dotted
from reports.figure_values import KindFigures
from reports.figures_choice import FiguresChoice


def figures_document(cohort: Cohort, choice: FiguresChoice, kinds: Sequence[KindFigures]) -> dict[str, Any]:
    return {
        "cohort": cohort.slug,
        "meeting": choice.meeting.key if choice.meeting else None,
        "kinds": {figures.kind: _kind(figures) for figures in kinds},
    }


def _kind(figures: KindFigures) -> dict[str, Any]:
    result = figures.result
    totals = result.totals if result else None
    return {
        "n": figures.n,
        "unread": figures.n_unread,
        "shown": str(figures.shown),
        "items": _items(figures, result),
        "overall_mean": dotted(result.overall_mean, 2) if result else None,
        "total_min": dotted(totals.minimum, 1) if totals else None,
        "total_max": dotted(totals.maximum, 1) if totals else None,
        "movement": _movement(figures),
    }


def _items(figures: KindFigures, result: Result | None) -> list[dict[str, Any]]:
    if result is None:
        return [{"key": item.key, "n": 0, "mean": None} for item in figures.items]
    return [{"key": row.item.key, "n": row.n, "mean": dotted(row.mean, 1)} for row in result.items]


def _movement(figures: KindFigures) -> dict[str, Any] | None:
    moved, since = figures.moved, figures.since
    if moved is None or since is None:
        return None
    return {
        "from_meeting": since.key,
        "to_meeting": figures.meeting.key,
        "n_matched": moved.n_matched,
        "items": [
            {
                "key": row.item.key,
                "from": dotted(row.before, 1),
                "to": dotted(row.now, 1),
                "change": dotted(row.change, 1),
            }
            for row in moved.items
        ],
    }
