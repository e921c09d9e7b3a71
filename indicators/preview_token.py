"""The signed token that carries entries from the preview to the import.

Nothing is stored between the two steps, and the token is only valid for one user, one indicator and some hours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core import signing

from accounts.models import User
from indicators.figures import NAMES, Figures, ValueEntry
from indicators.models import Indicator

VALID_FOR = 4 * 60 * 60


@dataclass(frozen=True)
class CarriedEntries:
    """The entries, what was not read, and what was stored when they were previewed (`weighing.seen_of`)."""

    entries: tuple[ValueEntry, ...]
    troubles: tuple[str, ...]
    seen: str


def sign(entries: Sequence[ValueEntry], troubles: Sequence[str], seen: str, indicator: Indicator, by: User) -> str:
    plain = [[entry.period, entry.note, *(_text(getattr(entry.figures, name)) for name in NAMES)] for entry in entries]
    content = {"entries": plain, "troubles": list(troubles), "seen": seen}
    return signing.dumps(content, salt=_salt(indicator, by), compress=True)


def unsign(token: str, indicator: Indicator, by: User) -> CarriedEntries | None:
    """Return the content, or None if the token is too old, somebody else's or not signed by us."""
    try:
        plain = signing.loads(token, salt=_salt(indicator, by), max_age=VALID_FOR)
    except signing.BadSignature:
        return None
    entries = tuple(
        ValueEntry(period, Figures(*(None if text is None else Decimal(text) for text in numbers)), note)
        for period, note, *numbers in plain["entries"]
    )
    return CarriedEntries(entries, tuple(plain["troubles"]), plain["seen"])


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def _salt(indicator: Indicator, by: User) -> str:
    return f"indicators.values:{indicator.pk}:{by.pk}"
