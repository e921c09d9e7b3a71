from django.db.models import TextChoices


class DecisionKind(TextChoices):
    """The matter of an organisation's political decision."""

    ENTRY = "entry", "Beslut om jämställdhetsintegrering"
    REAFFIRMED = "reaffirmed", "Bekräftat efter val"
    MENTORSHIP = "mentorship", "Beslut om mentorskap"
