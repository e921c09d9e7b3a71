from django.db.models import TextChoices


class MailState(TextChoices):
    """Where a mail stands. Sent at most once: what was cut off is uncertain, and only a person sends it again."""

    HELD = "held", "Väntar på sammandraget"
    QUEUED = "queued", "Ska skickas"
    SENDING = "sending", "Skickas"
    SENT = "sent", "Skickat"
    DIGESTED = "digested", "Ingår i ett sammandrag"
    UNCERTAIN = "uncertain", "Osäkert om det kom fram"
    FAILED = "failed", "Kunde inte skickas"


UNSETTLED = (MailState.UNCERTAIN, MailState.FAILED)


class Rhythm(TextChoices):
    """How often a person wants mail that can wait."""

    AT_ONCE = "at_once", "Ett mejl för varje sak, när det händer"
    DAILY = "daily", "Ett sammandrag om dagen"
    WEEKLY = "weekly", "Ett sammandrag i veckan, på måndagar"
