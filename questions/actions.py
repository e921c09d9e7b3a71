"""Actions that note, change and remove a question that was asked in an organisation."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from checklist.enums import Audience
from cohorts.locking import locked
from cohorts.models import Participation
from kit import audit
from kit.days import refuse_to_come
from kit.editing import change
from kit.templatetags.swedish import day
from questions.models import AskedQuestion
from questions.trail import QuestionEvent

ASKED = ("item", "text", "place", "asked_on", "answer")


@transaction.atomic
def note_question(*, participation: Participation, audience: Audience, by: User, **fields: Any) -> AskedQuestion:
    """Note the question; return the existing row if the same one is already noted."""
    participation = locked(participation)
    refuse_to_come(fields["asked_on"], timezone.localdate(), field="asked_on")
    question, new = AskedQuestion.objects.get_or_create(participation=participation, audience=audience, **fields)
    if new:
        _record(QuestionEvent.QUESTION_NOTED, question, by)
    return question


@transaction.atomic
def change_question(*, question: AskedQuestion, seen: str | None = None, by: User, **fields: Any) -> AskedQuestion:
    participation = locked(question.participation)
    question = participation.asked_questions.get(pk=question.pk)
    changes = change(question, fields, seen=seen)
    if changes is None:
        return question
    refuse_to_come(fields["asked_on"], timezone.localdate(), field="asked_on")
    question.save(update_fields=changes.names)
    _record(QuestionEvent.QUESTION_CHANGED, question, by)
    return question


@transaction.atomic
def remove_question(*, question: AskedQuestion, by: User) -> None:
    participation = locked(question.participation)
    row = participation.asked_questions.filter(pk=question.pk).first()
    if row is not None:  # a second click writes no second row in the trail
        _record(QuestionEvent.QUESTION_REMOVED, row, by)
        row.delete()


def _record(kind: QuestionEvent, question: AskedQuestion, by: User) -> None:
    audit.record(
        kind,
        target=question.item or question.indicator or question.effort or "Egen fråga",
        by=by,
        organisation=question.participation.organisation.code,
        what=f"{question.place} {day(question.asked_on)}",
    )
