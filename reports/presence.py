"""Who in an organisation writes in which section now: kept in the cache for a minute, and nowhere else."""

from collections import defaultdict

from django.core.cache import cache
from django.utils import timezone

from accounts.models import User
from cohorts.models import Participation

SECONDS = 60


def note_writing(participation: Participation, key: str, user: User) -> None:
    cache.set(_name(participation, user.pk), key, SECONDS)


def writing_now(participation: Participation, reader: User) -> dict[str, list[str]]:
    """Return by section's key the names of the reader's colleagues who have just written there."""
    seats = participation.delegates.current(timezone.localdate()).exclude(user=reader).select_related("user")
    names = {_name(participation, seat.user_id): seat.user.name for seat in seats}
    writers: dict[str, list[str]] = defaultdict(list)
    for name, key in cache.get_many(list(names)).items():
        writers[key].append(names[name])
    return dict(writers)


def _name(participation: Participation, user_key: int) -> str:
    return f"reports.writing.{participation.pk}.{user_key}"
