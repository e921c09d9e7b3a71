"""The sending of a mail, as the worker does it: at most once (docs/adr/0012).

A worker takes the row by a conditional update that is committed before the server is spoken to. What fails before
the server has the mail is tried again; from then on an error leaves it uncertain, and a person decides.
"""

import logging
import smtplib
from datetime import timedelta

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F
from django.utils import timezone

from mailings.enums import MailState
from mailings.models import Mail

log = logging.getLogger(__name__)

# A mail takes seconds; a worker that has said nothing for so long is taken for dead.
TAKEN_FOR_DEAD = timedelta(minutes=5)
MAX_TRIES = 6
REFUSED = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError, smtplib.SMTPHeloError)
NO_SERVER = "E-postservern svarade inte."
CUT_OFF = "Sändningen bröts innan e-postservern hade bekräftat."
NOT_TAKEN = "E-postservern tog inte emot mejlet."


def deliver(mail_id: int) -> None:
    """Send one mail, if nobody else has taken it. Never raises: what went wrong stands in the row."""
    mail = take(mail_id)
    if mail is None:
        return
    connection = get_connection()
    try:
        connection.open()
    except Exception:
        log.warning("No mail server for mail %s.", mail_id, exc_info=True)
        postpone(mail)
        return
    try:
        message(mail, connection).send()
    except REFUSED as error:
        _set(mail, state=MailState.FAILED, error=NOT_TAKEN)
        log.warning("Mail %s was refused: %s", mail_id, type(error).__name__)
    except Exception:
        _set(mail, state=MailState.UNCERTAIN, error=CUT_OFF)
        log.exception("Mail %s was cut off.", mail_id)
    else:
        _set(mail, state=MailState.SENT, sent_at=timezone.now(), error="")
    finally:
        connection.close()


def take(mail_id: int) -> Mail | None:
    """Atomic, and committed at once: one worker gets it."""
    now = timezone.now()
    free = Mail.objects.to_send(now).filter(pk=mail_id)
    taken = free.update(state=MailState.SENDING, taken_at=now, tries=F("tries") + 1)
    return Mail.objects.get(pk=mail_id) if taken else None


def postpone(mail: Mail) -> None:
    """Nothing has left: wait longer each time, then give up and say so."""
    if mail.tries >= MAX_TRIES:
        _set(mail, state=MailState.FAILED, error=NO_SERVER)
        return
    later = timezone.now() + timedelta(minutes=2**mail.tries)
    _set(mail, state=MailState.QUEUED, not_before=later, error=NO_SERVER)


def message(mail: Mail, connection: object) -> EmailMultiAlternatives:
    found = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        to=[mail.address],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
        connection=connection,
    )
    found.attach_alternative(mail.html, "text/html")
    if mail.attachment:
        with mail.attachment.open("rb") as file:
            found.attach(mail.attachment.name.rpartition("/")[2], file.read())
    return found


def sweep() -> list[int]:
    """Those to send whose message to a worker was lost; those that a dead worker had taken become uncertain."""
    now = timezone.now()
    lost = Mail.objects.cut_off(now - TAKEN_FOR_DEAD)
    lost.update(state=MailState.UNCERTAIN, error=CUT_OFF)
    return list(Mail.objects.to_send(now).order_by("pk").values_list("pk", flat=True))


def _set(mail: Mail, **values: object) -> None:
    Mail.objects.filter(pk=mail.pk, state=MailState.SENDING).update(**values)
