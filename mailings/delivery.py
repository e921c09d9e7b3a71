"""The sending of a mail, as the worker does it: at most once (docs/adr/0012).

A worker takes the row by a conditional update that is committed before the server is spoken to. What fails before
the server has the mail is tried again; from then on an error leaves it uncertain, and a person decides.
"""

import logging
import smtplib
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from mailings.enums import MailState
from mailings.models import Mail

log = logging.getLogger(__name__)

# Longer than all of a conversation's steps at their time limit (EMAIL_TIMEOUT): a worker silent for so long is dead.
TAKEN_FOR_DEAD = timedelta(minutes=15)
# 2, 4, 8, 16, 32 minutes, then once an hour: given up after a day and a night.
MAX_TRIES, LONGEST_WAIT = 30, 60
NOT_MADE = "Mejlet gick inte att sätta ihop."
NO_SERVER = "E-postservern gick inte att nå."
ASKED_TO_WAIT = "E-postservern bad oss vänta (svar {code})."
NOT_TAKEN = "E-postservern tog inte emot mejlet (svar {code})."
CUT_OFF = "Sändningen bröts innan e-postservern hade bekräftat."


def deliver(mail_id: int) -> bool:
    """Send one mail, if nobody else has taken it. False where the server cannot be reached: nor can the next then.

    What went wrong stands in the row.
    """
    mail = take(mail_id)
    if mail is None:
        return True
    server: Any = get_connection()
    made, reached = None, False
    try:
        made = message(mail, server)
        server.open()
        reached = True
        made.send()
    except Exception as error:
        log.warning("Mail %s was not confirmed.", mail_id, exc_info=True)
        if reached:
            _note(mail, error, server)
        else:
            _postpone(mail, NO_SERVER if made else NOT_MADE)
    else:
        # Also where a sweep has taken us for dead meanwhile: that was too early.
        ours = Mail.objects.filter(pk=mail.pk, state__in=(MailState.SENDING, MailState.UNCERTAIN))
        ours.update(state=MailState.SENT, sent_at=timezone.now(), error="")
    finally:
        with suppress(Exception):  # the mail is sent or not, whatever the server says to goodbye
            server.close()
    return reached or made is None


def take(mail_id: int) -> Mail | None:
    """Atomic, and committed before it returns (`durable`): one worker gets it."""
    now = timezone.now()
    free = Mail.objects.to_send(now).filter(pk=mail_id)
    with transaction.atomic(durable=True):
        taken = free.update(state=MailState.SENDING, taken_at=now, tries=F("tries") + 1)
    return Mail.objects.get(pk=mail_id) if taken else None


def _note(mail: Mail, error: Exception, server: Any) -> None:
    """Again later, failed or uncertain. The server's own no tells that it has not got it, whenever it comes."""
    code = _code(error)
    if 500 <= code <= 599:
        _set(mail, state=MailState.FAILED, error=NOT_TAKEN.format(code=code))
    elif 400 <= code <= 499:
        _postpone(mail, ASKED_TO_WAIT.format(code=code))
    elif getattr(server, "handed_over", True):
        _set(mail, state=MailState.UNCERTAIN, error=CUT_OFF)
    else:
        _postpone(mail, NO_SERVER)


def _code(error: Exception) -> int:
    """The server's answer where it was one about this mail, else 0."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):  # one mail has one recipient
        return next((code for code, _ in error.recipients.values()), 0)
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        return int(error.smtp_code)
    return 0


def _postpone(mail: Mail, why: str) -> None:
    """Nothing has left: wait longer each time, then give up and say so."""
    if mail.tries >= MAX_TRIES:
        _set(mail, state=MailState.FAILED, error=why)
        return
    later = timezone.now() + timedelta(minutes=min(2**mail.tries, LONGEST_WAIT))
    _set(mail, state=MailState.QUEUED, not_before=later, error=why)


def message(mail: Mail, connection: Any = None) -> EmailMultiAlternatives:
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
    found.message()  # whatever cannot be written in a mail shows before the server is asked for
    return found


def sweep() -> list[int]:
    """Those to send whose message to a worker was lost; those that a dead worker had taken become uncertain."""
    now = timezone.now()
    lost = Mail.objects.cut_off(now - TAKEN_FOR_DEAD)
    lost.update(state=MailState.UNCERTAIN, error=CUT_OFF)
    return list(Mail.objects.to_send(now).order_by("pk").values_list("pk", flat=True))


def _set(mail: Mail, **values: object) -> None:
    Mail.objects.filter(pk=mail.pk, state=MailState.SENDING).update(**values)
