from django.db.models import TextChoices


class EvaluationEvent(TextChoices):
    """The events of evaluating an omgång; the label is the sentence that the trail shows after the actor's name."""

    OBSERVATION_SAVED = "observation_saved", "skrev en observation"
    OBSERVATION_REMOVED = "observation_removed", "tog bort en observation"
    INTERVIEW_SAVED = "interview_saved", "antecknade en intervju"
    INTERVIEW_REMOVED = "interview_removed", "tog bort en intervju"
    QUOTE_SAVED = "evaluator_quote_saved", "tog ut ett citat"
    QUOTE_REMOVED = "evaluator_quote_removed", "tog bort ett citat"
    GOAL_SAVED = "programme_goal_saved", "skrev ett mål att bedöma"
    GOAL_REMOVED = "programme_goal_removed", "tog bort ett mål att bedöma"
    GOAL_JUDGED = "goal_judged", "bedömde ett mål"
    ADVICE_SAVED = "advice_saved", "skrev ett råd till SKR"
    ADVICE_REMOVED = "advice_removed", "tog bort ett råd till SKR"
    ADVICE_ANSWERED = "advice_answered", "svarade på råd"
