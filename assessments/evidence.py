"""The underlag that an organisation shows at each moment."""

from __future__ import annotations

from assessments.models import Assessment, Evidence
from cohorts.roles import Roles

AT_MOST = 10


def evidence_of(assessment: Assessment, roles: Roles) -> dict[int, list[Evidence]]:
    """Return the evidence that the reader may see, by item id, in the order it was added."""
    by_item: dict[int, list[Evidence]] = {}
    for evidence in Evidence.objects.visible_to(roles).filter(assessment=assessment).order_by("pk"):
        by_item.setdefault(evidence.item_id, []).append(evidence)
    return by_item
