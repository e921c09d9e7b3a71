"""Whether an organisation is represented as the programme asks: all three functions, and its wish for more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cohorts.enums import Function
from cohorts.models import Delegate
from modell.templatetags.swedish import enumerated, sentence

# Expected at every meeting. Those who only contribute are welcome, and not asked for.
REQUIRED = (Function.POLITICIAN, Function.MANAGER, Function.STRATEGIST)
WISHED_OF_EACH = 2
# As running text has them: one, and several.
ONE = {Function.POLITICIAN: "en politiker", Function.MANAGER: "en chef", Function.STRATEGIST: "en strateg"}
SEVERAL = {Function.POLITICIAN: "politiker", Function.MANAGER: "chefer", Function.STRATEGIST: "strateger"}
SIDES = {
    True: "Både majoritet och opposition är företrädda.",
    False: "Majoritet och opposition är inte båda företrädda.",
    None: "Om både majoritet och opposition är företrädda är inte angivet.",
}


@dataclass(frozen=True)
class Composition:
    """`missing` are functions that nobody has; `wishes` are told mildly, and never hold anything up."""

    missing: tuple[Function, ...]
    wishes: tuple[str, ...]
    sides: str

    @property
    def is_whole(self) -> bool:
        return not self.missing

    @property
    def sentence(self) -> str:
        if self.is_whole:
            return "Politiker, chef och strateg är representerade."
        return f"{sentence(enumerated(ONE[function] for function in self.missing))} saknas."


def composition(delegates: Iterable[Delegate], both_sides: bool | None, today: date) -> Composition:
    """Of those who have a seat today. A deputy alone does represent the function, and another is wished for."""
    current = [delegate for delegate in delegates if delegate.is_current(today)]
    of = {function: [row for row in current if row.function == function] for function in REQUIRED}
    missing = tuple(function for function in REQUIRED if not of[function])
    return Composition(missing, tuple(_wishes(of, both_sides)), SIDES[both_sides])


def _wishes(of: dict[Function, list[Delegate]], both_sides: bool | None) -> list[str]:
    there = {function: rows for function, rows in of.items() if rows}
    few = [
        SEVERAL[function] for function, rows in there.items() if sum(not row.deputy for row in rows) < WISHED_OF_EACH
    ]
    alone = [SEVERAL[function] for function, rows in there.items() if not any(row.deputy for row in rows)]
    wishes = []
    if few:
        wishes.append(f"Gärna två {enumerated(few)}, så att arbetet inte hänger på en person.")
    if alone:
        wishes.append(f"Gärna ersättare för {enumerated(alone)}.")
    if both_sides is False and Function.POLITICIAN in there:
        wishes.append("Gärna politiker från både majoritet och opposition.")
    return wishes
