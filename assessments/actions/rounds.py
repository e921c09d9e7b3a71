"""Reduction of the individual ratings to spread, number and functions, when a common value is agreed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.utils import timezone

from assessments.models import Assessment, Rating, RatingRound, Score
from checklist.models import Item
from kit.figures import FEWEST_COMPARED


def reduce_ratings(assessment: Assessment, items: Iterable[Item] | None = None) -> None:
    """Keep only spread, number and functions of the individual ratings, and delete them: all, or those of `items`.

    The caller agrees a value in the same transaction. When all are gone nothing more may be given, so an open round is
    closed.
    """
    ratings = Rating.objects.filter(rater__round__assessment=assessment).select_related("rater")
    if items is not None:
        ratings = ratings.filter(item__in=items)
    by_item: dict[int, list[Rating]] = {}
    for rating in ratings:
        by_item.setdefault(rating.item_id, []).append(rating)
    for score in Score.objects.filter(assessment=assessment, item__in=by_item):
        given = by_item[score.item_id]
        values = [rating.value for rating in given]
        score.raters = dict(Counter(rating.rater.function for rating in given))
        # Of fewer, the lowest and the highest value would reveal what single persons chose.
        enough = len(values) >= FEWEST_COMPARED
        score.spread_low, score.spread_high = (min(values), max(values)) if enough else (None, None)
        score.save(update_fields=["raters", "spread_low", "spread_high"])
    # They are named opinions, so nothing but the reduced values may stay.
    ratings.delete()
    if items is None:
        RatingRound.objects.filter(assessment=assessment, closed_at=None).update(closed_at=timezone.now())
