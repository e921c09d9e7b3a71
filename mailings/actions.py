"""Every write to mail: making one, at most once for its key."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import make_msgid
from functools import partial

from django.conf import settings
from django.core.files.base import File
from django.db import transaction

from accounts.models import User
from mailings import tasks
from mailings.enums import MailState, Rhythm
from mailings.kinds import MailKind
from mailings.models import Mail, MailChoice
from mailings.writing import Written, write


@dataclass(frozen=True)
class Envelope:
    """To whom, why, and where an answer goes. `user` is None for one who has no account."""

    address: str
    name: str
    reason: str
    user: User | None = None
    reply_to: str = ""

    @classmethod
    def to(cls, user: User, *, reason: str, reply_to: str = "") -> "Envelope":
        return cls(address=user.email, name=user.name, reason=reason, user=user, reply_to=reply_to)


@transaction.atomic
def queue_mail(
    *,
    kind: MailKind,
    key: str,
    to: Envelope,
    values: Mapping[str, str],
    path: str = "",
    about: str = "",
    not_before: datetime | None = None,
    attachment: File | None = None,
) -> Mail | None:
    """Make the mail whose key this is, unless it is made already (then None). It is sent after the commit.

    `key` names kind, matter and person: `reminder:assessment:12:34:before`. `values` fill the braces of the kind's
    text, `path` is the page the button opens, `about` the omgång's slug. A kind that waits is held for the digest of
    a person who has chosen one.
    """
    if Mail.objects.filter(key=key).exists():
        return None
    written: Written = write(kind, {"namn": to.name, **values}, reason=to.reason, path=path)
    mail, new = Mail.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind.key,
            "about": about,
            "recipient": to.user,
            "address": to.address,
            "subject": written.subject,
            "text": written.text,
            "html": written.html,
            "reason": to.reason,
            "path": path,
            "reply_to": to.reply_to,
            "state": _state(kind, to.user),
            "not_before": not_before,
            "message_id": make_msgid(domain=settings.MAIL_DOMAIN),
        },
    )
    if not new:
        return None
    if attachment is not None:
        mail.attachment.save(attachment.name or "bilaga", attachment)
    if mail.state == MailState.QUEUED:
        transaction.on_commit(partial(tasks.tell_worker, mail.pk))
    return mail


def _state(kind: MailKind, user: User | None) -> MailState:
    if not kind.waits or user is None:
        return MailState.QUEUED
    chosen = MailChoice.objects.filter(user=user).values_list("rhythm", flat=True).first()
    return MailState.QUEUED if chosen in (None, Rhythm.AT_ONCE) else MailState.HELD
