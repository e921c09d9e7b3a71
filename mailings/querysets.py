from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from django.conf import settings
from django.db import models
from django.db.models import Exists, Q

from mailings.enums import UNSETTLED, WAITING, MailState

# Code mail usually leaves within seconds.
OVERDUE, TOLD_FOR = timedelta(minutes=1), timedelta(hours=1)

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
        # Who signs in and when is nobody else's business; that codes do not go out is told by `overdue_codes`.
        return self.ordinary() if roles.is_skr else self.none()

    def ordinary(self) -> MailQuerySet:
        return self.filter(expires_at=None)

    def codes(self) -> MailQuerySet:
        """Return code mail, which expires and is sent in a lane of its own."""
        return self.exclude(expires_at=None)

    def overdue_codes(self, now: datetime) -> MailQuerySet:
        """Return the code mail of the last hour that has failed, or has waited for a minute."""
        waits = Q(state__in=(MailState.QUEUED, MailState.SENDING), made_at__lte=now - OVERDUE)
        recent = self.codes().filter(made_at__gt=now - TOLD_FOR)
        return recent.filter(waits | Q(state=MailState.FAILED))

    def about_cohort(self, slug: str) -> MailQuerySet:
        return self.filter(about=slug)

    def unsettled(self) -> MailQuerySet:
        return self.ordinary().filter(state__in=UNSETTLED, resent_as=None, left_at=None)

    def to_send(self, now: datetime) -> MailQuerySet:
        """Return mail that may leave now: every way of sending takes its mail from here.

        A wait is void where a clock that was wrong set it. Only of mail that has been tried: another may wait for as
        long as whoever made it wants.
        """
        from mailings.models import MailHold  # the models import these querysets

        # A hold is for what a restored database would send again. Without its code nobody could look at that site.
        is_free = ~Exists(MailHold.objects.all()) | ~Q(expires_at=None)
        is_good = Q(expires_at=None) | Q(expires_at__gt=now)
        by_wrong_clock = Q(tries__gt=0, not_before__gt=now + 2 * LONGEST_WAIT)
        its_time = Q(not_before=None) | Q(not_before__lte=now) | by_wrong_clock
        return self.filter(is_free, is_good, its_time, state=MailState.QUEUED)

    def waiting(self) -> MailQuerySet:
        return self.ordinary().filter(state__in=WAITING)

    def expired(self, now: datetime) -> MailQuerySet:
        return self.filter(expires_at__lte=now, state=MailState.QUEUED)

    def spent_codes(self, now: datetime) -> MailQuerySet:
        """Return the code mail whose words nobody needs any more and that still has them."""
        over = Q(state__in=(MailState.SENT, MailState.FAILED))
        if settings.DEMO:  # its mail is read on a page of its own
            over = Q(expires_at__lte=now)
        return self.codes().filter(over).exclude(address="")

    def overdue(self, now: datetime) -> MailQuerySet:
        """Return mail that should have left by now, what the server asked us to try again later included."""
        return self.filter(Q(not_before=None) | Q(not_before__lte=now) | Q(tries__gt=0), state=MailState.QUEUED)

    def to_erase(self, before: datetime) -> MailQuerySet:
        """Return mail that was done with before `before` and is not erased; queued mail keeps its words."""
        done = (MailState.SENT, MailState.DIGESTED, MailState.NOT_SENT, *UNSETTLED)
        over = self.filter(state__in=done).exclude(address="")
        return over.filter(Q(sent_at=None, made_at__lt=before) | Q(sent_at__lt=before))

    def cut_off(self, now: datetime, patience: timedelta) -> MailQuerySet:
        """Return mail that a worker took longer ago and has not finished, or took by a clock as far ahead."""
        alive = (now - patience, now + patience)
        return self.filter(state=MailState.SENDING).exclude(taken_at__range=alive)


class AttachmentQuerySet(models.QuerySet):
    def unused(self) -> AttachmentQuerySet:
        """Return the files that nothing carries; the apps above this one have relations of their own to them."""
        carriers = [relation.name for relation in self.model._meta.related_objects]
        return self.filter(**dict.fromkeys(carriers))

    def calendars(self) -> AttachmentQuerySet:
        return self.filter(media_type__startswith="text/calendar")


class WordingQuerySet(models.QuerySet):
    def visible_to(self, roles: MailReader) -> WordingQuerySet:
        return self.select_related("changed_by") if roles.is_process_leader else self.none()


class MailChoiceQuerySet(models.QuerySet):
    def visible_to(self, roles: MailReader) -> MailChoiceQuerySet:
        return self.filter(user=roles.user_id)


class MailHoldQuerySet(models.QuerySet):
    def visible_to(self, roles: MailReader) -> MailHoldQuerySet:
        return self if roles.is_skr else self.none()
