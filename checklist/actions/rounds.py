"""What is left of individual ratings when a common value is agreed: spread, number and functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.utils import timezone

from checklist.models import Assessment, Item, Rating, RatingRound, Score

# Below so many the lowest and the highest value would tell what single persons chose.
SPREAD_FROM = 3


def reduce_ratings(assessment: Assessment, items: Iterable[Item] | None = None) -> None:
    """Keep of the individual ratings only spread, number and functions, and delete them: all, or those of `items`.

    Called by whoever agrees a value, within its transaction. With all of them gone nothing more may be given, so a
    round that is still open is closed.
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
        enough = len(values) >= SPREAD_FROM
        score.spread_low, score.spread_high = (min(values), max(values)) if enough else (None, None)
        score.save(update_fields=["raters", "spread_low", "spread_high"])
    ratings.delete()
    if items is None:
        RatingRound.objects.filter(assessment=assessment, closed_at=None).update(closed_at=timezone.now())
