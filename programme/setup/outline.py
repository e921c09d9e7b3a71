"""A concept as its page shows it: each step with its place in time and its lists."""

from dataclasses import dataclass

from programme.models import Edition, EditionAgendaItem, EditionPreparation, EditionStep


@dataclass(frozen=True)
class StepLine:
    """`when` is in words: a day of the omgång for a meeting, nothing for a period."""

    step: EditionStep
    when: str
    goals: list[str]
    preparations: list[EditionPreparation]
    agenda: list[EditionAgendaItem]

    @property
    def minutes(self) -> int:
        """Parts that run side by side take the time of the longest."""
        total, side_by_side = 0, 0
        for item in self.agenda:
            if item.part in ("joint", "by_organisation"):
                total, side_by_side = total + side_by_side + item.minutes, 0
            else:
                side_by_side = max(side_by_side, item.minutes)
        return total + side_by_side


def outline(edition: Edition) -> list[StepLine]:
    steps = edition.steps.select_related("prepares").prefetch_related("preparations", "agenda")
    return [
        StepLine(
            step=step,
            when="" if step.is_period else _when(step),
            goals=step.goals.splitlines(),
            preparations=list(step.preparations.all()),
            agenda=list(step.agenda.all()),
        )
        for step in steps
    ]


def _when(step: EditionStep) -> str:
    weeks, days = divmod(step.start_day, 7)
    if step.start_day == 0:
        when = "omgångens första dag"
    elif weeks == 0:
        when = f"{days} dagar in i omgången" if days > 1 else "en dag in i omgången"
    else:
        when = f"vecka {weeks + 1} i omgången"
    return f"{when}, {step.days} dagar" if step.days > 1 else when
