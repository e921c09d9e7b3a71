"""The JSON of `manage.py statistics`; numbers are text with a dot and fixed decimals."""

from datetime import date
from typing import Any

from accounts.enums import SkrRole
from assessments.figures.panels import answered_meetings, live_panels
from assessments.figures.statistics import Movement, Panel, Result, movement, result_of
from assessments.models import AssessmentPlan
from assessments.occasions import Occasion, OccasionItem, every_occasion
from cohorts.models import Cohort, Participation
from cohorts.roles import Roles
from kit.figures import Figure, dotted
from meetings.models import Meeting

# The commands are SKR's own: what is submitted, and of that everything.
READER = Roles(skr_role=SkrRole.PROCESS_LEADER)


def statistics_document(cohort: Cohort, meeting: Meeting | None, since: Meeting | None) -> dict[str, Any]:
    """Return SKR's exact figures of one occasion, with movement since another; a mixed omgång has them `by_kind`."""
    plan = cohort.plan
    panels = live_panels(meeting, plan) if meeting else {}
    now = {kind: panel for kind, panel in panels.items() if panel.has_participants}
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
    """Return the organisation's submitted assessments in order of time, or only those for `meeting`."""
    occasions = every_occasion(participation, READER)
    return {
        "cohort": participation.cohort.slug,
        "organisation": participation.code,
        "checklist": participation.cohort.plan.checklist.key,
        "occasions": [
            _occasion(occasion) for occasion in occasions if meeting is None or occasion.assessment.meeting == meeting
        ],
    }


def default_meeting(cohort: Cohort) -> Meeting | None:
    return answered_meetings(cohort).last()


def meeting_before(meeting: Meeting | None) -> Meeting | None:
    if meeting is None:
        return None
    earlier = [other for other in answered_meetings(meeting.cohort) if _at(other) < _at(meeting)]
    return earlier[-1] if earlier else None


def _occasion(occasion: Occasion) -> dict[str, Any]:
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
        # `from_meeting` is null for an occasion outside meetings, so its day is there too.
        "movement": {
            **_elsewhere(occasion),
            "from_meeting": since.assessment.meeting.key if since.assessment.meeting else None,
            "from_submitted_on": _day(since.assessment.submitted_on),
            "forward": len(moved.forward),
            "still": len(moved.still),
            "back": len(moved.back),
        }
        if moved and since
        else None,
    }


def _elsewhere(occasion: Occasion) -> dict[str, str]:
    assert occasion.since is not None
    cohort = occasion.since.assessment.participation.cohort
    return {} if cohort.pk == occasion.assessment.participation.cohort_id else {"from_cohort": cohort.slug}


def _occasion_item(row: OccasionItem) -> dict[str, Any]:
    return {
        "key": row.item.key,
        "number": row.item.number,
        "value": dotted(row.now, 1),
        "before": dotted(row.before, 1),
        "change": dotted(row.change, 1),
        "aim": dotted(row.aim, 1),
    }


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _at(meeting: Meeting) -> tuple[object, ...]:
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
