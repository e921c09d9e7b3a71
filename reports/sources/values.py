"""The self-assessment then and now, and what was written at its moments."""

from collections.abc import Iterator

from assessments.figures.statistics import own_movement
from assessments.models import Score
from assessments.occasions import Occasion, occasions_of
from assessments.raters import raters_line
from kit.figures import printed
from kit.references.naming import ref_of
from kit.templatetags.swedish import mean
from reports.content.base import columns_of_days
from reports.content.organisation import moved_in_words
from reports.sources.source import SectionSource, SourceFigure, SourceRequest

VALUES = "Självskattning"


def values(asked: SourceRequest) -> Iterator[SectionSource]:
    """Yield how the moment, or the whole self-assessment, stood at first and stands now."""
    occasions = occasions_of(asked.participation, asked.roles)
    if not occasions:
        return
    if asked.item is None:
        yield from _whole(occasions)
        return
    yield from _of_item(asked, occasions)
    yield from _written(asked, occasions)


def _whole(occasions: list[Occasion]) -> Iterator[SectionSource]:
    first, last = occasions[0], occasions[-1]
    if first is not last:
        moved = own_movement(last.checklist_items, first.answers, last.answers)
        raters = raters_line(last.assessment, first.assessment)
        yield SectionSource("values", VALUES, f"{moved_in_words(moved, first, last)} {raters}")


def _of_item(asked: SourceRequest, occasions: list[Occasion]) -> Iterator[SectionSource]:
    item, first, last = asked.item, occasions[0], occasions[-1]
    assert item is not None
    now, before = last.answers.get(item.key), first.answers.get(item.key)
    if now is None:
        return
    cell = mean(now)
    columns = columns_of_days(on for each in occasions if (on := each.assessment.dated_on))
    ref = ref_of("sjalvskattning", f"{item.number}. {item.text}", columns[-1], cell) if columns else ""
    then = f", första gången {printed(before, 1)}" if first is not last and before is not None else ""
    raters = raters_line(last.assessment, first.assessment if then else None)
    figure = SourceFigure(ref, cell) if ref else None
    yield SectionSource(f"value.{item.key}", VALUES, f"Värdet är {cell}{then}. {raters}", figure)


def _written(asked: SourceRequest, occasions: list[Occasion]) -> Iterator[SectionSource]:
    assert asked.item is not None
    for occasion in reversed(occasions):
        score = next((each for each in occasion.assessment.scores.all() if each.item.key == asked.item.key), None)
        if score is not None:
            yield from _texts(score, occasion)


def _texts(score: Score, occasion: Occasion) -> Iterator[SectionSource]:
    """Yield the organisation's own reasoning, and the comments that others may read."""
    comments = (score.comment, score.since_last) if score.shared else ("", "")
    for name, label, text in (
        ("comment", "Kommentar", comments[0]),
        ("since", "Vad som har hänt sedan sist", comments[1]),
        ("reasoning", "Så resonerade ni", score.reasoning),
        ("next", "Det här krävs för nästa steg", score.next_step),
    ):
        if text:
            yield SectionSource(f"{name}.{score.pk}", f"{label}, {occasion.label}", text)
