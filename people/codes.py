"""Codes for signing in: which mail an asker waits for, and which codes let in (docs/adr/0022).

A code is computed from its mail's random Message-ID and the site's secret, so it is stored nowhere. It belongs to an
address and not to a browser: whoever asks for the same address within a minute waits for the same mail.
"""

import logging
import re
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import User
from mailings.actions import Envelope, new_message_id, queue_mail
from mailings.enums import MailState
from mailings.kinds import MailKind
from mailings.models import Mail
from mailings.querysets import MailQuerySet
from people.mails import NO_ACCOUNT, SIGN_IN_CODE
from people.sign_in_limits import CODE_GOOD_FOR, CODES_AN_HOUR, PAUSE

log = logging.getLogger(__name__)

# Without vowels, so that no code is a word.
LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
REASON = "Du får mejlet för att din adress skrevs på sidan Logga in i Modell."


def mail_to(address: str, user: User | None) -> Mail | None:
    """Return the mail that whoever asks for a code waits for: a new one, or the latest if the limits allow no more."""
    now = timezone.now()
    mailed = _mailed(address, user).filter(made_at__gt=now - timedelta(hours=1))
    unused = _unused(mailed, user)
    latest = unused.first()
    if latest and latest.made_at > now - PAUSE:
        log.warning("No new code yet for %s.", whom(user))
        return latest
    # Signing in begins a new count, or a stranger's asking could keep out a person who signs in twice in an hour. What
    # could not be sent does not count, or an hour would be lost after the mail server is back.
    sent = unused.exclude(state=MailState.FAILED)
    if sent.count() >= CODES_AN_HOUR:
        log.warning("No more codes this hour for %s.", whom(user))
        return sent.first()
    # Of two who ask at once both get the same key, and so the same mail.
    key = f"{_prefix(address, user)}{now:%Y%m%d%H%M}:{mailed.count()}"
    return _queue(key, address, user) or Mail.objects.get(key=key)


def good_codes(mail: Mail | None, address: str, user: User) -> list[str]:
    """Return the codes that let the person in: of a quarter of an hour, and that of the mail that the page waits for.

    They may come in any order. Having signed in voids them all.
    """
    is_good = Q(made_at__gt=timezone.now() - CODE_GOOD_FOR) | Q(pk=mail and mail.pk)
    mails = _unused(_mailed(address, user), user).filter(is_good)
    return [code_of(message_id) for message_id in mails.values_list("message_id", flat=True)]


def code_of(message_id: str) -> str:
    number = int.from_bytes(salted_hmac("people.codes", message_id, algorithm="sha256").digest())
    letters = [LETTERS[number // len(LETTERS) ** place % len(LETTERS)] for place in range(8)]
    return f"{''.join(letters[:4])}-{''.join(letters[4:])}"


def is_code(text: str) -> bool:
    return re.fullmatch(f"[{LETTERS}]{{4}}-[{LETTERS}]{{4}}", text) is not None


def whom(user: User | None) -> str:
    """Return a person as a log names them: never by the address."""
    return f"user {user.pk}" if user else "an unknown address"


def _kind(user: User | None) -> MailKind:
    return SIGN_IN_CODE if user else NO_ACCOUNT


def _prefix(address: str, user: User | None) -> str:
    # A digest, since the key stays when the address is erased.
    return f"{_kind(user).key}:{salted_hmac('people.codes.address', address, algorithm='sha256').hexdigest()[:32]}:"


def _mailed(address: str, user: User | None) -> MailQuerySet:
    return Mail.objects.filter(key__startswith=_prefix(address, user)).order_by("-pk")


def _unused(mails: MailQuerySet, user: User | None) -> MailQuerySet:
    return mails.filter(made_at__gte=user.last_login) if user and user.last_login else mails


def _queue(key: str, address: str, user: User | None) -> Mail | None:
    expires_at, message_id = timezone.now() + CODE_GOOD_FOR, new_message_id()
    if user is None:
        to, path, values = Envelope(address, "", REASON), reverse("account_login"), {"adress": address}
    else:
        to, path = Envelope.to(user, reason=REASON), reverse("sign_in_link", args=[code_of(message_id)])
        values = {"kod": code_of(message_id)}
    return queue_mail(
        kind=_kind(user), key=key, to=to, values=values, path=path, expires_at=expires_at, message_id=message_id
    )
