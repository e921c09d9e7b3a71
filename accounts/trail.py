from django.db.models import TextChoices


class AccountEvent(TextChoices):
    """The kinds of trail rows; the label is the sentence shown after the actor's name."""

    STAFF_APPOINTED = "staff_appointed", "gav en roll hos SKR"
    STAFF_CHANGED = "staff_changed", "ändrade en roll hos SKR"
    STAFF_ENDED = "staff_ended", "avslutade en roll hos SKR"
    ACCOUNT_CLOSED = "account_closed", "avslutade ett konto"
    ACCOUNT_OPENED = "account_opened", "öppnade ett konto igen"
