from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.db import models
from django.db.models import Exists, Q

from mailings.enums import UNSETTLED, WAITING, MailState

# Without its code nobody could look at a restored site; one that the backup brought back has expired.
NEVER_HELD = ("sign_in_code",)


class MailReader(Protocol):
    """The reader's rights, as `cohorts.roles.Roles` gives them; that app lies above this one."""

    @property
    def user_id(self) -> int | None: ...
    @property
    def is_skr(self) -> bool: ...
    @property
    def is_process_leader(self) -> bool: ...


class MailQuerySet(models.QuerySet):
    def visible_to(self, roles: MailReader) -> MailQuerySet:
        return self if roles.is_skr else self.none()

    def about_cohort(self, slug: str) -> MailQuerySet:
        return self.filter(about=slug)

    def unsettled(self) -> MailQuerySet:
        return self.filter(state__in=UNSETTLED, resent_as=None, left_at=None)

    def to_send(self, now: datetime) -> MailQuerySet:
        """Return mail that may leave now: every way of sending takes its mail from here."""
        from mailings.models import MailHold  # the models import these querysets

        is_free = ~Exists(MailHold.objects.all()) | Q(kind__in=NEVER_HELD)
        return self.filter(is_free, Q(not_before=None) | Q(not_before__lte=now), state=MailState.QUEUED)

    def waiting(self) -> MailQuerySet:
        return self.filter(state__in=WAITING)

    def to_erase(self, before: datetime) -> MailQuerySet:
        """Return mail that left or failed before `before` and is not erased; queued mail keeps its words."""
        over = self.filter(state__in=(MailState.SENT, MailState.DIGESTED, *UNSETTLED)).exclude(address="")
        return over.filter(Q(sent_at=None, made_at__lt=before) | Q(sent_at__lt=before))

    def cut_off(self, before: datetime) -> MailQuerySet:
        """Return mail that a worker took before `before` and has not finished."""
        return self.filter(state=MailState.SENDING, taken_at__lt=before)


class WordingQuerySet(models.QuerySet):
    def visible_to(self, roles: MailReader) -> WordingQuerySet:
        return self.select_related("changed_by") if roles.is_process_leader else self.none()


class MailChoiceQuerySet(models.QuerySet):
    def visible_to(self, roles: MailReader) -> MailChoiceQuerySet:
        return self.filter(user=roles.user_id)


class MailHoldQuerySet(models.QuerySet):
    def visible_to(self, roles: MailReader) -> MailHoldQuerySet:
        return self if roles.is_skr else self.none()
