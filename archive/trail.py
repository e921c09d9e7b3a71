from django.db.models import TextChoices


class ArchiveEvent(TextChoices):
    """The kinds of row that this app writes in the trail; the label follows the actor's name."""

    BUNDLE_ORDERED = "bundle_ordered", "beställde en fil med handlingar"
    BUNDLE_FINISHED = "bundle_finished", "byggde en fil med handlingar"
