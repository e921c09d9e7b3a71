from evaluation.models.advice import Advice, AdviceAnswer
from evaluation.models.goals import GoalJudgement, ProgrammeGoal
from evaluation.models.material import EvaluatorQuote, Interview, Observation

__all__ = ("Advice", "AdviceAnswer", "EvaluatorQuote", "GoalJudgement", "Interview", "Observation", "ProgrammeGoal")
