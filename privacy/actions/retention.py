"""SKR's choice of how long things are kept."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from kit import audit
from kit.editing import compare
from kit.models import Retention
from kit.refusals import ActionRefused
from kit.retention import Keeping
from privacy.held import KEEPINGS
from privacy.trail import PrivacyEvent


@transaction.atomic
def save_retention(*, days: Mapping[str, int], seen: str | None, by: User) -> None:
    """Save the numbers that differ, each with a row in the trail; refuse one outside its limits."""
    list(Retention.objects.select_for_update())
    changes = compare(stored_days(), days, seen=seen)
    if changes is None:
        return
    for keeping in KEEPINGS:
        if keeping.key in changes.after:
            _save(keeping, changes.before[keeping.key], changes.after[keeping.key], by)


def stored_days() -> dict[str, int]:
    return {keeping.key: keeping.days for keeping in KEEPINGS}


def limits_in_words(keeping: Keeping) -> str:
    return f"Skriv ett antal dagar från {keeping.least} till {keeping.most}."


def _save(keeping: Keeping, before: int, after: int, by: User) -> None:
    if not keeping.least <= after <= keeping.most:
        raise ActionRefused(limits_in_words(keeping), field=keeping.key)
    Retention.objects.update_or_create(key=keeping.key, defaults={"days": after})
    audit.record(
        PrivacyEvent.RETENTION_CHANGED, target=keeping.what, by=by, before=f"{before} dagar", after=f"{after} dagar"
    )
