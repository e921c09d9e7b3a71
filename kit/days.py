"""Rules of days that every form, action and package holds, each with its sentence."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError

from kit.refusals import ActionRefused

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
FAR = "Ange en dag mellan 2000 och 2100."
TO_COME = "Datumet ligger i framtiden."
BACKWARDS = "Slutdagen kan inte ligga före startdagen."


def is_near(day: date) -> bool:
    """True if the day lies in a year from 2000 to 2100; any other is a slip of the hand."""
    return EARLIEST <= day <= LATEST


def validate_near(day: date) -> None:
    if not is_near(day):
        raise ValidationError(FAR)


def refuse_far(*days: date, field: str) -> None:
    """Refuse days that are computed from an entered day, and may lie further away than it."""
    if not all(map(is_near, days)):
        raise ActionRefused(FAR, field=field)


def refuse_to_come(day: date, today: date, *, field: str) -> None:
    """Refuse a day on which something was done, if it has not come yet."""
    if day > today:
        raise ActionRefused(TO_COME, field=field)


def is_backwards(first: date | None, last: date | None) -> bool:
    return first is not None and last is not None and last < first


def refuse_backwards(first: date | None, last: date | None, *, field: str) -> None:
    if is_backwards(first, last):
        raise ActionRefused(BACKWARDS, field=field)


def months_after(day: date, months: int) -> date:
    """Return the same day of a later month, or the last day of that month if it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))
