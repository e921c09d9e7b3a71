"""What a representant leaves behind at the meetings when the seat goes to another, or to nobody."""

from datetime import date

from cohorts.models import Delegate
from meetings.models import Agreement, Attendance, PreparationTick


def pass_on_seat(*, leaving: Delegate, successor: Delegate | None, from_day: date) -> int:
    """How many open agreements went on, within the caller's transaction. Without a successor they are the function's.

    Answers to coming meetings are asked for anew, but of the same person in a new seat: theirs come along, as do the
    preparations they have ticked. What has been stays with the one who did it.
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
