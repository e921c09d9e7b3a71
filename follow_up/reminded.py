"""When SKR last reminded each organisation, read from the keys of the mails."""

from collections.abc import Mapping
from datetime import date

from cohorts.models import Cohort
from follow_up.records import FollowedRecords
from follow_up.reminders import PREFIX
from mailings.models import Mail


def about_skr(day: date) -> str:
    """Return the part of a reminder's key that says that SKR sent it, and when."""
    return f"skr.{day}"


def reminded_on(cohort: Cohort, records: FollowedRecords) -> Mapping[int, date]:
    """Return the latest day by participation, for those where a person of today has been reminded."""
    stem = f"{PREFIX}:{cohort.pk}:skr."
    latest: dict[int, date] = {}
    for key in Mail.objects.filter(key__startswith=stem).values_list("key", flat=True):
        day, user, *_ = key.removeprefix(stem).split(":")
        latest[int(user)] = max(date.fromisoformat(day), latest.get(int(user), date.min))
    days = {
        participation: [latest[seat.user_id] for seat in seats if seat.user_id in latest]
        for participation, seats in records.delegates.items()
    }
    return {participation: max(them) for participation, them in days.items() if them}
