"""A version's texts are changed."""

from django.db import transaction

from accounts.models import User
from checklist.models import Item
from modell import audit
from modell.audit import Kind
from modell.refusals import ActionRefused


@transaction.atomic
def reword_item(*, item: Item, text: str, reason: str, by: User) -> Item:
    """Change a moment's wording, with the reason in the trail: the one change a used version allows."""
    text, reason = text.strip(), reason.strip()
    if not reason:
        raise ActionRefused("Skriv varför formuleringen ändras.", field="reason")
    if text != item.text:
        before, item.text = item.text, text
        item.save(update_fields=["text"])
        audit.record(Kind.ITEM_REWORDED, target=item, by=by, before=before, after=text, reason=reason)
    return item
