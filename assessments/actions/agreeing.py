"""Action of the working meeting: a common value is agreed, and the individual ratings of the moment are deleted."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction

from accounts.models import User
from assessments.actions.assessments import locked, refuse_handed_in
from assessments.actions.rounds import reduce_ratings
from assessments.actions.scores import content_of, save_score
from assessments.models import Assessment, RatingRound, Score
from assessments.trail import AssessmentEvent
from checklist.models import Item
from kit import audit
from kit.figures import printed
from kit.refusals import ActionRefused


@transaction.atomic
def agree_value(
    *,
    assessment: Assessment,
    item: Item,
    value: Decimal,
    reasoning: str = "",
    next_step: str = "",
    revision: int,
    why: str = "",
    by: User,
) -> Score:
    """Save the agreed value by `save_score`'s rules, and reduce the moment's individual ratings.

    Raise ScoreTaken and store nothing if the page is stale. Posted again it changes nothing.
    """
    assessment = locked(assessment)
    refuse_handed_in(assessment)
    if RatingRound.objects.filter(assessment=assessment, closed_at=None).exists():
        raise ActionRefused("Den enskilda skattningen pågår. Stäng den innan ni enas om värden.")
    stored = Score.objects.filter(assessment=assessment, item=item).first() or Score()
    content = content_of(stored)._replace(value=value, reasoning=reasoning, next_step=next_step)
    unchanged = content == content_of(stored)
    score = save_score(
        assessment=assessment,
        item=item,
        content=content,
        revision=revision,
        why=why,
        kind=AssessmentEvent.SCORE_SAVED if stored.agreed else AssessmentEvent.VALUE_AGREED,
        by=by,
    )
    if not score.agreed:
        score.agreed = True
        score.save(update_fields=["agreed"])
        if unchanged:  # saved before the meeting, and agreed to as it stood
            code = assessment.participation.organisation.code
            target = f"{assessment}: {item.short}"
            audit.record(AssessmentEvent.VALUE_AGREED, target=target, by=by, organisation=code, value=printed(value, 1))
    reduce_ratings(assessment, [item])
    score.refresh_from_db(fields=["spread_low", "spread_high", "raters"])
    return score
