from django.db.models import TextChoices


class PrivacyEvent(TextChoices):
    """The kinds of trail rows; the label is the sentence shown after the actor's name."""

    ERASURE_ASKED = "erasure_asked", "bad om att få sina uppgifter raderade"
    ERASURE_REGRETTED = "erasure_regretted", "tog tillbaka sin begäran om radering"
    PERSON_ERASED = "person_erased", "raderade uppgifterna om en person"
    RETENTION_CHANGED = "retention_changed", "ändrade en gallringstid"
