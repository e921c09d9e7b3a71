"""The state that follows from an improvement's cycles, for those that were written before there were states."""

from collections.abc import Sequence

from improvements.enums import Decision, State

ENDS: dict[str, State] = {Decision.ADOPT: State.ADOPTED, Decision.ABANDON: State.ENDED}


def state_after(decisions: Sequence[str]) -> State:
    """Return the state after cycles that ended in these decisions; an empty one is not decided."""
    if not decisions:
        return State.IDEA
    return ENDS.get(decisions[-1], State.TRIED)
