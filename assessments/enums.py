from django.db.models import TextChoices


class AssessmentState(TextChoices):
    """The states that are stored. Whether a submitted one is locked depends on the day: `Assessment.is_locked`."""

    DRAFT = "draft", "Påbörjad"
    SUBMITTED = "submitted", "Inlämnad"


class Judges(TextChoices):
    """The group whose judgement the agreed values are."""

    STEERING_GROUP = "steering_group", "Styrgruppens"
    MANAGEMENT_GROUP = "management_group", "Ledningsgruppens"
    WORKING_GROUP = "working_group", "Arbetsgruppens"
    STRATEGIST = "strategist", "Strategens"


class ItemState(TextChoices):
    """The state of a value against the one before. A value that is carried over is not confirmed."""

    MISSING = "missing", "Inte skattad än"
    UNCONFIRMED = "unconfirmed", "Inte bekräftad än"
    NEW = "new", "Ny"
    CHANGED = "changed", "Ändrad"
    CONFIRMED = "confirmed", "Bekräftad"


class TitleRule(TextChoices):
    """The rule that gives the title Modellkommun or Modellregion in an omgång; the programme has had several."""

    NONE = "none", "Ingen regel"
    SELF_ASSESSMENT = "self_assessment", "Inget moment på lägsta steget och mer än hälften på det högsta"
    PARTICIPANT_AND_MENTOR = "participant_and_mentor", "En omgång som deltagare och en som mentor"
