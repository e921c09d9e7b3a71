"""Actions of the individual rating. No value enters the trail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from assessments.actions.assessments import locked
from assessments.models import Assessment, Rater, Rating, RatingRound
from assessments.telling import remind_raters, tell_raters
from assessments.together.rounds import seated_raters, who_may_be_invited
from assessments.trail import AssessmentEvent
from checklist.models import Item
from cohorts.models import Delegate
from kit import audit
from kit.refusals import ActionRefused
from kit.templatetags.swedish import day

CLOSED = "Den enskilda skattningen är stängd."
# How long a person with a new address waits for what they rated with the old one.
WITHHELD = timedelta(days=7)


@transaction.atomic
def invite_raters(*, assessment: Assessment, delegates: Iterable[Delegate], by: User) -> RatingRound:
    """Open the assessment for individual rating, or invite more while it is open, and mail those who are new."""
    assessment = locked(assessment)
    if not assessment.is_draft:
        raise ActionRefused("Självskattningen är inlämnad, så den kan inte öppnas för enskild skattning.")
    asked = {delegate.user_id: delegate for delegate in delegates}
    if not asked:
        raise ActionRefused("Välj minst en person.", field="people")
    organisation = assessment.participation.organisation_id
    if any(delegate.participation.organisation_id != organisation for delegate in asked.values()):
        raise ActionRefused("Bara den egna organisationens representanter kan bjudas in.", field="people")
    opened, is_new = RatingRound.objects.get_or_create(assessment=assessment)
    if not opened.is_open:
        raise ActionRefused(f"{CLOSED} Ingen mer kan bjudas in.")
    there = set(opened.raters.values_list("user_id", flat=True))
    new = [delegate for user_id, delegate in asked.items() if user_id not in there]
    Rater.objects.bulk_create(Rater(round=opened, user_id=row.user_id, function=row.function) for row in new)
    if new:
        _record(
            AssessmentEvent.ROUND_OPENED if is_new else AssessmentEvent.RATERS_INVITED, assessment, by, invited=len(new)
        )
        opened.assessment = assessment
        tell_raters(opened, new, by=by)
    return opened


@transaction.atomic
def remind_round(*, assessment: Assessment, by: User) -> int:
    """Remind those who are not ready, each at most once a day, and return how many were reminded."""
    assessment = locked(assessment)
    opened = RatingRound.objects.filter(assessment=assessment, closed_at=None).first()
    if opened is None or not assessment.is_draft:
        raise ActionRefused(f"{CLOSED} Det finns ingen att påminna.")
    opened.assessment = assessment
    left = set(opened.raters.filter(done_at=None).exclude(user=by).values_list("user_id", flat=True))
    today = timezone.localdate()
    seats = [seat for seat in who_may_be_invited(assessment, today) if seat.user_id in left]
    reminded = remind_raters(opened, seats, today)
    if reminded:
        # The trail names no number: it would say how many are ready also where that says who.
        _record(AssessmentEvent.RATERS_REMINDED, assessment, by)
    return reminded


@transaction.atomic
def pass_on_invitations(*, leaving: User, successor: Delegate) -> int:
    """Invite a successor to the open rounds that the person leaving has not finished; return how many.

    Ratings already given are never passed on. The hand-over calls this with the participation's row locked.
    """
    participation = successor.participation
    open_rounds = RatingRound.objects.filter(
        assessment__participation=participation,
        closed_at=None,
        raters__in=Rater.objects.filter(user=leaving, done_at=None),
    )
    passed_on = 0
    for rating_round in open_rounds.select_related("assessment").order_by("assessment_id"):
        if not locked(rating_round.assessment).is_draft:
            continue
        defaults = {"function": successor.function}
        _, new = Rater.objects.get_or_create(round=rating_round, user=successor.user, defaults=defaults)
        passed_on += new
    return passed_on


@transaction.atomic
def withhold_ratings(*, user: User) -> None:
    """Let what the person has rated follow to a new address only after some days; they may not be the same person."""
    rated = Rater.objects.filter(user=user, ratings__isnull=False).order_by().values("pk")
    Rater.objects.filter(pk__in=rated).update(withheld_until=timezone.localdate() + WITHHELD)


@transaction.atomic
def rate_alone(*, assessment: Assessment, values: Mapping[Item, Decimal], by: User) -> Rater:
    """Save one's own values while the round is open. No row is written in the trail."""
    rater = _rater(assessment, by)
    if any(value not in assessment.values for value in values.values()):
        raise ActionRefused("Värdet finns inte på skalan.", field="value")
    stored = dict(rater.ratings.values_list("item_id", "value"))
    changed = {item: value for item, value in values.items() if stored.get(item.pk) != value}
    if changed:
        _refuse_closed(rater, " Det du valde nu är inte sparat.")
    for item, value in changed.items():
        Rating.objects.update_or_create(rater=rater, item=item, defaults={"value": value})
    return rater


@transaction.atomic
def say_ready(*, assessment: Assessment, by: User) -> Rater:
    """Mark the person as ready; the last one to be ready closes the round. A second call changes nothing."""
    rater = _rater(assessment, by)
    if rater.done_at:
        return rater
    _refuse_closed(rater)
    if not rater.ratings.exists():
        raise ActionRefused("Du har inte skattat något moment än. Skatta minst ett innan du säger att du är klar.")
    rater.done_at = timezone.now()
    rater.save(update_fields=["done_at"])
    if not seated_raters(assessment).filter(done_at=None).exists():
        _close(rater.round, by, by_itself=True)
    return rater


@transaction.atomic
def close_round(*, assessment: Assessment, by: User) -> RatingRound:
    """Close the round even if nobody is ready; a second call changes nothing."""
    assessment = locked(assessment)
    rating_round = RatingRound.objects.filter(assessment=assessment).first()
    if rating_round is None:
        raise ActionRefused("Självskattningen är inte öppnad för enskild skattning.")
    if rating_round.is_open:
        _close(rating_round, by)
    return rating_round


@transaction.atomic
def withdraw_round(*, assessment: Assessment, by: User) -> None:
    assessment = locked(assessment)
    rating_round = RatingRound.objects.filter(assessment=assessment).first()
    if rating_round is None:
        return
    if not rating_round.is_open:
        raise ActionRefused(f"{CLOSED} Den kan inte tas bort.")
    rating_round.delete()
    _record(AssessmentEvent.ROUND_WITHDRAWN, assessment, by)


def _rater(assessment: Assessment, user: User) -> Rater:
    locked(assessment)
    # With the assessment's row locked the round cannot close meanwhile.
    raters = Rater.objects.filter(round__assessment=assessment, user=user)
    rater = raters.select_related("round__assessment__participation").first()
    if rater is None:
        raise ActionRefused("Du är inte inbjuden till den enskilda skattningen.")
    if rater.is_withheld(timezone.localdate()):
        raise ActionRefused(f"Din e-postadress är ändrad. Du kan skatta här igen från {day(rater.withheld_until)}.")
    return rater


def _refuse_closed(rater: Rater, more: str = "") -> None:
    assessment = rater.round.assessment
    has_left = assessment.participation.has_left_by(timezone.localdate())
    if has_left or not (rater.round.is_open and assessment.is_draft):
        raise ActionRefused(f"{CLOSED}{more}")


def _close(opened: RatingRound, by: User, *, by_itself: bool = False) -> None:
    assessment, now = opened.assessment, timezone.now()
    # People who have left are no longer counted, and anyone who has rated something counts as ready.
    opened.raters.exclude(pk__in=seated_raters(assessment).values("pk")).delete()
    opened.raters.filter(done_at=None, ratings__isnull=False).update(done_at=now)
    opened.closed_at = now
    opened.save(update_fields=["closed_at"])
    ready, invited = opened.raters.exclude(done_at=None).count(), opened.raters.count()
    _record(AssessmentEvent.ROUND_CLOSED, assessment, by, ready=ready, invited=invited, by_itself=by_itself)


def _record(kind: AssessmentEvent, assessment: Assessment, by: User, **data: object) -> None:
    audit.record(kind, target=assessment, by=by, organisation=assessment.participation.organisation.code, **data)
