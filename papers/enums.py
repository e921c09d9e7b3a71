from django.db.models import TextChoices


class PaperKind(TextChoices):
    """What a paper asks the board to decide on."""

    REPORT = "report", "Resultatrapporten"
    MENTORSHIP = "mentorship", "Mentorskap"
