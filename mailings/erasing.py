"""Erasing of old mail. The row stays with its key, so that the same mail is never made again."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from kit.retention import Keeping
from mailings.attachments import remove_unused
from mailings.enums import WAITING, MailState
from mailings.kinds import find_kind
from mailings.models import Mail

MAIL = Keeping("mail", "Mejl: adress och text", "från det att mejlet skickades", 365, 30, 1825, "MAIL_KEEP_DAYS")
CODES_KEPT = timedelta(days=30)
WORDS = ("address", "body", "text", "html", "reason", "path", "reply_to", "error")
# So many in a transaction: the first run on a site with years of mail takes seconds, and other writers wait for none.
BATCH = 1000


def erase_old_mail() -> None:
    # A run that is cut off continues where it stopped, since what is erased is not found again.
    before = MAIL.oldest_kept(timezone.now())
    while _erase_some(before):
        pass


@transaction.atomic
def _erase_some(before: datetime) -> bool:
    old = Mail.objects.select_for_update(of=("self",)).to_erase(before).order_by("pk")[:BATCH]
    keys = list(old.values_list("pk", flat=True))
    erase(Mail.objects.filter(pk__in=keys))
    return bool(keys)


def erase(mails: QuerySet[Model]) -> None:
    """Empty the mails of address, words and files; one that waits never leaves. The caller is in a transaction."""
    rows = list(mails.values_list("pk", "kind"))
    erased = Mail.objects.filter(pk__in=[pk for pk, _ in rows])
    erased.filter(state__in=WAITING).update(state=MailState.FAILED)
    # There is nothing left to send, so the question is closed.
    erased.unsettled().update(left_at=timezone.now())
    for kind in {kind for _, kind in rows}:
        # A subject may name people; the kind's own name does not.
        known = find_kind(kind)
        erased.filter(kind=kind).update(subject=known.name if known else kind, **dict.fromkeys(WORDS, ""))
    Mail.files.through.objects.filter(mail__in=[pk for pk, _ in rows]).delete()
    remove_unused()


def erase_spent_codes() -> None:
    # The reason of a failure stays, for SKR's notice; it names nobody.
    words = dict.fromkeys(("address", "body", "text", "html", "reason", "path", "reply_to"), "")
    Mail.objects.spent_codes(timezone.now()).update(recipient=None, **words)


def remove_old_codes() -> None:
    Mail.objects.codes().filter(made_at__lt=timezone.now() - CODES_KEPT).delete()
