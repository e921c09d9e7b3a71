"""Exactly who gets the letter: everyone named by those admitted, and the mentors' strategists. Each person once."""

from dataclasses import dataclass

from django.utils import timezone

from accounts.models import User
from cohorts.enums import Function, Status
from cohorts.models import Cohort, Delegate
from mailings.models import Mail


@dataclass(frozen=True)
class Recipient:
    user: User
    organisation: str
    function: str
    reason: str
    has_it: bool


def letter_key(cohort: Cohort, number: int, user: User) -> str:
    return f"letter:{cohort.pk}:{number}:{user.pk}"


def recipients(cohort: Cohort, number: int) -> list[Recipient]:
    """Those admitted first, then the mentors, each by organisation and function.

    `has_it` where the mail with this version is made already.
    """
    made = set(Mail.objects.filter(key__startswith=f"letter:{cohort.pk}:{number}:").values_list("key", flat=True))
    found: dict[int, Recipient] = {}
    for delegate in _delegates(cohort):
        user = delegate.user
        if user.pk not in found:
            found[user.pk] = _recipient(delegate, has_it=letter_key(cohort, number, user) in made)
    return list(found.values())


def _recipient(delegate: Delegate, *, has_it: bool) -> Recipient:
    participation = delegate.participation
    name = participation.organisation.name
    function = delegate.get_function_display().lower()
    role = f"ersättare, {function}," if delegate.deputy else function
    told = f"Du får brevet för att du är {role} i {name}"
    told += f", som är mentor i {participation.cohort}." if not participation.is_participant else "."
    shown = f"{delegate.get_function_display()}{', ersättare' if delegate.deputy else ''}"
    return Recipient(delegate.user, name, shown, told[:300], has_it)


def _delegates(cohort: Cohort) -> list[Delegate]:
    rows = Delegate.objects.filter(participation__cohort=cohort, user__is_active=True)
    rows = rows.exclude(participation__status=Status.WITHDRAWN).current_or_coming(timezone.localdate())
    rows = rows.select_related("user", "participation__organisation", "participation__cohort")
    found = list(rows.order_by("participation__organisation__name", "deputy", "function", "user__name"))
    admitted = [row for row in found if row.participation.is_participant]
    mentors = [row for row in found if not row.participation.is_participant]
    return [*admitted, *(row for row in mentors if row.function == Function.STRATEGIST)]
