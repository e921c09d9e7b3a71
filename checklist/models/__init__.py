from checklist.models.assessment import Assessment, Score
from checklist.models.plan import AssessmentPlan
from checklist.models.release import Release
from checklist.models.version import Checklist, Item, ItemLink, Question, Step

__all__ = (
    "Assessment",
    "AssessmentPlan",
    "Checklist",
    "Item",
    "ItemLink",
    "Question",
    "Release",
    "Score",
    "Step",
)
