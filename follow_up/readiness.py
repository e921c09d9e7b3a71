"""How many moment an omgång rates."""

from checklist.models import Item
from cohorts.models import Cohort


def count_items(cohort: Cohort) -> int | None:
    """Return how many moment the omgång rates; None if it has no checklist."""
    return Item.objects.filter(checklist__assessmentplans__cohort=cohort).count() or None
