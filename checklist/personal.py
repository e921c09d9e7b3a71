"""What is held about a person here (kit/holding.py)."""

from checklist.models import Checklist, Guidance, Item, ItemLink, Question, Step, WordingChange
from kit.holding import Held

HELD = {WordingChange: Held(shows=("checklist", "before", "after", "reason", "changed_at"), made=("changed_by",))}
NOTHING = dict.fromkeys((Checklist, Guidance, Item, ItemLink, Question, Step), "the instrument")
