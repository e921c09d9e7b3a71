"""The working meeting, item by item: the group's value last time, the individual ratings and the agreed value."""

from __future__ import annotations

from dataclasses import dataclass

from assessments.models import Assessment, Score
from assessments.occasions import OUTSIDE
from assessments.series import previous_assessment
from assessments.together.spread import RatedAlone, alone_of, what_is_left
from checklist.guidance import ItemGuidance, guidance_for
from checklist.models import Item


@dataclass(frozen=True)
class ItemLine:
    """One row in the list of all items, with its state in words."""

    number: int
    state: str
    agreed: bool
    current: bool


@dataclass(frozen=True)
class WorkingItem:
    """One item on the wall; `past` is its previous score, given at `past_from`."""

    assessment: Assessment
    item: Item
    score: Score
    places: tuple[ItemLine, ...]
    past: Score | None
    past_from: str
    alone: RatedAlone | None
    guidance: ItemGuidance | None

    @property
    def left(self) -> str:
        return what_is_left(self.score)

    @property
    def agreed(self) -> int:
        return sum(place.agreed for place in self.places)

    @property
    def before(self) -> Item | None:
        return next((item for item in self.assessment.items if item.number == self.item.number - 1), None)

    @property
    def after(self) -> Item | None:
        return next((item for item in self.assessment.items if item.number == self.item.number + 1), None)


def sheet_of(assessment: Assessment, item: Item) -> WorkingItem:
    """Return the page's values for an assessment that was fetched with its scores."""
    scores = {score.item_id: score for score in assessment.scores.all()}
    earlier = previous_assessment(assessment)
    past = next((score for score in earlier.scores.all() if score.item_id == item.pk), None) if earlier else None
    return WorkingItem(
        assessment=assessment,
        item=item,
        score=scores.get(item.pk) or Score(assessment=assessment, item=item),
        places=tuple(_place(row, scores.get(row.pk), row == item) for row in assessment.items),
        past=past if past and past.value is not None else None,
        past_from=str(earlier.meeting or OUTSIDE) if earlier else "",
        alone=alone_of(assessment, item),
        guidance=guidance_for(assessment.checklist).get(item.pk),
    )


def first_to_agree(assessment: Assessment) -> Item:
    agreed = {score.item_id for score in assessment.scores.all() if score.agreed}
    return next((item for item in assessment.items if item.pk not in agreed), assessment.items[0])


def _place(item: Item, score: Score | None, current: bool) -> ItemLine:
    agreed = score is not None and score.agreed
    rated = score is not None and score.value is not None
    state = "ni är överens" if agreed else "skattat, inte genomgånget än" if rated else "inte skattat än"
    return ItemLine(item.number, state, agreed, current)
