"""The lines that a concept's page prints, one for each step."""

from dataclasses import dataclass

from planning.models import Edition, EditionAgendaItem, EditionPreparation, EditionStep


@dataclass(frozen=True)
class StepLine:
    """`when` is the day of the omgång in words; it is empty for a period."""

    step: EditionStep
    when: str
    goals: list[str]
    preparations: list[EditionPreparation]
    agenda: list[EditionAgendaItem]

    @property
    def minutes(self) -> int:
        """Return the total time, where parts at the same place count as the longest of them."""
        longest: dict[int, int] = {}
        for item in self.agenda:
            longest[item.position] = max(longest.get(item.position, 0), item.minutes)
        return sum(longest.values())


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
