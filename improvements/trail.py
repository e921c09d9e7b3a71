from django.db.models import TextChoices


class ImprovementEvent(TextChoices):
    """The kinds of row that this app writes in the trail; the label follows the actor's name."""

    IMPROVEMENT_SAVED = "improvement_saved", "sparade ett förbättringsarbete"
    IMPROVEMENT_MOVED = "improvement_moved", "flyttade ett förbättringsarbete"
    CYCLE_NAMED = "cycle_named", "valde vad cyklerna heter"
    CYCLE_SAVED = "cycle_saved", "sparade en PDSA-cykel"
    EFFORT_SAVED = "effort_saved", "sparade en insats"
    STEP_SAVED = "step_saved", "sparade ett steg i resultatkedjan"
    IMPROVEMENT_REMOVED = "improvement_removed", "tog bort ett förbättringsarbete"
    CYCLE_REMOVED = "cycle_removed", "tog bort en PDSA-cykel"
    EFFORT_REMOVED = "effort_removed", "tog bort en insats"
    STEP_REMOVED = "step_removed", "tog bort ett steg i resultatkedjan"
    RESULT_ANSWERED = "result_answered", "svarade om ett förväntat resultat"
    OWN_GOAL_SAVED = "own_goal_saved", "sparade ett eget mål"
    OWN_GOAL_JUDGED = "own_goal_judged", "bedömde ett eget mål"
    OWN_GOAL_REMOVED = "own_goal_removed", "tog bort ett eget mål"
    GOAL_TICKED = "goal_ticked", "bockade av ett mål för arbetet på hemmaplan"
    PLACED = "placed", "angav var på resultatkedjan organisationen befinner sig"
    COMMENTED = "commented", "kommenterade ett förbättringsarbete"
    COMMENT_REMOVED = "comment_removed", "tog bort en kommentar till ett förbättringsarbete"
    WORK_EVIDENCE_ADDED = "work_evidence_added", "lade till underlag till ett förbättringsarbete"
    WORK_EVIDENCE_REMOVED = "work_evidence_removed", "tog bort underlag till ett förbättringsarbete"
    NAMING_ANSWERED = "naming_answered", "svarade på om organisationen får nämnas med sin idé"
