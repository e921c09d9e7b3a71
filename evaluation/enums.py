from django.db.models import TextChoices


class InterviewForm(TextChoices):
    ON_SITE = "on_site", "På plats"
    VIDEO = "video", "Video"
    PHONE = "phone", "Telefon"


class JudgedBy(TextChoices):
    EVALUATOR = "evaluator", "Utvärderaren"
    SKR = "skr", "SKR"


class Attained(TextChoices):
    """How far a goal is judged to be reached."""

    REACHED = "reached", "Uppfyllt"
    PARTLY = "partly", "Delvis uppfyllt"
    NOT_REACHED = "not_reached", "Inte uppfyllt"
    TOO_EARLY = "too_early", "För tidigt att bedöma"


class AdviceTag(TextChoices):
    """What advice to SKR is about."""

    TIME = "time", "Tid"
    GROUPS = "groups", "Grupper"
    MENTORSHIP = "mentorship", "Mentorskap"
    SCALE = "scale", "Skalan"
    EXAMPLES = "examples", "Exempel"
    INDICATORS = "indicators", "Indikatorer"
    CONTACTS = "contacts", "Kontaktpersoner"
    OTHER = "other", "Annat"
