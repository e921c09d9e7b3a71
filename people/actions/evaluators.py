"""Appoint a lärande utvärderare, change their last day and end their task."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cohorts.models import Cohort, Evaluator
from kit import audit
from kit.days import months_after
from kit.editing import save
from kit.refusals import ActionRefused
from kit.templatetags.swedish import day
from people.actions.accounts import CLOSED, person_with
from people.mails import EVALUATOR_APPOINTED, EVALUATOR_ENDED
from people.telling import tell_of_access
from people.trail import PeopleEvent

# The evaluation is often written after the last meeting.
MONTHS_AFTER = 12


def latest_day(cohort: Cohort) -> date:
    return months_after(cohort.ends_on, MONTHS_AFTER)


@transaction.atomic
def appoint_evaluator(*, cohort: Cohort, email: str, name: str, until: date, by: User | None) -> Evaluator:
    """Let a person read what is handed in until the day, and mail them; one who reads already gets the new day."""
    cohort = Cohort.objects.select_for_update(of=("self",), no_key=True).select_related("contact").get(pk=cohort.pk)
    user = person_with(email, name)
    there = Evaluator.objects.filter(cohort=cohort, user=user).first()
    if there and there.is_current(timezone.localdate()):
        return change_last_day(evaluator=there, until=until, by=by)
    _refuse_day(cohort, until)
    _refuse_unfit(user, cohort)
    row, _ = Evaluator.objects.update_or_create(cohort=cohort, user=user, defaults={"until": until})
    _record(PeopleEvent.EVALUATOR_APPOINTED, row, cohort, by)
    tell_of_access(EVALUATOR_APPOINTED, user, by=by, cohort=cohort, dag=day(until))
    return row


@transaction.atomic
def change_last_day(*, evaluator: Evaluator, until: date, seen: str | None = None, by: User | None) -> Evaluator:
    row = _locked(evaluator)
    _refuse_day(row.cohort, until)
    if not row.is_current(timezone.localdate()):
        raise ActionRefused("Uppdraget är redan slut. Lägg till personen igen.")
    if save(row, {"until": until}, seen=seen):
        _record(PeopleEvent.EVALUATOR_CHANGED, row, row.cohort, by)
        tell_of_access(EVALUATOR_APPOINTED, row.user, by=by, cohort=row.cohort, dag=day(until))
    return row


@transaction.atomic
def end_evaluator(*, evaluator: Evaluator, by: User | None) -> Evaluator:
    """End the reading at once: yesterday becomes the last day. Done twice it changes nothing."""
    row, today = _locked(evaluator), timezone.localdate()
    if not row.is_current(today):
        return row
    row.until = today - timedelta(days=1)
    row.save(update_fields=["until"])
    audit.record(PeopleEvent.EVALUATOR_ENDED, target=row.user, by=by, cohort=row.cohort.name)
    tell_of_access(EVALUATOR_ENDED, row.user, by=by, cohort=row.cohort)
    return row


def _locked(evaluator: Evaluator) -> Evaluator:
    rows = Evaluator.objects.select_for_update(of=("self",)).select_related("user", "cohort__contact")
    return rows.get(pk=evaluator.pk)


def _refuse_day(cohort: Cohort, until: date) -> None:
    if until < timezone.localdate():
        raise ActionRefused("Välj i dag eller en senare dag.", field="until")
    if until > latest_day(cohort):
        raise ActionRefused(f"Välj senast {day(latest_day(cohort))}, ett år efter omgångens sista dag.", field="until")


def _refuse_unfit(user: User, cohort: Cohort) -> None:
    if user.skr_role:
        raise ActionRefused("Personen har en roll på SKR och kan inte också vara utvärderare.", field="email")
    if not user.is_active:
        raise ActionRefused(CLOSED, field="email")
    if user.seats.filter(participation__cohort=cohort).current_or_coming(timezone.localdate()).exists():
        raise ActionRefused(f"{user.name} är representant i omgången och kan inte också utvärdera den.", field="email")


def _record(kind: PeopleEvent, row: Evaluator, cohort: Cohort, by: User | None) -> None:
    audit.record(kind, target=row.user, by=by, what=f"till och med {day(row.until)}", cohort=cohort.name)
