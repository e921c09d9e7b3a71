from checklist.models.guidance import Guidance, WordingChange
from checklist.models.scale import OnScale
from checklist.models.version import Checklist, Item, ItemLink, Question, Step

__all__ = (
    "Checklist",
    "Guidance",
    "Item",
    "ItemLink",
    "OnScale",
    "Question",
    "Step",
    "WordingChange",
)
