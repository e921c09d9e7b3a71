"""Individual ratings: a round is opened, invited to, given, closed or taken back. No value enters the trail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from checklist.actions.assessments import locked
from checklist.models import Assessment, Item, Rater, Rating, RatingRound
from checklist.together.rounds import seated_raters
from cohorts.models import Delegate
from modell import audit
from modell.audit import Kind
from modell.refusals import ActionRefused

CLOSED = "Den enskilda skattningen är stängd."


@transaction.atomic
def invite_raters(*, assessment: Assessment, delegates: Iterable[Delegate], by: User) -> RatingRound:
    """Open the assessment for individual rating, or invite more while it is open. Whom it has asked it asks once."""
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
        _record(Kind.ROUND_OPENED if is_new else Kind.RATERS_INVITED, assessment, by, invited=len(new))
    return opened


@transaction.atomic
def pass_on_invitations(*, leaving: User, successor: Delegate) -> int:
    """Invite a successor to the open rounds that the leaving one has not finished; what was given is never passed on.

    Called by the hand-over, which holds the participation. The leaving one is no longer counted when they have left.
    """
    participation = successor.participation
    open_rounds = RatingRound.objects.filter(
        assessment__participation=participation,
        closed_at=None,
        raters__in=Rater.objects.filter(user=leaving, done_at=None),
    )
    passed_on = 0
    for found in open_rounds.select_related("assessment").order_by("assessment_id"):
        if not locked(found.assessment).is_draft:
            continue
        defaults = {"function": successor.function}
        _, new = Rater.objects.get_or_create(round=found, user=successor.user, defaults=defaults)
        passed_on += new
    return passed_on


@transaction.atomic
def rate_alone(*, assessment: Assessment, values: Mapping[Item, Decimal], by: User) -> Rater:
    """Save one's own values, until the round closes. The trail does not say that it was done."""
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
    """The last one to say so closes the round. Said twice it is said once."""
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
    """End it with those who are ready, also where nobody is; two clicks close it once."""
    assessment = locked(assessment)
    found = RatingRound.objects.filter(assessment=assessment).first()
    if found is None:
        raise ActionRefused("Självskattningen är inte öppnad för enskild skattning.")
    if found.is_open:
        _close(found, by)
    return found


@transaction.atomic
def withdraw_round(*, assessment: Assessment, by: User) -> None:
    """Take an open round away with all that was given in it, as if it had never been opened."""
    assessment = locked(assessment)
    found = RatingRound.objects.filter(assessment=assessment).first()
    if found is None:
        return
    if not found.is_open:
        raise ActionRefused(f"{CLOSED} Den kan inte tas bort.")
    found.delete()
    _record(Kind.ROUND_WITHDRAWN, assessment, by)


def _rater(assessment: Assessment, user: User) -> Rater:
    """The person's place in the round, with the assessment's row held: it cannot close meanwhile."""
    locked(assessment)
    raters = Rater.objects.filter(round__assessment=assessment, user=user)
    rater = raters.select_related("round__assessment__participation").first()
    if rater is None:
        raise ActionRefused("Du är inte inbjuden till den enskilda skattningen.")
    return rater


def _refuse_closed(rater: Rater, more: str = "") -> None:
    assessment = rater.round.assessment
    has_left = assessment.participation.has_left_by(timezone.localdate())
    if has_left or not (rater.round.is_open and assessment.is_draft):
        raise ActionRefused(f"{CLOSED}{more}")


def _close(opened: RatingRound, by: User, *, by_itself: bool = False) -> None:
    """Who has left is no longer counted; who has given anything is one who has rated."""
    assessment, now = opened.assessment, timezone.now()
    opened.raters.exclude(pk__in=seated_raters(assessment).values("pk")).delete()
    opened.raters.filter(done_at=None, ratings__isnull=False).update(done_at=now)
    opened.closed_at = now
    opened.save(update_fields=["closed_at"])
    ready, invited = opened.raters.exclude(done_at=None).count(), opened.raters.count()
    _record(Kind.ROUND_CLOSED, assessment, by, ready=ready, invited=invited, by_itself=by_itself)


def _record(kind: Kind, assessment: Assessment, by: User, **data: object) -> None:
    audit.record(kind, target=assessment, by=by, organisation=assessment.participation.organisation.code, **data)
