from checklist.models import Item
from kit.fields import RowChoice


class ItemChoice(RowChoice):
    """A choice of a moment in the omgång's checklist."""

    def __init__(self) -> None:
        super().__init__(
            Item, "Moment i checklistan", "Inget särskilt moment", invalid="Välj ett av momenten i listan."
        )

    def label_from_instance(self, item: Item) -> str:
        return f"{item.number}. {item.short}"
