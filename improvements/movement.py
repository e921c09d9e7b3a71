"""Where efforts stood on the chain on a day, and how they moved between two: one organisation's.

A step counts from the last day of the time it states, or from the day on which it was entered if that is earlier. One
that has been taken back since, by a change of its state, counted until then.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from improvements.enums import Stage
from improvements.models import Effort, EffortStep, StepContent
from kit.days import months_after
from kit.templatetags.swedish import counted, day, sentence

STILL_MONTHS = 6
NO_STAGE = "Inget steg nått än"


@dataclass(frozen=True)
class MovedEffort:
    """An effort with the furthest stage it had reached on the first day and on the last, and since when it is there."""

    effort_id: int
    title: str
    before: Stage | None
    after: Stage | None
    last_change: date | None

    @property
    def url(self) -> str:
        return reverse("improvements:effort", args=[self.effort_id])

    @property
    def steps_forward(self) -> int:
        return _place(self.after) - _place(self.before)


@dataclass(frozen=True)
class MatrixRow:
    """The efforts that stood at a stage on the first day, by the stage at which they stood on the last."""

    label: str
    cells: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.cells)


@dataclass(frozen=True)
class ChainMovement:
    """The movement of efforts along the chain between two days."""

    start: date
    end: date
    efforts: tuple[MovedEffort, ...]

    @property
    def forward(self) -> tuple[MovedEffort, ...]:
        return tuple(effort for effort in self.efforts if effort.steps_forward > 0)

    @property
    def back(self) -> tuple[MovedEffort, ...]:
        return tuple(effort for effort in self.efforts if effort.steps_forward < 0)

    @property
    def heads(self) -> tuple[str, ...]:
        return (NO_STAGE, *(str(stage.label) for stage in Stage))

    @property
    def matrix(self) -> tuple[MatrixRow, ...]:
        """Return the rows that have an effort; the cells are in the order of `heads`."""
        count = Counter((_place(effort.before), _place(effort.after)) for effort in self.efforts)
        rows = (
            MatrixRow(label, tuple(count[before, after] for after in range(len(self.heads))))
            for before, label in enumerate(self.heads)
        )
        return tuple(row for row in rows if row.total)

    @property
    def in_words(self) -> str:
        if not self.efforts:
            return "Ingen insats är registrerad än."
        forward, back = len(self.forward), len(self.back)
        between = f"mellan {day(self.start)} och {day(self.end)}"
        if not forward and not back:
            return f"Ingen insats har flyttat sig {between}."
        moved = f"{counted(forward, 'en insats', 'insatser')} har gått framåt" if forward else ""
        fell = f"{counted(back, 'en insats', 'insatser')} står längre bak än förut" if back else ""
        return sentence(f"{' och '.join(filter(None, (moved, fell)))} {between}.")

    @property
    def at_the_end(self) -> tuple[tuple[str, tuple[MovedEffort, ...]], ...]:
        """Return the stages with the efforts that stood there on the last day, in the order of the chain."""
        named = enumerate(self.heads)
        by_stage = (
            (label, tuple(effort for effort in self.efforts if _place(effort.after) == place)) for place, label in named
        )
        return tuple((label, efforts) for label, efforts in by_stage if efforts)

    def still_since(self, months: int = STILL_MONTHS) -> tuple[MovedEffort, ...]:
        """Return the efforts without any change in the last months; one without a step has not begun, and is not still.

        An effort at the end of the chain has nowhere to go.
        """
        before = months_after(self.end, -months)
        return tuple(
            effort
            for effort in self.efforts
            if effort.last_change is not None and effort.last_change <= before and effort.after != Stage.SOCIETAL_EFFECT
        )

    def rows(self) -> list[tuple[str, ...]]:
        start, end = self.start.isoformat(), self.end.isoformat()
        lines = [(effort.title, _label(effort.before), _label(effort.after)) for effort in self.efforts]
        return [("Insats", f"Steg {start}", f"Steg {end}"), *lines]

    def document(self) -> dict[str, object]:
        return {
            "from": self.start.isoformat(),
            "to": self.end.isoformat(),
            "efforts": [
                {"title": effort.title, "before": effort.before, "after": effort.after} for effort in self.efforts
            ],
            "forward": len(self.forward),
            "back": len(self.back),
            "still": [effort.title for effort in self.still_since()],
        }


def movement_of(efforts: Iterable[Effort], start: date, end: date, today: date) -> ChainMovement:
    """Return the movement of efforts; fetch them with `steps` and `past_steps`."""
    rows = (
        MovedEffort(
            effort.pk,
            effort.title,
            furthest_on(effort, start, today),
            furthest_on(effort, end, today),
            _last_change(effort, end, today),
        )
        for effort in efforts
    )
    return ChainMovement(start, end, tuple(rows))


def furthest_on(effort: Effort, on: date, today: date) -> Stage | None:
    return max(got_on(effort, on, today), key=lambda stage: stage.order, default=None)


def got_on(effort: Effort, on: date, today: date) -> set[Stage]:
    """Return the stages that the effort had reached by the end of the day, wholly or in part."""
    now = {step.stage for step in effort.steps.all() if step.is_got}
    stands = {step.stage for step in effort.steps.all() if step.is_got and since(step, today) <= on}
    stood = {
        step.stage
        for step in effort.past_steps.all()
        if step.is_got and step.stage not in now and since(step, today) <= on < step.replaced_on
    }
    return {Stage(stage) for stage in stands | stood}


def since(step: StepContent, today: date) -> date:
    return min(step.when.last, step.said_on or today)


def _last_change(effort: Effort, end: date, today: date) -> date | None:
    days = [_entered(step, today) for step in effort.steps.all()]
    return max((changed for changed in days if changed <= end), default=None)


def _entered(step: EffortStep, today: date) -> date:
    # A step on its way states a day to come, so the day on which it was entered is what changed.
    return since(step, today) if step.is_got else step.said_on or min(step.when.last, today)


def _place(stage: Stage | None) -> int:
    return stage.order + 1 if stage else 0


def _label(stage: Stage | None) -> str:
    return str(stage.label) if stage else NO_STAGE
