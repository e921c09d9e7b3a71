"""What an organisation has to show at each moment."""

from __future__ import annotations

from checklist.models import Assessment, Evidence
from cohorts.roles import Roles

AT_MOST = 10


def evidence_of(assessment: Assessment, roles: Roles) -> dict[int, list[Evidence]]:
    """By moment, in the order it was added, what the reader may see."""
    found: dict[int, list[Evidence]] = {}
    for evidence in Evidence.objects.visible_to(roles).filter(assessment=assessment).order_by("pk"):
        found.setdefault(evidence.item_id, []).append(evidence)
    return found
