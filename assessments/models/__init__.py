from assessments.models.assessment import Assessment, Score
from assessments.models.dialogue import Query, Reopening
from assessments.models.evidence import Evidence
from assessments.models.plan import AssessmentPlan
from assessments.models.release import PublishedAnswers, Release
from assessments.models.round import Rater, Rating, RatingRound
from assessments.models.title import TitleDecision

__all__ = (
    "Assessment",
    "AssessmentPlan",
    "Evidence",
    "PublishedAnswers",
    "Query",
    "Rater",
    "Rating",
    "RatingRound",
    "Release",
    "Reopening",
    "Score",
    "TitleDecision",
)
