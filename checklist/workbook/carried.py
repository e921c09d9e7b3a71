"""What was understood, carried by the page from the preview to the reading in: signed, for one organisation, for hours.

Nothing is stored between the two steps, and nothing that comes back is believed unless we have signed it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.core import signing

from accounts.models import User
from checklist.workbook.matching import Certainty
from checklist.workbook.understanding import Row, SheetRead
from cohorts.models import Participation

VALID_FOR = 4 * 60 * 60


@dataclass(frozen=True)
class Carried:
    """`seen` is what each meeting's self-assessment was when the preview was drawn (`actions.importing.seen_of`)."""

    sheets: tuple[SheetRead, ...]
    seen: Mapping[str, str]


def sign(sheets: Sequence[SheetRead], seen: Mapping[str, str], participation: Participation, by: User) -> str:
    plain = json.loads(json.dumps([asdict(sheet) for sheet in sheets], default=str))
    return signing.dumps({"sheets": plain, "seen": dict(seen)}, salt=_salt(participation, by), compress=True)


def unsign(token: str, participation: Participation, by: User) -> Carried | None:
    """None where it is too old, another's, or not ours."""
    try:
        plain = signing.loads(token, salt=_salt(participation, by), max_age=VALID_FOR)
    except signing.BadSignature:
        return None
    return Carried(tuple(_sheet(sheet) for sheet in plain["sheets"]), plain["seen"])


def _salt(participation: Participation, by: User) -> str:
    return f"checklist.workbook:{participation.pk}:{by.pk}"


def _sheet(plain: dict[str, Any]) -> SheetRead:
    lists = {name: tuple(plain[name]) for name in ("head", "others", "ignored")}
    stated = tuple(Decimal(number) for number in plain["stated"])
    return SheetRead(**{**plain, **lists, "stated": stated, "rows": tuple(_row(row) for row in plain["rows"])})


def _row(plain: dict[str, Any]) -> Row:
    numbers = {name: None if plain[name] is None else Decimal(plain[name]) for name in ("value", "aim")}
    certainty, troubles = Certainty(plain["certainty"]), tuple(plain["troubles"])
    return Row(**{**plain, **numbers, "certainty": certainty, "troubles": troubles})
