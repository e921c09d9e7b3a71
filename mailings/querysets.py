from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from mailings.enums import MailState


class MailQuerySet(models.QuerySet):
    def about_cohort(self, slug: str) -> MailQuerySet:
        return self.filter(about=slug)

    def to_send(self, now: datetime) -> MailQuerySet:
        """Queued, and not to wait any longer."""
        return self.filter(Q(not_before=None) | Q(not_before__lte=now), state=MailState.QUEUED)

    def cut_off(self, before: datetime) -> MailQuerySet:
        """Taken by a worker that has said nothing since."""
        return self.filter(state=MailState.SENDING, taken_at__lt=before)
