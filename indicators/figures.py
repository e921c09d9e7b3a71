"""The figures of a period: what follows from numerators and denominators, and what is asked about before storing."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from fractions import Fraction

from indicators.enums import IndicatorKind, Whom
from indicators.numbers import figure, in_places
from indicators.periods import in_words
from indicators.whom import WHOM_NAMES
from kit.figures import rounded
from kit.templatetags.swedish import sentence

# So many times the last value is asked about.
FAR = 10


@dataclass(frozen=True)
class Figures:
    women: Decimal | None = None
    men: Decimal | None = None
    total: Decimal | None = None
    women_numerator: Decimal | None = None
    women_denominator: Decimal | None = None
    men_numerator: Decimal | None = None
    men_denominator: Decimal | None = None

    @property
    def is_empty(self) -> bool:
        return all(getattr(self, name) is None for name in NAMES)


NAMES = tuple(column.name for column in fields(Figures))


def figures_in(row: object) -> Figures:
    """Return the figures of a `Value`, or of anything else with the same names."""
    return Figures(**{name: getattr(row, name) for name in NAMES})


@dataclass(frozen=True)
class ValueEntry:
    """What someone enters for a period, before it is stored."""

    period: str
    figures: Figures
    note: str = ""


def scale_of(unit: str) -> int:
    """Return what a share of one is in the unit: 100 in percent, 1 000 in per mille."""
    plain = "".join(unit.lower().split())
    for words, scale in (("100000", 100_000), ("10000", 10_000), ("1000", 1000), ("promille", 1000), ("‰", 1000)):
        if words in plain:
            return scale
    return 100


def completed(kind: str, unit: str, entered: Figures) -> Figures:
    """Return a share with the values that numerator and denominator give, where no value was written."""
    if kind != IndicatorKind.SHARE:
        return entered
    women = entered.women if entered.women is not None else _share(entered, "women", unit)
    men = entered.men if entered.men is not None else _share(entered, "men", unit)
    total = entered.total if entered.total is not None else _share_of_all(entered, unit)
    return replace(entered, women=women, men=men, total=total)


def _share(entered: Figures, sex: str, unit: str) -> Decimal | None:
    return _ratio(getattr(entered, f"{sex}_numerator"), getattr(entered, f"{sex}_denominator"), unit)


def _share_of_all(entered: Figures, unit: str) -> Decimal | None:
    parts = (entered.women_numerator, entered.men_numerator, entered.women_denominator, entered.men_denominator)
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    return _ratio(known[0] + known[1], known[2] + known[3], unit)


def _ratio(numerator: Decimal | None, denominator: Decimal | None, unit: str) -> Decimal | None:
    if numerator is None or not denominator:
        return None
    return in_places(rounded(Fraction(numerator) / Fraction(denominator) * scale_of(unit), 6))


@dataclass(frozen=True)
class Last:
    """The last value before an entry, by which a changed unit and an odd size are noticed."""

    period: str
    unit: str
    figures: Figures


@dataclass(frozen=True)
class AboutValues:
    """What the indicator says that an entry is compared with."""

    kind: str
    unit: str
    whom: str

    @property
    def named(self) -> tuple[tuple[str, str], ...]:
        names = WHOM_NAMES[Whom(self.whom)]
        return ("women", names.women), ("men", names.men), ("total", "alla")


def doubts_of(about: AboutValues, entry: ValueEntry, last: Last | None) -> list[str]:
    """Return what is to be confirmed before the entry is stored, a sentence each; nothing is corrected."""
    doubts = [*_impossible(about, entry.figures), *_disagreeing(about, entry.figures)]
    if last is not None:
        doubts += _unlike_the_last(about, entry.figures, last)
    return [sentence(f"{in_words(entry.period)}: {text}.") for text in doubts]


def _impossible(about: AboutValues, figures: Figures) -> Iterator[str]:
    whole = scale_of(about.unit)
    for name, who in about.named:
        value = getattr(figures, name)
        if value is None:
            continue
        if about.kind == IndicatorKind.SHARE and value > whole:
            yield f"andelen för {who} är {figure(value)}, alltså mer än {figure(Decimal(whole))}"
        if about.kind in (IndicatorKind.SHARE, IndicatorKind.COUNT) and value < 0:
            yield f"värdet för {who} är {figure(value)}, alltså mindre än noll"
    for name, who in about.named[:2] if about.kind == IndicatorKind.SHARE else ():
        above, below = getattr(figures, f"{name}_numerator"), getattr(figures, f"{name}_denominator")
        if above is not None and below is not None and above > below:
            yield f"täljaren för {who} är {figure(above)} och större än nämnaren, som är {figure(below)}"


def _disagreeing(about: AboutValues, figures: Figures) -> Iterator[str]:
    women, men, total = figures.women, figures.men, figures.total
    if about.kind == IndicatorKind.SHARE:
        yield from _unlike_its_parts(about, figures)
    if women is None or men is None or total is None:
        return
    if about.kind == IndicatorKind.COUNT and women + men != total:
        words = " och ".join(who for _, who in about.named[:2])
        yield f"{words} är tillsammans {figure(women + men)}, men totalt är {figure(total)}"
    is_mean = about.kind in (IndicatorKind.SHARE, IndicatorKind.MEAN)
    if is_mean and not min(women, men) <= total <= max(women, men):
        yield f"totalt är {figure(total)}, vilket inte ligger mellan {figure(women)} och {figure(men)}"


def _unlike_its_parts(about: AboutValues, figures: Figures) -> Iterator[str]:
    """Yield a value that was written beside a numerator and a denominator that give another, with its decimals."""
    for name, who in about.named[:2]:
        written, given = getattr(figures, name), _share(figures, name, about.unit)
        if written is not None and given is not None and rounded(given, _places(written)) != written:
            yield f"täljare och nämnare för {who} ger {figure(given)}, men värdet är {figure(written)}"


def _places(number: Decimal) -> int:
    return max(0, -int(number.normalize().as_tuple().exponent))


def _unlike_the_last(about: AboutValues, figures: Figures, last: Last) -> Iterator[str]:
    if last.unit != about.unit:
        yield f"enheten är {about.unit}, men för {in_words(last.period)} är den {last.unit}, så serien bryts här"
        return
    for name, who in about.named:
        now, then = getattr(figures, name), getattr(last.figures, name)
        if now and then and not Fraction(1, FAR) < abs(Fraction(now) / Fraction(then)) < FAR:
            yield f"värdet för {who} är {figure(now)}, men för {in_words(last.period)} är det {figure(then)}"
