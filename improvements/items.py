"""The moments that an organisation's work can be about."""

from checklist.models import Item
from cohorts.models import Participation


def same_item(item: Item | None, participation: Participation) -> Item | None:
    """Return the item as the checklist of the organisation's omgång has it, if it does."""
    plan = getattr(participation.cohort, "plan", None)
    return plan.checklist.items.filter(key=item.key).first() if plan and item else None
