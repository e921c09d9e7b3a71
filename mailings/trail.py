from django.db.models import TextChoices


class MailEvent(TextChoices):
    """The kinds of trail rows; the label is the sentence shown after the actor's name."""

    MAIL_RESENT = "mail_resent", "skickade ett mejl igen"
    MAIL_LEFT = "mail_left", "lät ett mejl vara"
    MAIL_WORDING_CHANGED = "mail_wording_changed", "ändrade en mejltext"
    MAIL_CHOICE_CHANGED = "mail_choice_changed", "ändrade hur ofta mejl kommer"
    MAIL_RELEASED = "mail_released", "släppte på mejlen efter en återställning"
