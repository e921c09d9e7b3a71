"""The worker's sending of mail, at most once each (docs/adr/0012).

A worker takes the row by a conditional update, committed before it speaks to the server. What fails before the server
has the mail is tried again; a later error leaves the mail uncertain, and a person decides.
"""

import logging
import smtplib
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from mailings import erasing
from mailings.attachments import FileGone, part_of
from mailings.enums import MailState
from mailings.models import Mail
from mailings.querysets import LONGEST_WAIT

log = logging.getLogger(__name__)

# Longer than all steps of a conversation at their time limit (EMAIL_TIMEOUT): a worker silent for so long is dead.
TAKEN_FOR_DEAD = timedelta(minutes=15)
MAX_TRIES = 30  # the mail is given up after about a day
# Somebody waits for a code: no answer is waited for as long, and the next try comes in seconds.
CODE_PATIENCE_SECONDS = 20
CODE_TAKEN_FOR_DEAD = timedelta(minutes=4)
NEXT_TRY_OF_CODE, LONGEST_WAIT_OF_CODE = timedelta(seconds=5), timedelta(seconds=30)
NOT_MADE = "Mejlet gick inte att sätta ihop."
NO_SERVER = "E-postservern gick inte att nå."
ASKED_TO_WAIT = "E-postservern bad oss vänta (svar {code})."
NOT_TAKEN = "E-postservern tog inte emot mejlet (svar {code})."
NOT_IN_TIME = "Koden hann sluta gälla innan mejlet kunde skickas."
CUT_OFF = "Sändningen bröts innan e-postservern hade bekräftat."


def deliver(mail_id: int) -> bool:
    """Send a mail unless another worker has it; return False if the server cannot be reached.

    A sending error is stored in the row and not raised.
    """
    mail = take(mail_id)
    if mail is None:
        return True
    server: Any = get_connection(timeout=_patience(mail))
    made, reached = None, False
    try:
        made = message(mail, server)
        server.open()
        reached = True
        made.send()
    except FileGone as gone:
        log.warning("Mail %s has a file that is gone.", mail_id)
        _set(mail, state=MailState.FAILED, error=str(gone)[:300])
    except Exception as error:
        # A server's or the network's error (OSError, smtplib's too) is told by its kind: its words hold the address.
        fault = None if isinstance(error, OSError) else error
        log.warning("Mail %s was not confirmed (%s).", mail_id, type(error).__name__, exc_info=fault)
        if reached:
            _note(mail, error, server)
        else:
            _postpone(mail, NO_SERVER if made else NOT_MADE)
    else:
        # A sweep may meanwhile have marked this slow worker's mail as uncertain; it is sent all the same.
        ours = Mail.objects.filter(pk=mail.pk, state__in=(MailState.SENDING, MailState.UNCERTAIN))
        ours.update(state=MailState.SENT, sent_at=timezone.now(), error="")
    finally:
        with suppress(Exception):  # an error when closing says nothing about the mail
            server.close()
        if mail.expires_at:
            erasing.erase_spent_codes()
    return reached or made is None


def take(mail_id: int) -> Mail | None:
    """Mark the mail as taken and return it, or None if it is not free. The update is committed before returning."""
    now = timezone.now()
    free = Mail.objects.to_send(now).filter(pk=mail_id)
    with transaction.atomic(durable=True):
        taken = free.update(state=MailState.SENDING, taken_at=now, tries=F("tries") + 1)
    return Mail.objects.get(pk=mail_id) if taken else None


def _note(mail: Mail, error: Exception, server: Any) -> None:
    # A refusal by the server shows that it does not have the mail, however late the refusal comes.
    code = _code(error)
    if 500 <= code <= 599:
        _set(mail, state=MailState.FAILED, error=NOT_TAKEN.format(code=code))
    elif 400 <= code <= 499:
        _postpone(mail, ASKED_TO_WAIT.format(code=code))
    elif getattr(server, "handed_over", True) and not mail.expires_at:
        _set(mail, state=MailState.UNCERTAIN, error=CUT_OFF)
    else:
        _postpone(mail, NO_SERVER)


def _code(error: Exception) -> int:
    """Return the server's reply code if the error is about this mail, else 0."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):  # a mail has exactly one recipient
        return next((code for code, _ in error.recipients.values()), 0)
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        return int(error.smtp_code)
    return 0


def _patience(mail: Mail) -> int:
    return min(settings.EMAIL_TIMEOUT, CODE_PATIENCE_SECONDS) if mail.expires_at else settings.EMAIL_TIMEOUT


def _postpone(mail: Mail, why: str) -> None:
    # Only for mail that the server does not have, and for codes, which harm nobody twice: it is sent again.
    if mail.expires_at:
        wait = min(mail.tries * NEXT_TRY_OF_CODE, LONGEST_WAIT_OF_CODE)
        _set(mail, state=MailState.QUEUED, not_before=timezone.now() + wait, error=why)
        return
    if mail.tries >= MAX_TRIES:
        _set(mail, state=MailState.FAILED, error=why)
        return
    later = timezone.now() + min(timedelta(minutes=2**mail.tries), LONGEST_WAIT)
    _set(mail, state=MailState.QUEUED, not_before=later, error=why)


def message(mail: Mail, connection: Any = None) -> EmailMultiAlternatives:
    made = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        to=[mail.address],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
        connection=connection,
    )
    made.attach_alternative(mail.html, "text/html")
    for attachment in mail.files.all():
        made.attach(part_of(attachment))
    # A header or text that cannot be encoded raises here, before the server is reached.
    made.message()
    return made


def sweep() -> list[int]:
    """Return the mail to send; mark mail that a dead worker had taken as uncertain."""
    now = timezone.now()
    lost = Mail.objects.ordinary().cut_off(now, TAKEN_FOR_DEAD)
    lost.update(state=MailState.UNCERTAIN, error=CUT_OFF)
    return list(Mail.objects.ordinary().to_send(now).order_by("pk").values_list("pk", flat=True))


def sweep_codes() -> list[int]:
    """Return the code mail to send; give up what has expired, and take back what a dead worker had."""
    now = timezone.now()
    expired = Mail.objects.expired(now)
    expired.filter(error="").update(error=NOT_IN_TIME)
    expired.update(state=MailState.FAILED)
    lost = Mail.objects.codes().cut_off(now, CODE_TAKEN_FOR_DEAD)
    lost.update(state=MailState.QUEUED, error=CUT_OFF)
    erasing.erase_spent_codes()
    return list(Mail.objects.codes().to_send(now).order_by("pk").values_list("pk", flat=True))


def _set(mail: Mail, **values: object) -> None:
    Mail.objects.filter(pk=mail.pk, state=MailState.SENDING).update(**values)
