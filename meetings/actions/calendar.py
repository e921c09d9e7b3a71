"""A person's private calendar address: made, replaced, taken away. The key itself enters no trail."""

import secrets

from django.db import transaction

from accounts.models import User
from meetings.models import CalendarFeed
from modell import audit
from modell.audit import Kind


@transaction.atomic
def make_feed(*, user: User, organisation: str = "") -> CalendarFeed:
    """The address, made where there is none: a second click gives the same."""
    feed, new = CalendarFeed.objects.get_or_create(user=user, defaults={"key": _key()})
    if new:
        _record(user, organisation, "skapade adressen")
    return feed


@transaction.atomic
def replace_feed(*, user: User, seen: str, organisation: str = "") -> CalendarFeed | None:
    """A new address in place of the one that was `seen`; the old one answers no more. None where there is none."""
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
    """256 bits by chance: as good as any password, and nobody has to type it."""
    return secrets.token_urlsafe(32)


def _record(user: User, organisation: str, what: str) -> None:
    audit.record(Kind.CALENDAR_KEY_CHANGED, target=user, by=user, organisation=organisation, what=what)
