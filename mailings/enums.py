from django.db.models import TextChoices


class MailState(TextChoices):
    """The state of a mail, which is sent at most once; only a person sends an uncertain mail again."""

    HELD = "held", "Väntar på sammandraget"
    QUEUED = "queued", "Ska skickas"
    SENDING = "sending", "Skickas"
    SENT = "sent", "Skickat"
    DIGESTED = "digested", "Ingår i ett sammandrag"
    UNCERTAIN = "uncertain", "Osäkert om det kom fram"
    FAILED = "failed", "Kunde inte skickas"
    NOT_SENT = "not_sent", "Skickas inte: provomgång"


WAITING = (MailState.HELD, MailState.QUEUED)
UNSETTLED = (MailState.UNCERTAIN, MailState.FAILED)


class Rhythm(TextChoices):
    AT_ONCE = "at_once", "Ett mejl för varje sak, när det händer"
    DAILY = "daily", "Ett sammandrag om dagen"
