from __future__ import annotations

from datetime import datetime

from django.db import models

from cohorts.roles import Roles


class MailingQuerySet(models.QuerySet):
    def visible_to(self, roles: Roles) -> MailingQuerySet:
        return self if roles.is_skr else self.none()

    def to_remove(self, before: datetime) -> MailingQuerySet:
        return self.filter(models.Q(sent_at__lt=before) | models.Q(sent_at=None, changed_at__lt=before))
