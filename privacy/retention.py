"""What is erased when its time is out, a batch at a time so that other writers wait for none.

Mail and interest forms are erased by their own apps, since what stays of them is theirs to know.
"""

from collections.abc import Callable
from datetime import date, datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from accounts.personal import SESSIONS
from assessments.actions.rounds import reduce_ratings
from assessments.models import Assessment, Evidence, Rating
from assessments.personal import RATINGS
from cohorts.enums import Status
from cohorts.personal import LEFT_UPLOADS
from evaluation.erasing import old_notes
from evaluation.models import Interview
from improvements.models import WorkEvidence
from kit.link_or_file import LinkOrFile
from kit.models import AuditEvent
from kit.personal import TRAIL
from kit.uploads import forget
from meetings.models import Material
from reports.erasing import forget_approvers
from reports.personal import APPROVALS

BATCH = 1000
FEW = 50  # of what takes a file or several rows with it


def erase_old_trail(now: datetime) -> None:
    old = AuditEvent.objects.filter(happened_at__lt=TRAIL.oldest_kept(now)).order_by("pk")
    _in_batches(old, BATCH, lambda keys: AuditEvent.objects.filter(pk__in=keys).delete())


def mend_trail() -> None:
    """Take the name from what an erased person's last request wrote while they were erased."""
    for key, name in User.objects.exclude(erased_on=None).values_list("pk", "name"):
        AuditEvent.objects.filter(actor_id=key).exclude(actor=name).update(actor=name)


def end_old_sessions(now: datetime) -> None:
    """End what was begun too long ago, and forget the devices of sessions that are over."""
    begun = UserSession.objects.filter(created_at__lt=SESSIONS.oldest_kept(now))
    Session.objects.filter(session_key__in=begun.values("session_key")).delete()
    there = Session.objects.filter(session_key=OuterRef("session_key"))
    over = UserSession.objects.filter(~Exists(there)).order_by("pk")
    _in_batches(over, BATCH, lambda keys: UserSession.objects.filter(pk__in=keys).delete())


def erase_old_ratings(now: datetime) -> None:
    """Reduce the ratings of rounds that nobody has agreed from, as agreeing does."""
    rated = Rating.objects.filter(rater__round__assessment=OuterRef("pk"))
    old = Assessment.objects.filter(Exists(rated), round__opened_at__lt=RATINGS.oldest_kept(now)).order_by("pk")
    _in_batches(old, FEW, _reduce)


def _reduce(keys: list[int]) -> None:
    for assessment in Assessment.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys):
        reduce_ratings(assessment)


def erase_left_uploads(today: date) -> None:
    """Delete the files of organisations that left their omgång; links and texts stay."""
    for files in (
        _of_those_who_left(Evidence.objects.all(), "assessment__participation", today),
        _of_those_who_left(Material.objects.all(), "participation", today),
        _of_those_who_left(WorkEvidence.objects.all(), "improvement__participation", today),
    ):
        _in_batches(files.order_by("pk"), FEW, lambda keys, model=files.model: _delete_files(model, keys))  # type: ignore[misc]


def _of_those_who_left(rows: QuerySet, way: str, today: date) -> QuerySet:
    left = {f"{way}__status": Status.WITHDRAWN, f"{way}__withdrawn_on__lt": LEFT_UPLOADS.last_day(today)}
    return rows.filter(**left).exclude(file="")


def _delete_files(model: type[LinkOrFile], keys: list[int]) -> None:
    for row in model._base_manager.filter(pk__in=keys):
        row.delete()
        forget(row.file)


def erase_old_approvals(today: date) -> None:
    forget_approvers(APPROVALS.last_day(today))


def erase_old_notes(today: date) -> None:
    """Erase the evaluators' notes of interviews; that the interview was made stays."""
    _in_batches(old_notes(today), BATCH, lambda keys: Interview.objects.filter(pk__in=keys).update(notes=""))


def _in_batches(rows: QuerySet, size: int, erase: Callable[[list[int]], object]) -> None:
    # A run that is cut off continues where it stopped, since what is erased is not found again.
    while True:
        with transaction.atomic():
            keys = list(rows.values_list("pk", flat=True)[:size])
            if not keys:
                return
            erase(keys)
