from django.db.models import TextChoices


class PaperEvent(TextChoices):
    """The events of papers to the board; the label is the sentence that the trail shows after the actor's name."""

    STYLE_SAVED = "paper_style_saved", "ändrade vad papper till nämnden heter och vem de går till"
    PAPER_MADE = "paper_made", "gjorde ett papper till nämnden"
