"""From the database to what version 2 added."""

from typing import Any

from django.db.models import QuerySet

from checklist.models import AssessmentPlan
from cohorts.models import Cohort, Participation
from meetings.models import Meeting, Period
from programme.exchange.process import fields
from programme.exchange.shapes import Fields, written
from programme.models import Letter

LISTS = ("agenda", "preparations", "host_tasks", "agreements", "impressions", "takeaways", "material")


def participations_of(cohort: Cohort) -> QuerySet[Participation]:
    rows = Participation.objects.filter(cohort=cohort).order_by("position", "pk")
    related = ("organisation", "mentor_offer", "mentor_agreement", "title_decision")
    return rows.select_related(*related).prefetch_related("decisions")


def meetings_of(cohort: Cohort) -> QuerySet[Meeting]:
    rows = Meeting.objects.filter(cohort=cohort).order_by("starts_on", "pk")
    deeper = ("agreements__participation", "impressions__participation", "material__participation")
    ideas = ("takeaways__participation", "takeaways__source", "takeaways__improvement")
    return rows.select_related("group", "host", "hangs_on").prefetch_related(*LISTS, *deeper, *ideas)


def cohort_of(cohort: Cohort, plan: AssessmentPlan) -> dict[str, Any]:
    letter = Letter.objects.filter(cohort=cohort).exclude(introduction="", closing="").first()
    return {
        **written(fields.COHORT_COLUMNS, cohort),
        "title_rule": plan.title_rule,
        "part_checklist": plan.part_checklist.key if plan.part_checklist else None,
        "letter": _one(fields.LETTER, letter),
    }


def participant_of(participation: Participation) -> dict[str, Any]:
    decisions = sorted(participation.decisions.all(), key=lambda row: (row.decided_on, row.pk))
    return {
        **written(fields.PARTICIPANT_COLUMNS, participation),
        "decisions": [written(fields.DECISION, row) for row in decisions],
        "mentor_offer": _one(fields.OFFER, getattr(participation, "mentor_offer", None)),
        "mentor_agreement": _one(fields.MENTOR_AGREEMENT, getattr(participation, "mentor_agreement", None)),
        "title": _one(fields.TITLE, getattr(participation, "title_decision", None)),
    }


def meeting_of(meeting: Meeting) -> dict[str, Any]:
    return {
        **written(fields.MEETING_COLUMNS, meeting),
        "host": _code(meeting.host),
        "hangs_on": _key(meeting.hangs_on),
        "agenda": _listed(fields.AGENDA, meeting.agenda.all(), "day", "position"),
        "preparations": _listed(fields.PREPARATION, meeting.preparations.all(), "position"),
        "host_tasks": _listed(fields.HOST_TASK, meeting.host_tasks.all(), "position"),
        "agreements": _told(fields.AGREEMENT, meeting.agreements.all(), "position"),
        "impressions": _told(fields.IMPRESSION, meeting.impressions.all()),
        "takeaways": [
            {
                "organisation": row.participation.code,
                "source": row.source.code,
                "improvement": row.improvement.title if hasattr(row, "improvement") else None,
                **written(fields.TAKEAWAY, row),
            }
            for row in _in_order(meeting.takeaways.all())
        ],
        # A file stays where it is; only what leads to a page elsewhere is told.
        "links": _told(fields.LINK, [row for row in meeting.material.all() if row.url]),
    }


def period_of(period: Period) -> dict[str, Any]:
    ends = {"after": _key(period.after), "before": _key(period.before)}
    return {**ends, **written(fields.PERIOD, period)}


def _in_order(rows: Any, *by: str) -> list[Any]:
    return sorted(rows, key=lambda row: (*(getattr(row, name) for name in by), row.pk))


def _listed(columns: Fields, rows: Any, *by: str) -> list[dict[str, Any]]:
    return [written(columns, row) for row in _in_order(rows, *by)]


def _told(columns: Fields, rows: Any, *by: str) -> list[dict[str, Any]]:
    """What an organisation said, or the group, or SKR."""
    return [{"organisation": _code(row.participation), **written(columns, row)} for row in _in_order(rows, *by)]


def _one(columns: Fields, row: Any) -> dict[str, Any] | None:
    return written(columns, row) if row else None


def _code(participation: Participation | None) -> str | None:
    return participation.code if participation else None


def _key(meeting: Meeting | None) -> str | None:
    return meeting.key if meeting else None
