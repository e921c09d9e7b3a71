"""The working meeting, moment by moment: where the group stands, what it said the time before, what it thinks now."""

from __future__ import annotations

from dataclasses import dataclass

from checklist.guidance import MomentGuidance, guidance_for
from checklist.models import Assessment, Item, Score
from checklist.occasions import OUTSIDE, previous_assessment
from checklist.together.spread import Alone, alone_of, what_is_left


@dataclass(frozen=True)
class Place:
    """One moment in the list of all: where it stands, in words."""

    number: int
    state: str
    agreed: bool
    current: bool


@dataclass(frozen=True)
class Sheet:
    """One moment on the wall. `past` is the score of the time before, given at `past_from`."""

    assessment: Assessment
    item: Item
    score: Score
    places: tuple[Place, ...]
    past: Score | None
    past_from: str
    alone: Alone | None
    guidance: MomentGuidance | None

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


def sheet_of(assessment: Assessment, item: Item) -> Sheet:
    """Of an assessment fetched with its scores."""
    scores = {score.item_id: score for score in assessment.scores.all()}
    earlier = previous_assessment(assessment)
    past = next((score for score in earlier.scores.all() if score.item_id == item.pk), None) if earlier else None
    return Sheet(
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
    """Where to begin, or go on after a pause."""
    agreed = {score.item_id for score in assessment.scores.all() if score.agreed}
    return next((item for item in assessment.items if item.pk not in agreed), assessment.items[0])


def _place(item: Item, score: Score | None, current: bool) -> Place:
    agreed = score is not None and score.agreed
    rated = score is not None and score.value is not None
    state = "ni är överens" if agreed else "skattat, inte genomgånget än" if rated else "inte skattat än"
    return Place(item.number, state, agreed, current)
