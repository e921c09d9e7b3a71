"""The digest (sammandrag): mail that a person has chosen not to get at once, as one mail each morning.

The due time is the last digest hour that has passed, not the time the task runs: a missed morning is made up for, and a
second run on the same morning has nothing to send.
"""

import logging
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from kit.templatetags.swedish import in_words
from mailings.actions import Envelope, queue_mail, release_held
from mailings.enums import MailState, Rhythm
from mailings.mails import DIGEST
from mailings.models import Mail, MailChoice, MailHold

log = logging.getLogger(__name__)

WHY = "Du får ett sammandrag om dagen för att du har valt det."


def last_due(now: datetime) -> datetime:
    """Return the last digest hour that has passed, in Swedish time."""
    local = timezone.localtime(now, timezone.get_default_timezone())
    day = local.date() if local.hour >= settings.DIGEST_HOUR else local.date() - timedelta(days=1)
    return datetime.combine(day, time(settings.DIGEST_HOUR), tzinfo=timezone.get_default_timezone())


def send_digests() -> None:
    if MailHold.objects.exists():  # what a backup brought back may have been in a digest already
        return
    now = timezone.now()
    waiting = Mail.objects.filter(state=MailState.HELD).order_by("recipient")
    for pk in waiting.values_list("recipient", flat=True).distinct():
        try:
            gather(pk, now)
        except Exception:  # one person's error must not stop the others' digests
            log.exception("No digest for user %s; the next run tries again.", pk)


@transaction.atomic
def gather(user_id: int | None, now: datetime) -> Mail | None:
    # Someone who has gone back to mail at once, or has no account any more, gets each mail by itself.
    user = User.objects.filter(pk=user_id).first() if user_id else None
    choice = MailChoice.objects.select_for_update().filter(user=user).first() if user else None
    if user is None or choice is None or choice.rhythm == Rhythm.AT_ONCE:
        release_held(user)
        return None
    due = last_due(now)
    waiting = Mail.objects.select_for_update(of=("self",)).filter(recipient=user, state=MailState.HELD, made_at__lt=due)
    parts = list(waiting.order_by("made_at", "pk"))
    if not parts:
        return None
    digest = _write(user, due, parts)
    if digest:
        waiting.filter(pk__in=[part.pk for part in parts]).update(state=MailState.DIGESTED, digest=digest)
    return digest


def _write(user: User, due: datetime, parts: list[Mail]) -> Mail | None:
    about = {part.about for part in parts}
    number = "en sak" if len(parts) == 1 else f"{in_words(len(parts))} saker"
    return queue_mail(
        kind=DIGEST,
        key=f"digest:{user.pk}:{due:%Y-%m-%d}",
        to=Envelope.to(user, reason=WHY, replies_to=_reply_to(parts)),
        values={"antal": number},
        path=reverse("home"),
        about=about.pop() if len(about) == 1 else "",
        parts=parts,
    )


def _reply_to(parts: list[Mail]) -> str:
    # A reply goes to everyone who would get the reply to a part, as far as the column has room.
    reached = ""
    for address in dict.fromkeys(part.reply_to for part in parts if part.reply_to):
        longer = f"{reached}, {address}" if reached else address
        reached = longer if len(longer) <= 254 else reached
    return reached
