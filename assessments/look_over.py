"""Remarks shown before an assessment is handed in, at most three. Only a missing value stops the handing in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest

from assessments.models import Score
from assessments.rating_page import Scores, value_of
from checklist.models import Item
from kit.figures import printed

AT_MOST = 3


@dataclass(frozen=True)
class Remark:
    """A moment worth a second look, with the reason."""

    item: Item
    sentence: str


def look_over(
    items: Sequence[Item],
    scores: Scores,
    earlier: Sequence[Scores],
    highest: int,
    shown: Collection[int],
    *,
    is_missing: bool,
) -> list[Remark]:
    """Return the remarks, the first of each rule before the second of any.

    `earlier` has the occasions before, the latest first; `shown` has the ids of the items with evidence. A missing
    value takes the place of one remark, since the page says it elsewhere.
    """
    remarks_by_rule = (
        lowered_without_a_word(items, scores, earlier),
        highest_with_nothing_to_show(items, scores, highest, shown),
        unchanged_despite_an_aim(items, scores, earlier),
    )
    in_turn = (remark for turn in zip_longest(*remarks_by_rule) for remark in turn if remark)
    return list(islice(in_turn, AT_MOST - is_missing))


def highest_with_nothing_to_show(
    items: Sequence[Item], scores: Scores, highest: int, shown: Collection[int]
) -> Iterator[Remark]:
    for item in items:
        score = scores.get(item.pk)
        if score and score.value == highest and item.pk not in shown and not _says(score, "comment", "since_last"):
            words = "står på högsta steget. Med en kommentar eller ett underlag ser andra hur ni gör."
            yield Remark(item, words)


def lowered_without_a_word(items: Sequence[Item], scores: Scores, earlier: Sequence[Scores]) -> Iterator[Remark]:
    for item in items:
        score, before = scores.get(item.pk), value_of(earlier[0].get(item.pk)) if earlier else None
        if score is None or score.value is None or before is None or score.value >= before:
            continue
        if not _says(score, "comment", "reasoning", "since_last"):
            change = f"är lägre än förra gången, från {printed(before, 1)} till {printed(score.value, 1)}."
            yield Remark(item, f"{change} Några ord om varför hjälper er att minnas.")


def unchanged_despite_an_aim(items: Sequence[Item], scores: Scores, earlier: Sequence[Scores]) -> Iterator[Remark]:
    """Yield the items with the same value three times on the same checklist though the aim was higher."""
    if len(earlier) < 2:
        return
    for item in items:
        now, *then = (value_of(occasion.get(item.pk)) for occasion in (scores, *earlier[:2]))
        if now is None or then != [now, now]:
            continue
        aims = [aim for aim in (earlier[0][item.pk].aim, earlier[1][item.pk].aim) if aim is not None and aim > now]
        if aims:
            words = f"har stått på {printed(now, 1)} tre gånger i rad, med {printed(aims[0], 1)} som mål."
            yield Remark(item, f"{words} Vad skulle behövas för nästa steg?")


def _says(score: Score, *names: str) -> bool:
    return any(getattr(score, name).strip() for name in names)
