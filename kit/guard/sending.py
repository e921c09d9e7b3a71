"""A form that makes something new makes it once, however often it is sent: by a double click, or back and again."""

import hashlib
import json
import time
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.http import HttpRequest

from kit.guard.keeping import files_in, typed_in
from kit.guard.key import FormKey
from kit.models import SentForm

DAYS = 7
PATIENCE_SECONDS = 10  # for the first of two sendings at the same time
PAUSE_SECONDS = 0.1


def digest_of(request: HttpRequest) -> str:
    content = json.dumps([request.path, typed_in(request), files_in(request)], sort_keys=True)
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def claim(key: FormKey, digest: str) -> tuple[SentForm, bool]:
    """Return the form's row, and True if this is its first sending; wait for one that is under way."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with transaction.atomic():
                return SentForm.objects.create(number=key.number, digest=digest), True
        except IntegrityError:
            sent = SentForm.objects.filter(number=key.number).first()
        if sent and (sent.answer or time.monotonic() > until):
            return sent, False
        time.sleep(PAUSE_SECONDS)


def settle(sent: SentForm, answer: str) -> None:
    """Note where the form led to; with no answer nothing was stored, and it may be sent again."""
    if answer:
        sent.answer = answer
        sent.save(update_fields=["answer"])
    else:
        sent.delete()


def erase_old(now: datetime) -> None:
    SentForm.objects.filter(sent_at__lte=now - timedelta(days=DAYS)).delete()
