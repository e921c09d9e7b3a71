"""Rules that decide who gets the letter: everyone that the admitted have named, and the mentors' strategists."""

from dataclasses import dataclass

from django.utils import timezone

from accounts.models import User
from cohorts.enums import Function, Status
from cohorts.models import Cohort, Delegate
from kit.ordering import by_name
from mailings.models import Mail


@dataclass(frozen=True)
class Recipient:
    user: User
    organisation: str
    function: str
    reason: str
    number: int
    has: int
    waits: bool

    @property
    def has_it(self) -> bool:
        return self.has == self.number


def letter_key(cohort: Cohort, number: int, user: User) -> str:
    return f"letter:{cohort.pk}:{number}:{user.pk}"


def recipients(cohort: Cohort, number: int) -> list[Recipient]:
    """Return each person once, those admitted first.

    `has` is the newest version that is mailed to them, or 0. A person who `waits` has had no invitation.
    """
    newest, delegates = _newest(cohort), _delegates(cohort)
    invited = {delegate.user_id for delegate in delegates if delegate.invited_at}
    by_user: dict[int, Recipient] = {}
    for delegate in delegates:
        key = delegate.user_id
        if key not in by_user:
            by_user[key] = _recipient(delegate, number, newest.get(key, 0), waits=key not in invited)
    return list(by_user.values())


def _newest(cohort: Cohort) -> dict[int, int]:
    """Return the number of the newest version that each person has, by the person's key."""
    sent = Mail.objects.filter(key__startswith=f"letter:{cohort.pk}:").values_list("key", flat=True)
    pairs = sorted((int(number), int(user)) for _, _, number, user in (key.split(":") for key in sent))
    return {user: number for number, user in pairs}


def _recipient(delegate: Delegate, number: int, has: int, *, waits: bool) -> Recipient:
    participation = delegate.participation
    name = participation.organisation.name
    function = delegate.get_function_display().lower()
    role = f"ersättare, {function}," if delegate.deputy else function
    reason = f"Du får brevet för att du är {role} i {name}"
    reason += f", som är mentor i {participation.cohort}." if not participation.is_participant else "."
    shown = f"{delegate.get_function_display()}{', ersättare' if delegate.deputy else ''}"
    # A mail's reason has room for 300 characters.
    return Recipient(delegate.user, name, shown, reason[:300], number, has, waits)


def _delegates(cohort: Cohort) -> list[Delegate]:
    rows = Delegate.objects.filter(participation__cohort=cohort, user__is_active=True)
    rows = rows.exclude(participation__status=Status.WITHDRAWN).current_or_coming(timezone.localdate())
    rows = rows.select_related("user", "participation__organisation", "participation__cohort")
    delegates = list(
        rows.order_by(by_name("participation__organisation__name"), "deputy", "function", by_name("user__name"))
    )
    admitted = [row for row in delegates if row.participation.is_participant]
    mentors = [row for row in delegates if not row.participation.is_participant]
    # A mentor organisation gets the letter through its strategists only.
    return [*admitted, *(row for row in mentors if row.function == Function.STRATEGIST)]
