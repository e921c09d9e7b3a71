from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from django.db import models
from django.db.models import Exists, Q

from mailings.enums import UNSETTLED, WAITING, MailState

# Without its code nobody could look at a restored site; one that the backup brought back has expired.
NEVER_HELD = ("sign_in_code",)

# Longer than all steps of a conversation at their time limit (EMAIL_TIMEOUT): a worker silent for so long is dead.
TAKEN_FOR_DEAD = timedelta(minutes=15)
# A mail that is tried again waits for 2, 4, 8, 16 and 32 minutes, then for an hour each time.
LONGEST_WAIT = timedelta(hours=1)


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
        """Return mail that may leave now: every way of sending takes its mail from here.

        A wait is void where a clock that was wrong set it. Only of mail that has been tried: another may wait for as
        long as whoever made it wants.
        """
        from mailings.models import MailHold  # the models import these querysets

        is_free = ~Exists(MailHold.objects.all()) | Q(kind__in=NEVER_HELD)
        by_wrong_clock = Q(tries__gt=0, not_before__gt=now + 2 * LONGEST_WAIT)
        its_time = Q(not_before=None) | Q(not_before__lte=now) | by_wrong_clock
        return self.filter(is_free, its_time, state=MailState.QUEUED)

    def waiting(self) -> MailQuerySet:
        return self.filter(state__in=WAITING)

    def to_erase(self, before: datetime) -> MailQuerySet:
        """Return mail that left or failed before `before` and is not erased; queued mail keeps its words."""
        over = self.filter(state__in=(MailState.SENT, MailState.DIGESTED, *UNSETTLED)).exclude(address="")
        return over.filter(Q(sent_at=None, made_at__lt=before) | Q(sent_at__lt=before))

    def cut_off(self, now: datetime) -> MailQuerySet:
        """Return mail that a worker took too long ago and has not finished, or took by a clock too far ahead."""
        alive = (now - TAKEN_FOR_DEAD, now + TAKEN_FOR_DEAD)
        return self.filter(state=MailState.SENDING).exclude(taken_at__range=alive)


class WordingQuerySet(models.QuerySet):
    def visible_to(self, roles: MailReader) -> WordingQuerySet:
        return self.select_related("changed_by") if roles.is_process_leader else self.none()


class MailChoiceQuerySet(models.QuerySet):
    def visible_to(self, roles: MailReader) -> MailChoiceQuerySet:
        return self.filter(user=roles.user_id)


class MailHoldQuerySet(models.QuerySet):
    def visible_to(self, roles: MailReader) -> MailHoldQuerySet:
        return self if roles.is_skr else self.none()
