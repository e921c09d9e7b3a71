from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.db import models
from django.db.models import Q

from mailings.enums import UNSETTLED, MailState


class Reader(Protocol):
    """What `cohorts.roles.Roles` tells of the reader; that app lies above this one."""

    @property
    def user_id(self) -> int | None: ...
    @property
    def is_skr(self) -> bool: ...
    @property
    def is_process_leader(self) -> bool: ...


class MailQuerySet(models.QuerySet):
    def visible_to(self, roles: Reader) -> MailQuerySet:
        """SKR's staff follow all mail; nobody else reads another's."""
        return self if roles.is_skr else self.none()

    def about_cohort(self, slug: str) -> MailQuerySet:
        return self.filter(about=slug)

    def unsettled(self) -> MailQuerySet:
        """Uncertain or failed, and nobody has sent it again or let it be."""
        return self.filter(state__in=UNSETTLED, resent_as=None, left_at=None)

    def to_send(self, now: datetime) -> MailQuerySet:
        """Queued, and not to wait any longer."""
        return self.filter(Q(not_before=None) | Q(not_before__lte=now), state=MailState.QUEUED)

    def to_erase(self, before: datetime) -> MailQuerySet:
        """With address and words still, though it left, or failed, so long ago; what waits to be sent keeps them."""
        over = self.filter(state__in=(MailState.SENT, MailState.DIGESTED, *UNSETTLED)).exclude(address="")
        return over.filter(Q(sent_at=None, made_at__lt=before) | Q(sent_at__lt=before))

    def cut_off(self, before: datetime) -> MailQuerySet:
        """Taken by a worker that has said nothing since."""
        return self.filter(state=MailState.SENDING, taken_at__lt=before)


class WordingQuerySet(models.QuerySet):
    def visible_to(self, roles: Reader) -> WordingQuerySet:
        return self.select_related("changed_by") if roles.is_process_leader else self.none()


class MailChoiceQuerySet(models.QuerySet):
    def visible_to(self, roles: Reader) -> MailChoiceQuerySet:
        """One's own."""
        return self.filter(user=roles.user_id)
