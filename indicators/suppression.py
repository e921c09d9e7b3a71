"""Small numbers: which figures of a period are taken away for those who do not edit them.

Of few people a figure may tell about one of them. Whatever gives a hidden figure back is hidden with it, so that
no reader can work it out from the others of the same period.
"""

from collections.abc import Iterator
from decimal import Decimal

from indicators.enums import IndicatorKind
from indicators.figures import NAMES, Figures, scale_of

SEXES = ("women", "men")
GAP = "gap"
ALL = frozenset((*NAMES, GAP))


def hidden_in(figures: Figures, *, kind: str, unit: str, fewest: int) -> frozenset[str]:
    """Return the names of the figures that readers may not see; `fewest` is the smallest number that is shown."""
    few = [sex for sex in SEXES if _is_few(figures, sex, kind, unit, fewest)]
    of_all = kind == IndicatorKind.COUNT and figures.total is not None and figures.total < fewest
    # Where the total is known, here or elsewhere, the other sex gives the hidden one back.
    if of_all or len(few) == len(SEXES) or (few and figures.total is not None):
        return ALL
    return frozenset(name for sex in few for name in _told_by(sex))


def _told_by(sex: str) -> Iterator[str]:
    yield from (sex, f"{sex}_numerator", f"{sex}_denominator", "total", GAP)


def _is_few(figures: Figures, sex: str, kind: str, unit: str, fewest: int) -> bool:
    numbers = [getattr(figures, f"{sex}_numerator"), getattr(figures, f"{sex}_denominator")]
    if kind == IndicatorKind.COUNT:
        numbers.append(getattr(figures, sex))
    if kind == IndicatorKind.SHARE:
        numbers.append(_numerator(figures, sex, unit))
    return any(number is not None and number < fewest for number in numbers)


def _numerator(figures: Figures, sex: str, unit: str) -> Decimal | None:
    """Return the numerator that a reader works out from the share and its denominator."""
    share, denominator = getattr(figures, sex), getattr(figures, f"{sex}_denominator")
    return None if share is None or denominator is None else share * denominator / scale_of(unit)
