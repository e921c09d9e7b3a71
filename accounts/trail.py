from django.db.models import TextChoices


class AccountEvent(TextChoices):
    """The kinds of trail rows; the label is the sentence shown after the actor's name."""

    STAFF_APPOINTED = "staff_appointed", "gav en roll hos SKR"
