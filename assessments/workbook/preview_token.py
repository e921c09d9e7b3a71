"""The signed token that carries a workbook's content from the preview to the import.

Nothing is stored between the two steps, and the token is only valid for one user, one organisation and some hours.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.core import signing

from accounts.models import User
from assessments.workbook.matching import Certainty
from assessments.workbook.sheets import SheetRead, SheetRow
from cohorts.models import Participation

VALID_FOR = 4 * 60 * 60


@dataclass(frozen=True)
class CarriedPreview:
    """The understood sheets; `seen` is each assessment by its target when previewed (`actions.importing.seen_of`)."""

    sheets: tuple[SheetRead, ...]
    seen: Mapping[str, str]


def sign(sheets: Sequence[SheetRead], seen: Mapping[str, str], participation: Participation, by: User) -> str:
    plain = json.loads(json.dumps([asdict(sheet) for sheet in sheets], default=str))
    return signing.dumps({"sheets": plain, "seen": dict(seen)}, salt=_salt(participation, by), compress=True)


def unsign(token: str, participation: Participation, by: User) -> CarriedPreview | None:
    """Return the content, or None if the token is too old, somebody else's or not signed by us."""
    try:
        plain = signing.loads(token, salt=_salt(participation, by), max_age=VALID_FOR)
    except signing.BadSignature:
        return None
    return CarriedPreview(tuple(_sheet(sheet) for sheet in plain["sheets"]), plain["seen"])


def _salt(participation: Participation, by: User) -> str:
    return f"assessments.workbook:{participation.pk}:{by.pk}"


def _sheet(plain: dict[str, Any]) -> SheetRead:
    lists = {name: tuple(plain[name]) for name in ("head", "others", "ignored", "notes")}
    stated = tuple(Decimal(number) for number in plain["stated"])
    return SheetRead(**{**plain, **lists, "stated": stated, "rows": tuple(_row(row) for row in plain["rows"])})


def _row(plain: dict[str, Any]) -> SheetRow:
    numbers = {name: None if plain[name] is None else Decimal(plain[name]) for name in ("value", "aim")}
    lists = {name: tuple(plain[name]) for name in ("troubles", "off_scale")}
    return SheetRow(**{**plain, **numbers, **lists, "certainty": Certainty(plain["certainty"])})
