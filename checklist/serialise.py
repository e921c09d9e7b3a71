"""Statistics for machines: the JSON of `manage.py statistics`, numbers as text with a dot and fixed decimals."""

from typing import Any

from checklist.models import AssessmentPlan
from checklist.panels import answered_meetings, live_panels
from checklist.statistics import Movement, Panel, Result, movement, result_of
from cohorts.models import Cohort
from meetings.models import Meeting
from modell.figures import Figure, dotted


def statistics_document(cohort: Cohort, meeting: Meeting | None, since: Meeting | None) -> dict[str, Any]:
    """One occasion of an omgång with the movement since another; SKR's own exact figures.

    In a blandad omgång the figures stand per kind under `by_kind`, since kinds are never pooled.
    """
    plan = cohort.plan
    now = live_panels(meeting, plan) if meeting else {}
    before = live_panels(since, plan) if since else {}
    results = {kind: result_of(panel) for kind, panel in now.items()}
    figures = {kind: _figures(results[kind], _movement(before, now, kind), since, meeting) for kind in now}
    document: dict[str, Any] = {
        "cohort": cohort.slug,
        "meeting": meeting.key if meeting else None,
        "checklist": plan.checklist.key,
        "n_expected": sum(result.n_expected for result in results.values()),
        "n_submitted": sum(result.n for result in results.values()),
    }
    if cohort.is_mixed:
        return {**document, **_figures(None, None, None, None), "by_kind": figures}
    return {**document, **next(iter(figures.values()), _figures(_nothing(plan), None, None, None))}


def default_meeting(cohort: Cohort) -> Meeting | None:
    """The last meeting with a submitted assessment."""
    return answered_meetings(cohort).last()


def meeting_before(meeting: Meeting | None) -> Meeting | None:
    """The nearest earlier meeting that has any."""
    if meeting is None:
        return None
    earlier = [other for other in answered_meetings(meeting.cohort) if _moment(other) < _moment(meeting)]
    return earlier[-1] if earlier else None


def _moment(meeting: Meeting) -> tuple[object, ...]:
    return (meeting.starts_on, meeting.number, meeting.pk)


def _nothing(plan: AssessmentPlan) -> Result:
    return result_of(Panel(tuple(plan.items), plan.highest_step, {}, 0))


def _movement(before: dict[str, Panel], now: dict[str, Panel], kind: str) -> Movement | None:
    return movement(before[kind], now[kind]) if kind in before else None


def _figures(
    result: Result | None, moved: Movement | None, since: Meeting | None, meeting: Meeting | None
) -> dict[str, Any]:
    return {
        "items": [_item(row) for row in result.items] if result else None,
        "overall_mean": dotted(result.overall_mean, 2) if result else None,
        "totals": _totals(result) if result else None,
        "movement": {
            "from_meeting": since.key,
            "to_meeting": meeting.key,
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
        if moved and since and meeting
        else None,
    }


def _item(row: Any) -> dict[str, Any]:
    return {
        "key": row.item.key,
        "number": row.item.number,
        "n": row.n,
        "mean": dotted(row.mean, 1),
        "min": dotted(row.minimum, 1),
        "max": dotted(row.maximum, 1),
    }


def _totals(result: Result) -> dict[str, str | None] | None:
    totals = result.totals
    if totals is None:
        return None
    names: dict[str, Figure] = {
        "min": totals.minimum,
        "max": totals.maximum,
        "mean": totals.mean,
        "max_possible": totals.max_possible,
    }
    return {name: dotted(value, 1) for name, value in names.items()}
