"""Questions from the gaps of the indicators that an organisation has chosen for Läget.

They rest on values that every reader of the indicator may see, so few people are behind none of them.
"""

from collections.abc import Iterable, Iterator

from checklist.enums import Audience
from indicators.chosen import ChosenIndicator
from indicators.enums import Direction
from indicators.gap import headline_of, question_of
from indicators.movement import Because, GapMovement
from indicators.numbers import figure
from indicators.periods import in_words
from indicators.series import SeriesPoint
from questions.of_work import OfferedOfWork, Weight
from questions.ties import INDICATOR, AskedAbout

OF_MANAGERS = {
    Weight.GREW: "Vad i våra verksamheter ligger bakom, och vad prövar vi först?",
    Weight.STANDS: "Vad prövar vi för att minska skillnaden, vem ansvarar och när ser vi om det hjälper?",
    Weight.SHRINKS: "Vad i vårt arbetssätt har bidragit, och hur gör vi det till rutin?",
}
WHAT_AND_WHEN = "Vad gör vi åt det, och när ser vi om det hjälper?"


def gap_questions(chosen: Iterable[ChosenIndicator], audience: str) -> Iterator[OfferedOfWork]:
    for row in chosen:
        point = row.series.latest
        if point is not None and _is_too_great(row, point):
            yield _question(row, point, audience)


def _is_too_great(row: ChosenIndicator, point: SeriesPoint) -> bool:
    assert point.gap is not None
    target = row.indicator.target_gap
    return figure(abs(point.gap)) != "0" and (target is None or abs(point.gap) > target)


def _question(row: ChosenIndicator, point: SeriesPoint, audience: str) -> OfferedOfWork:
    weight = _weight(row)
    about = f"nyckeltalet ”{row.indicator.title}”"
    headline, why = headline_of(row.series), f"Det visar ”{row.indicator.title}”, {in_words(point.period)}."
    tie = AskedAbout(INDICATOR, row.indicator.pk, point.period)
    return OfferedOfWork(f"{headline} {_asks(row, weight, audience)}", why, about, weight, tie)


def _asks(row: ChosenIndicator, weight: Weight, audience: str) -> str:
    if audience == Audience.MANAGER:
        return OF_MANAGERS[weight]
    return WHAT_AND_WHEN if weight == Weight.STANDS else question_of(row.series, row.movement)


def _weight(row: ChosenIndicator) -> Weight:
    movement = row.movement
    if movement is None or movement.gap == 0:
        return Weight.STANDS
    if movement.gap > 0 or _fell_back(row, movement):
        return Weight.GREW
    return Weight.SHRINKS


def _fell_back(row: ChosenIndicator, movement: GapMovement) -> bool:
    return movement.because == Because.AHEAD_FELL and row.indicator.direction != Direction.EQUAL
