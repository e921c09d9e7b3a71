from django.db.models import TextChoices


class FollowUpEvent(TextChoices):
    """The events of SKR's own mail; the label is the sentence that the trail shows after the actor's name."""

    MAILING_WRITTEN = "mailing_written", "skrev på ett utskick"
    MAILING_SENT = "mailing_sent", "skickade ett utskick"
    MAILING_REMOVED = "mailing_removed", "tog bort ett utkast till utskick"
