from django.db.models import TextChoices


class AdmissionEvent(TextChoices):
    """Each label is the sentence that the trail shows after the actor's name."""

    INTEREST_STARTED = "interest_started", "påbörjade en intresseanmälan"
    INTEREST_SUBMITTED = "interest_submitted", "skickade in en intresseanmälan"
    INTEREST_CHANGED = "interest_changed", "ändrade en inskickad intresseanmälan"
    INTEREST_WITHDRAWN = "interest_withdrawn", "tog tillbaka en intresseanmälan"
    INTEREST_ANSWERED = "interest_answered", "svarade på en intresseanmälan"
    INTEREST_ERASED = "interest_erased", "tog bort personerna i en intresseanmälan"
    INTEREST_LET_IN = "interest_let_in", "släppte in en person att skriva intresseanmälan"
    INTEREST_TURNED_AWAY = "interest_turned_away", "avvisade en person som ville skriva intresseanmälan"
    INTEREST_LET_GO = "interest_let_go", "tog bort en skribent ur en intresseanmälan"
    LETTER_CHANGED = "letter_changed", "ändrade antagningsbrevets texter"
    LETTER_SENT = "letter_sent", "skickade antagningsbrevet"
