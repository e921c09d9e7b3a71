"""Erasing of old mail. The row stays with its key, so that the same mail is never made again."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kit.uploads import forget
from mailings.kinds import find_kind
from mailings.models import Mail

WORDS = ("address", "body", "text", "html", "reason", "path", "reply_to", "error", "attachment")


def erase_old_mail() -> None:
    # Each mail has its own transaction, so a run that is cut off continues where it stopped.
    before = timezone.now() - timedelta(days=settings.MAIL_KEEP_DAYS)
    for pk in Mail.objects.to_erase(before).order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            mail = Mail.objects.select_for_update(of=("self",)).to_erase(before).filter(pk=pk).first()
            if mail:
                _erase(mail)


def _erase(mail: Mail) -> None:
    kind = find_kind(mail.kind)
    # A mail that was sent again shares its file with the new mail.
    shared = Mail.objects.filter(attachment=mail.attachment.name).exclude(pk=mail.pk)
    if mail.attachment and not shared.exists():
        forget(mail.attachment)
    for name in WORDS:
        setattr(mail, name, "")
    # A subject may name people; the kind's own name does not.
    mail.subject = kind.name if kind else mail.kind
    if mail.needs_a_decision:  # there is nothing left to send, so the question is closed
        mail.left_at = timezone.now()
    mail.save(update_fields=[*WORDS, "subject", "left_at"])
