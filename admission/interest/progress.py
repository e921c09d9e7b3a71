"""Stages that an interest form goes through, and the rows of SKR's list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from admission.enums import InterestState as State
from admission.interest.sections import Missing, missing
from admission.models import Interest
from cohorts.models import Cohort
from kit.templatetags.swedish import day, enumerated


@dataclass(frozen=True)
class InterestStage:
    """`day` is None if it is not known."""

    text: str
    day: date | None = None
    is_past: bool = False
    is_now: bool = False


def stages(interest: Interest) -> tuple[InterestStage, ...]:
    if interest.state == State.WITHDRAWN:
        begun = InterestStage("Anmälan påbörjad", _day(interest.created_at), is_past=True)
        return (begun, InterestStage("Återtagen", interest.withdrawn_on, is_now=True))
    # Every answer, also a place on the waiting list, is the last stage.
    place = {State.DRAFT: 0, State.SUBMITTED: 1}.get(State(interest.state), 3)
    decided = "Svaret" if place < 3 else f"Svar: {interest.get_state_display().lower()}"
    board = interest.answered_on if place == 3 else interest.cohort.board_meets_on
    lines = (
        ("Anmälan påbörjad", _day(interest.created_at)),
        ("Inskickad, SKR läser" if place == 1 else "Inskickad", _day(interest.submitted_at)),
        ("Styrgruppen beslutar" if place < 3 else f"Beslut: {interest.answered_by}", board),
        (decided, interest.answered_on),
    )
    return tuple(InterestStage(text, on, step < place, step == place) for step, (text, on) in enumerate(lines))


def _day(instant: datetime | None) -> date | None:
    return timezone.localtime(instant).date() if instant else None


@dataclass(frozen=True)
class InterestRow:
    interest: Interest
    since: date | None
    missing: tuple[Missing, ...]

    @property
    def sign(self) -> str:
        state = State(self.interest.state)
        return {State.SUBMITTED: "waiting", State.ADMITTED: "done", State.WAITING: "info"}.get(state, "neutral")

    @property
    def content(self) -> str:
        if self.interest.state not in (State.DRAFT, State.SUBMITTED):
            return ""
        if not self.missing:
            return "Komplett"
        return f"Saknar: {enumerated(item.text[:1].lower() + item.text[1:] for item in self.missing)}"

    @property
    def answer(self) -> str:
        interest = self.interest
        return f"{interest.answered_by}, {day(interest.answered_on)}" if interest.answered_on else ""


ORDER = (State.SUBMITTED, State.WAITING, State.ADMITTED, State.DECLINED, State.DRAFT, State.WITHDRAWN)


def rows_of(cohort: Cohort) -> list[InterestRow]:
    interests = cohort.interests.select_related("organisation").prefetch_related("people")
    ordered = sorted(interests, key=lambda interest: ORDER.index(State(interest.state)))
    return [InterestRow(interest, since(interest), missing(interest)) for interest in ordered]


def since(interest: Interest) -> date | None:
    """Return the day since which the form has had its state."""
    if interest.state == State.WITHDRAWN:
        return interest.withdrawn_on
    if interest.state == State.DRAFT:
        return _day(interest.created_at)
    return interest.answered_on if interest.state != State.SUBMITTED else _day(interest.submitted_at)


def counted(rows: Iterable[InterestRow], state: State) -> int:
    return sum(row.interest.state == state for row in rows)
