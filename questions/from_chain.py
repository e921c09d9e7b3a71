"""Questions from how far efforts have come on the result chain: late, standing still, or not yet noticed."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.template.defaultfilters import date as format_date

from checklist.enums import Audience
from improvements.enums import Stage
from improvements.models import Effort, EffortStep
from improvements.movement import MovedEffort, movement_of
from improvements.statistics import NOTHING_YET
from kit.templatetags.swedish import day
from questions.of_work import OfferedOfWork, Weight
from questions.ties import EFFORT, AskedAbout

# Where an effort that stands still is asked about; later on the chain the question is whether it is noticed.
EARLY = (Stage.ACTIVITY, Stage.PRODUCT)
ASKS = {
    (Weight.LATE, Audience.POLITICIAN): "Vad återstår, och vilken dag gäller nu?",
    (Weight.LATE, Audience.MANAGER): "Vad har tagit längre tid, och vad behöver de som arbetar med den av oss?",
    (Weight.STILL, Audience.POLITICIAN): "Vad hindrar nästa steg, och vad kan vi besluta för att komma dit?",
    (Weight.STILL, Audience.MANAGER): "Vad behöver de som arbetar med den av oss för att komma vidare?",
    (Weight.NOTICED, Audience.POLITICIAN): "Märks det för invånarna, och hur vet vi det?",
    (Weight.NOTICED, Audience.MANAGER): "Hur följer vi upp om det märks för invånarna?",
}


def chain_questions(efforts: Sequence[Effort], audience: str, today: date) -> Iterator[OfferedOfWork]:
    """Yield at most one question for each effort; fetch them with `steps` and `past_steps`."""
    still = {row.effort_id: row for row in movement_of(efforts, today, today, today).still_since()}
    for effort in efforts:
        steps = {Stage(step.stage): step for step in effort.steps.all()}
        late = min((step for step in steps.values() if _is_late(step, today)), key=_last, default=None)
        if late:
            yield _late(effort, late, audience)
        elif effort.pk in still and still[effort.pk].after in EARLY:
            yield _still(effort, still[effort.pk], audience)
        elif Stage.PRACTICE in steps and steps[Stage.PRACTICE].is_got and not _has_come_further(steps):
            yield _noticed(effort, steps[Stage.PRACTICE], audience)


def _is_late(step: EffortStep, today: date) -> bool:
    return not step.is_got and step.when.last < today


def _last(step: EffortStep) -> tuple[date, int]:
    return step.when.last, step.order


def _has_come_further(steps: dict[Stage, EffortStep]) -> bool:
    return Stage.OUTCOME in steps or Stage.SOCIETAL_EFFECT in steps


def _late(effort: Effort, step: EffortStep, audience: str) -> OfferedOfWork:
    predicate = f"är försenad till {_named(step.stage)}."
    why = f"Sista dagen var {day(step.when.last)}."
    return _question(effort, predicate, why, Weight.LATE, audience, f"{step.stage}-{step.when.iso}")


def _still(effort: Effort, moved: MovedEffort, audience: str) -> OfferedOfWork:
    assert moved.after is not None
    assert moved.last_change is not None
    predicate = f"står kvar på {_named(moved.after)}."
    why = f"Inget har ändrats sedan {format_date(moved.last_change, 'F Y').lower()}."
    return _question(effort, predicate, why, Weight.STILL, audience, f"{moved.after}-{moved.last_change.isoformat()}")


def _noticed(effort: Effort, step: EffortStep, audience: str) -> OfferedOfWork:
    parts = " i delar av verksamheten" if step.part else ""
    predicate = f"nådde {_named(step.stage)} {step.when.in_a_sentence}{parts}."
    return _question(effort, predicate, NOTHING_YET[Stage.OUTCOME], Weight.NOTICED, audience, f"{step.stage}")


def _named(stage: str) -> str:
    return f"steget ”{Stage(stage).label.lower()}”"


def _question(effort: Effort, predicate: str, why: str, weight: Weight, audience: str, stood: str) -> OfferedOfWork:
    about = f"insatsen ”{effort.title}”"
    asks = ASKS[weight, Audience(audience)]
    tie = AskedAbout(EFFORT, effort.pk, f"{weight.name.lower()}-{stood}")
    return OfferedOfWork(f"Insatsen ”{effort.title}” {predicate} {asks}", why, about, weight, tie)
