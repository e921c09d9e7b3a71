"""Actions for a person's private calendar address. The key itself is never written to the trail."""

import secrets

from django.db import transaction

from accounts.models import User
from kit import audit
from meetings.models import CalendarFeed
from meetings.trail import MeetingEvent


@transaction.atomic
def make_feed(*, user: User, organisation: str = "") -> CalendarFeed:
    feed, new = CalendarFeed.objects.get_or_create(user=user, defaults={"key": _key()})
    if new:
        _record(user, organisation, "skapade adressen")
    return feed


@transaction.atomic
def replace_feed(*, user: User, seen: str, organisation: str = "") -> CalendarFeed | None:
    """Replace the key if it still is `seen`; return the current address, or None if the person has none."""
    feed = CalendarFeed.objects.select_for_update().filter(user=user).first()
    if feed is None or feed.key != seen:
        return feed
    feed.key = _key()
    feed.save()
    _record(user, organisation, "ny adress, den gamla gäller inte")
    return feed


@transaction.atomic
def remove_feed(*, user: User, organisation: str = "") -> None:
    if CalendarFeed.objects.filter(user=user).delete()[0]:
        _record(user, organisation, "tog bort adressen")


def _key() -> str:
    # 256 random bits: nobody can guess it, and nobody has to type it.
    return secrets.token_urlsafe(32)


def _record(user: User, organisation: str, what: str) -> None:
    audit.record(MeetingEvent.CALENDAR_KEY_CHANGED, target=user, by=user, organisation=organisation, what=what)
