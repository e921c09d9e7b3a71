from django.db.models import TextChoices


class EventKind(TextChoices):
    """What can have happened; the label is the sentence the trail shows after the actor's name."""

    SIGNED_IN = "signed_in", "loggade in"
    STAFF_APPOINTED = "staff_appointed", "gav en roll hos SKR"
    COHORT_IMPORTED = "cohort_imported", "läste in omgången"
    AGGREGATES_OPENED = "aggregates_opened", "öppnade omgångens siffror"
    DELEGATE_ADDED = "delegate_added", "lade till en representant"
    DELEGATE_ENDED = "delegate_ended", "avslutade en representants uppdrag"
    ASSESSMENT_STARTED = "assessment_started", "påbörjade självskattningen"
    SCORE_SAVED = "score_saved", "ändrade ett moment"
    ASSESSMENT_SUBMITTED = "assessment_submitted", "lämnade in självskattningen"
    ASSESSMENT_RETRACTED = "assessment_retracted", "tog tillbaka självskattningen"
    ITEM_REWORDED = "item_reworded", "ändrade en formulering i checklistan"
    IMPROVEMENT_SAVED = "improvement_saved", "sparade ett förbättringsarbete"
    CYCLE_SAVED = "cycle_saved", "sparade en PDSA-cykel"
    EFFORT_SAVED = "effort_saved", "sparade en insats"
    STEP_SAVED = "step_saved", "sparade ett steg i resultatkedjan"
    REPORT_SECTION_SAVED = "report_section_saved", "ändrade ett avsnitt i resultatrapporten"
    REPORT_SUBMITTED = "report_submitted", "lämnade in resultatrapporten"
    REPORT_APPROVED = "report_approved", "godkände resultatrapporten"
    REPORT_PUBLISHED = "report_published", "publicerade resultatrapporten"
    JOINT_REPORT_SAVED = "joint_report_saved", "ändrade den gemensamma rapporten"
    JOINT_REPORT_PUBLISHED = "joint_report_published", "publicerade den gemensamma rapporten"
    BUILD_ORDERED = "build_ordered", "beställde en PDF"
    BUILD_FINISHED = "build_finished", "byggde en PDF"
