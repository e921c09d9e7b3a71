"""Rules that say whether an organisation is represented as the programme asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cohorts.enums import Function
from cohorts.models import Delegate
from kit.templatetags.swedish import enumerated, sentence

# These are expected at every meeting; contributors are welcome but not asked for.
REQUIRED = (Function.POLITICIAN, Function.MANAGER, Function.STRATEGIST)
WISHED_OF_EACH = 2
SINGULAR = {Function.POLITICIAN: "en politiker", Function.MANAGER: "en chef", Function.STRATEGIST: "en strateg"}
PLURAL = {Function.POLITICIAN: "politiker", Function.MANAGER: "chefer", Function.STRATEGIST: "strateger"}
SIDES = {
    True: "Både majoritet och opposition är företrädda.",
    False: "Majoritet och opposition är inte båda företrädda.",
    None: "Om både majoritet och opposition är företrädda är inte angivet.",
}


@dataclass(frozen=True)
class Composition:
    """`missing` lists functions that nobody holds; `wishes` are shown but never stop anything."""

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
        return f"{sentence(enumerated(SINGULAR[function] for function in self.missing))} saknas."


def composition(delegates: Iterable[Delegate], both_sides: bool | None, today: date) -> Composition:
    current = [delegate for delegate in delegates if delegate.is_current(today)]
    of = {function: [row for row in current if row.function == function] for function in REQUIRED}
    # A deputy alone represents the function, but then an ordinary holder is wished for.
    missing = tuple(function for function in REQUIRED if not of[function])
    return Composition(missing, tuple(_wishes(of, both_sides)), SIDES[both_sides])


def _wishes(of: dict[Function, list[Delegate]], both_sides: bool | None) -> list[str]:
    there = {function: rows for function, rows in of.items() if rows}
    few = [PLURAL[function] for function, rows in there.items() if sum(not row.deputy for row in rows) < WISHED_OF_EACH]
    alone = [PLURAL[function] for function, rows in there.items() if not any(row.deputy for row in rows)]
    wishes = []
    if few:
        wishes.append(f"Gärna två {enumerated(few)}, så att arbetet inte hänger på en person.")
    if alone:
        wishes.append(f"Gärna ersättare för {enumerated(alone)}.")
    if both_sides is False and Function.POLITICIAN in there:
        wishes.append("Gärna politiker från både majoritet och opposition.")
    return wishes
