"""Statistics for machines: the JSON of `manage.py statistics`, numbers as text with a dot and fixed decimals."""

from datetime import date
from typing import Any

from accounts.enums import SkrRole
from checklist.models import AssessmentPlan
from checklist.occasions import Occasion, OccasionItem, every_occasion
from checklist.panels import answered_meetings, live_panels
from checklist.statistics import Movement, Panel, Result, movement, result_of
from cohorts.models import Cohort, Participation
from cohorts.roles import Roles
from meetings.models import Meeting
from modell.figures import Figure, dotted

# The commands are SKR's own: what is submitted, and of that everything.
READER = Roles(skr_role=SkrRole.PROCESS_LEADER)


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


def organisation_document(participation: Participation, meeting: Meeting | None) -> dict[str, Any]:
    """One organisation's submitted self-assessments in time's order; those before `meeting` alone if it is given."""
    occasions = every_occasion(participation, READER)
    return {
        "cohort": participation.cohort.slug,
        "organisation": participation.code,
        "checklist": participation.cohort.plan.checklist.key,
        "occasions": [_occasion(one) for one in occasions if meeting is None or one.assessment.meeting == meeting],
    }


def default_meeting(cohort: Cohort) -> Meeting | None:
    """The last meeting with a submitted assessment."""
    return answered_meetings(cohort).last()


def meeting_before(meeting: Meeting | None) -> Meeting | None:
    """The nearest earlier meeting that has any."""
    if meeting is None:
        return None
    earlier = [other for other in answered_meetings(meeting.cohort) if _moment(other) < _moment(meeting)]
    return earlier[-1] if earlier else None


def _occasion(occasion: Occasion) -> dict[str, Any]:
    """`movement` counts moment since `from_meeting` or, where that is null, since the day `from_submitted_on`."""
    assessment, moved, since = occasion.assessment, occasion.movement, occasion.since
    meeting = assessment.meeting
    return {
        "meeting": meeting.key if meeting else None,
        "part": occasion.part.name if occasion.part else None,
        "checklist": occasion.checklist.key,
        "submitted_on": _day(assessment.submitted_on),
        "judged_by": assessment.judged_by or None,
        "raters": dict(occasion.raters),
        "assessors": assessment.assessors,
        "items": [_occasion_item(row) for row in occasion.items],
        "total": dotted(occasion.total, 1),
        "floor": occasion.floor,
        "max_possible": occasion.max_possible,
        "movement": {
            "from_meeting": since.assessment.meeting.key if since.assessment.meeting else None,
            "from_submitted_on": _day(since.assessment.submitted_on),
            "forward": len(moved.forward),
            "still": len(moved.still),
            "back": len(moved.back),
        }
        if moved and since
        else None,
    }


def _occasion_item(row: OccasionItem) -> dict[str, Any]:
    return {
        "key": row.item.key,
        "number": row.item.number,
        "value": dotted(row.value, 1),
        "before": dotted(row.before, 1),
        "change": dotted(row.change, 1),
        "aim": dotted(row.aim, 1),
    }


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


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
