"""How long things are kept: each app names its kinds in `personal.py`, and SKR may change the number of days."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings

from kit.models import Retention


@dataclass(frozen=True)
class Keeping:
    """A kind of data that is erased after a number of days; `since` says from when they are counted.

    `usual` holds until SKR chooses another number between `least` and `most`; the operator's `setting` replaces it.
    """

    key: str
    what: str
    since: str
    usual: int
    least: int
    most: int
    setting: str = ""

    @property
    def default(self) -> int:
        return int(getattr(settings, self.setting)) if self.setting else self.usual

    @property
    def days(self) -> int:
        chosen = Retention.objects.filter(key=self.key).values_list("days", flat=True).first()
        return self.default if chosen is None else chosen

    def oldest_kept(self, now: datetime) -> datetime:
        return now - timedelta(days=self.days)

    def last_day(self, today: date) -> date:
        """Return the day on which, or before which, something must have happened to be old today."""
        return today - timedelta(days=self.days)
