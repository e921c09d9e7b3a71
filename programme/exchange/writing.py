"""From the database to a cohort package: the same rows give the same document, in the order they came in."""

import json
import os
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db.models import Prefetch, QuerySet

from checklist.models import Assessment, Score
from cohorts.models import Cohort, Group, GroupMentor, Participation
from improvements.models import Effort, Improvement
from meetings.models import Meeting, Period
from programme.exchange.process.writing import (
    cohort_of,
    meeting_of,
    meetings_of,
    participant_of,
    participations_of,
    period_of,
)
from programme.exchange.schema import FORMAT, VERSIONS, in_lowest_version
from programme.exchange.shapes import day_text
from reports.models import Report, Section


def render(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def write_file(path: Path, text: str) -> None:
    """Whole or not at all: a failed export leaves no half file, and an earlier one as it was."""
    path = path.resolve()
    if path.exists() and not path.is_file():  # a pipe or a device is written to, never replaced
        path.write_text(text, encoding="utf-8")
        return
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def export_document(cohort: Cohort) -> dict[str, Any]:
    participations = list(participations_of(cohort))
    codes = {participation.organisation_id: participation.code for participation in participations}
    document = {
        "format": FORMAT,
        "version": VERSIONS[-1],
        "provenance": cohort.provenance,
        "cohort": _cohort(cohort),
        "participants": [_participant(participation) for participation in participations],
        "groups": [_group(group, participations) for group in _in_order(Group, cohort=cohort)],
        "meetings": [_meeting(meeting) for meeting in meetings_of(cohort)],
        "assessments": [_assessment(assessment) for assessment in _assessments(cohort)],
        "efforts": [_effort(effort) for effort in _work(Effort, cohort, "steps")],
        "improvements": [_improvement(work, codes) for work in _work(Improvement, cohort, "cycles")],
        "reports": [_report(report) for report in _reports(cohort)],
        "periods": [period_of(period) for period in _periods(cohort)],
    }
    return in_lowest_version(document)


def _in_order(model: Any, **of: Any) -> QuerySet[Any]:
    return model.objects.filter(**of).order_by("position", "pk")


def _periods(cohort: Cohort) -> QuerySet[Period]:
    periods: QuerySet[Period] = _in_order(Period, cohort=cohort)
    return periods.select_related("after", "before")


def _assessments(cohort: Cohort) -> QuerySet[Assessment]:
    scores = Score.objects.select_related("item").order_by("item__number")
    assessments = Assessment.objects.by_plan_of(cohort).order_by("pk")
    return assessments.select_related("participation", "meeting").prefetch_related(Prefetch("scores", scores))


def _work(model: Any, cohort: Cohort, parts: str) -> QuerySet[Any]:
    rows = _in_order(model, participation__cohort=cohort)
    return rows.select_related("participation", "item").prefetch_related(parts)


def _reports(cohort: Cohort) -> QuerySet[Report]:
    reports = Report.objects.filter(participation__cohort=cohort).order_by("pk")
    return reports.select_related("participation").prefetch_related("texts")


def _cohort(cohort: Cohort) -> dict[str, Any]:
    plan = cohort.plan
    sections = _in_order(Section, cohort=cohort)
    return {
        "slug": cohort.slug,
        "name": cohort.name,
        "kind": cohort.kind,
        "starts_on": day_text(cohort.starts_on),
        "ends_on": day_text(cohort.ends_on),
        "checklist": plan.checklist.key,
        "half_steps": plan.half_steps,
        "sections": [{"key": section.key, "heading": section.heading} for section in sections],
        "expected_results": [
            {"key": result.key, "text": result.text, "kind": result.kind}
            for result in cohort.expected_results.order_by("position", "pk")
        ],
        **cohort_of(cohort, plan),
    }


def _participant(participation: Participation) -> dict[str, Any]:
    return {
        "organisation": participation.code,
        "role": participation.role,
        "status": participation.status,
        "withdrawn_on": day_text(participation.withdrawn_on),
        "reported": participation.reported,
        "through": participation.through or None,
        "mentor_next": participation.mentor_next or None,
        **participant_of(participation),
    }


def _group(group: Group, participations: list[Participation]) -> dict[str, Any]:
    mentors = _in_order(GroupMentor, group=group).select_related("participation")
    return {
        "key": group.key,
        "name": group.name,
        "track": group.track or None,
        "members": [member.code for member in participations if member.group_id == group.pk],
        "mentors": [
            {
                "organisation": mentor.participation.code,
                "supporting": mentor.supporting,
                "theme": mentor.theme or None,
            }
            for mentor in mentors
        ],
    }


def _meeting(meeting: Meeting) -> dict[str, Any]:
    return {
        "key": meeting.key,
        "name": meeting.name,
        "kind": meeting.kind,
        "number": meeting.number,
        "theme": meeting.theme or None,
        "starts_on": day_text(meeting.starts_on),
        "ends_on": day_text(meeting.ends_on),
        "form": meeting.form,
        "group": meeting.group.key if meeting.group else None,
        **meeting_of(meeting),
    }


def _assessment(assessment: Assessment) -> dict[str, Any]:
    scores = list(assessment.scores.all())
    return {
        "organisation": assessment.participation.code,
        "meeting": assessment.meeting.key if assessment.meeting else None,
        "status": assessment.state,
        "submitted_on": day_text(assessment.submitted_on),
        "assessors": assessment.assessors,
        "scores": {score.item.key: _decimal(score.value) for score in scores if score.value is not None},
        "comments": {
            score.item.key: {"text": score.comment or None, "shared": score.shared}
            for score in scores
            if score.comment or score.shared
        },
        "glad_to_tell": [score.item.key for score in scores if score.glad_to_tell],
    }


def _effort(effort: Effort) -> dict[str, Any]:
    steps = sorted(effort.steps.all(), key=lambda step: step.order)
    return {
        "organisation": effort.participation.code,
        "title": effort.title,
        "item": effort.item.key if effort.item else None,
        "shared": effort.shared,
        "example": effort.example,
        "steps": [{"stage": step.stage, "state": step.state, "year": step.year, "text": step.text} for step in steps],
    }


def _improvement(work: Improvement, codes: dict[int, str]) -> dict[str, Any]:
    return {
        "organisation": work.participation.code,
        "title": work.title,
        "item": work.item.key if work.item else None,
        "borrowed_from": codes.get(work.borrowed_from_id) if work.borrowed_from_id else None,
        "shared": work.shared,
        "cycles": [
            {
                "plan": cycle.plan,
                "do": cycle.do,
                "study": cycle.study,
                "act": cycle.act,
                "decision": cycle.decision or None,
            }
            for cycle in work.cycles.all()
        ],
    }


def _report(report: Report) -> dict[str, Any]:
    texts = sorted(report.texts.all(), key=lambda text: text.pk)
    return {
        "organisation": report.participation.code,
        "status": report.state,
        "approved_on": day_text(report.approved_on),
        "sections": {text.key: {"text": text.text or None, "shared": text.shared} for text in texts},
    }


def _decimal(value: Decimal) -> str:
    return str(value).removesuffix(".0")
