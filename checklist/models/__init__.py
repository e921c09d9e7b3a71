from checklist.models.assessment import Assessment, Score
from checklist.models.dialogue import Query, Reopening
from checklist.models.evidence import Evidence
from checklist.models.guidance import Guidance, WordingChange
from checklist.models.part import Part
from checklist.models.plan import AssessmentPlan
from checklist.models.release import Release
from checklist.models.round import Rater, Rating, RatingRound
from checklist.models.scale import OnScale
from checklist.models.title import TitleDecision
from checklist.models.version import Checklist, Item, ItemLink, Question, Step

__all__ = (
    "Assessment",
    "AssessmentPlan",
    "Checklist",
    "Evidence",
    "Guidance",
    "Item",
    "ItemLink",
    "OnScale",
    "Part",
    "Query",
    "Question",
    "Rater",
    "Rating",
    "RatingRound",
    "Release",
    "Reopening",
    "Score",
    "Step",
    "TitleDecision",
    "WordingChange",
)
