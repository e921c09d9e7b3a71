"""The part of a hand-over that concerns meetings: agreements, answers and ticked preparations."""

from datetime import date

from cohorts.models import Delegate
from meetings.models import Agreement, Attendance, PreparationTick


def pass_on_seat(*, leaving: Delegate, successor: Delegate | None, from_day: date) -> int:
    """Move open agreements to the successor, or to the function if there is none, and return how many moved.

    The same person in a new seat keeps answers to coming meetings and ticks; anyone else is asked anew. It runs in the
    caller's transaction.
    """
    owned = Agreement.objects.filter(owner=leaving, done_on=None)
    if successor is None:
        owned.filter(function="").update(function=leaving.function)
    passed_on = owned.update(owner=successor)
    answers = Attendance.objects.filter(delegate=leaving, meeting__starts_on__gte=from_day, attended=None)
    if successor is None or successor.user_id != leaving.user_id:
        answers.delete()
        return passed_on
    answers.update(delegate=successor)
    ticks = PreparationTick.objects.filter(delegate=leaving, preparation__meeting__starts_on__gte=from_day)
    ticks.update(delegate=successor)
    return passed_on
