"""For whom a person speaks about an improvement."""

from collections.abc import Iterator

from cohorts.holders import WORKERS
from cohorts.roles import Roles, Seat
from improvements.models import Improvement


def seat_of(roles: Roles, improvement: Improvement) -> Seat | None:
    """Return the seat by which the person may comment: one's own organisation's, else in its group, else as a mentor.

    On what is not shared only those who work on it comment.
    """
    return next(_seats(roles, improvement), None)


def _seats(roles: Roles, improvement: Improvement) -> Iterator[Seat]:
    participation = improvement.participation
    own = [seat for seat in roles.seats if seat.organisation_id == participation.organisation_id]
    yield from (seat for seat in own if seat.function in WORKERS)
    if not improvement.shared:
        return
    yield from own
    if participation.group_id is not None:
        yield from (seat for seat in roles.seats if seat.group_id == participation.group_id and not seat.is_mentoring)
        mentoring = {row.participation_id for row in roles.mentorships if row.group_id == participation.group_id}
        yield from (seat for seat in roles.seats if seat.participation_id in mentoring)
