"""Actions that write what the evaluator has seen and heard. The trail says that it was written, and nothing of it."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from evaluation.actions.rows import is_removed, locked_row
from evaluation.erasing import last_day_of_notes
from evaluation.models import EvaluatorQuote, Interview, Observation
from evaluation.models.material import NO_FUNCTION
from evaluation.trail import EvaluationEvent
from kit import audit
from kit.days import refuse_to_come
from kit.editing import save
from kit.refusals import ActionRefused
from kit.templatetags.swedish import day

OBSERVATION = ("meeting", "item", "seen_on", "text", "may_be_used")
INTERVIEW = ("participation", "function", "title", "people", "interviewed_on", "form", "listed")
NOTES = ("notes", "erase_on")
QUOTE = ("text", "function", "may_be_used")
NOT_YOURS = "Bara den som gjorde intervjun skriver anteckningar om den."


@transaction.atomic
def save_observation(*, observation: Observation, by: User, seen: str | None = None, **fields: Any) -> Observation:
    refuse_to_come(fields["seen_on"], timezone.localdate(), field="seen_on")
    row = _authored(locked_row(observation), "written_by", by)
    if save(row, fields, seen=seen):
        audit.record(EvaluationEvent.OBSERVATION_SAVED, target=row.cohort, by=by)
    return row


@transaction.atomic
def save_interview(*, interview: Interview, by: User, seen: str | None = None, **fields: Any) -> Interview:
    row = _authored(locked_row(interview), "interviewed_by", by)
    if bool(fields["function"]) == bool(fields["title"]):
        raise ActionRefused(NO_FUNCTION, field="title")
    refuse_to_come(fields["interviewed_on"], timezone.localdate(), field="interviewed_on")
    if "notes" in fields:
        _refuse_notes(row, fields["notes"], fields["erase_on"], by)
    if save(row, fields, seen=seen):
        audit.record(EvaluationEvent.INTERVIEW_SAVED, target=row.cohort, by=by)
    return row


def _refuse_notes(row: Interview, notes: str, erase_on: date, by: User) -> None:
    if row.interviewed_by_id != by.pk:
        raise ActionRefused(NOT_YOURS, field="notes")
    last, today = last_day_of_notes(row.cohort), timezone.localdate()
    if erase_on > last:
        latest = f"Anteckningarna raderas senast {day(last)}. Välj den dagen eller en tidigare."
        raise ActionRefused(latest, field="erase_on")
    if notes and erase_on <= today:
        raise ActionRefused("Välj en dag efter i dag, eller ta bort anteckningarna.", field="erase_on")


@transaction.atomic
def save_quote(*, quote: EvaluatorQuote, by: User, seen: str | None = None, **fields: Any) -> EvaluatorQuote:
    row = _authored(locked_row(quote), "written_by", by)
    if save(row, fields, seen=seen):
        audit.record(EvaluationEvent.QUOTE_SAVED, target=row.cohort, by=by)
    return row


@transaction.atomic
def remove_observation(*, observation: Observation, by: User) -> None:
    if is_removed(observation):
        audit.record(EvaluationEvent.OBSERVATION_REMOVED, target=observation.cohort, by=by)


@transaction.atomic
def remove_interview(*, interview: Interview, by: User) -> None:
    if is_removed(interview):
        audit.record(EvaluationEvent.INTERVIEW_REMOVED, target=interview.cohort, by=by)


@transaction.atomic
def remove_quote(*, quote: EvaluatorQuote, by: User) -> None:
    if is_removed(quote):
        audit.record(EvaluationEvent.QUOTE_REMOVED, target=quote.cohort, by=by)


def _authored(row: Any, column: str, by: User) -> Any:
    if row.pk is None:
        setattr(row, column, by)
    return row
