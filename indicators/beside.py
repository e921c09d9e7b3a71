"""An organisation's values beside those of others in the same period."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from cohorts.kinds import kind_of
from indicators.enums import Direction
from indicators.models import Indicator
from indicators.numbers import figure
from indicators.periods import in_words as period_in_words
from indicators.series import Series, SeriesPoint
from indicators.whom import names_of
from kit.pictures import PictureTable
from kit.templatetags.swedish import in_words, sentence
from kolada.comparing import CREDIT, PlacesMean, compare
from kolada.places import place_of

# So many organisations make a mean.
FEWEST_IN_A_MEAN = 2


@dataclass(frozen=True)
class OtherBeside:
    """Someone beside the organisation: `of` says in words whom the mean is of."""

    name: str
    women: Decimal | Fraction | None
    men: Decimal | Fraction | None
    of: str = ""
    own: bool = False

    @property
    def gap(self) -> Fraction | None:
        return None if self.women is None or self.men is None else Fraction(self.women) - Fraction(self.men)

    @property
    def cells(self) -> tuple[str, str, str]:
        return figure(self.women), figure(self.men), figure(self.gap)


@dataclass(frozen=True)
class OthersBeside:
    """The organisation beside others in the same period; the first row is its own."""

    heading: str
    rows: tuple[OtherBeside, ...]
    notes: tuple[str, ...]
    names: tuple[str, str] = ("Kvinnor", "Män")

    @property
    def table(self) -> PictureTable:
        rows = tuple((f"{row.name}, {row.of}" if row.of else row.name, *row.cells) for row in self.rows)
        return PictureTable(self.heading, ("Vem", *self.names, "Skillnad"), rows)


def others_beside(indicator: Indicator, point: SeriesPoint | None, group: Collection[str]) -> tuple[OtherBeside, ...]:
    """Return those that an indicator from Kolada is compared with at a point: the whole country last.

    `group` is the codes of the organisations in its group. Official values are public, so their mean tells nobody
    more than Kolada does.
    """
    if point is None or indicator.key_figure is None:
        return ()
    code = indicator.participation.code
    places = [place_of(other) for other in group]
    comparison = compare(figure=indicator.key_figure, place=place_of(code), year=int(point.period), group=places)
    kind = "regioner" if kind_of(code) == "region" else "kommuner"
    rows = [
        _mean_of(
            "Gruppen", comparison.group, f"{in_words(comparison.group.n)} av {in_words(comparison.group.of)} har värde"
        ),
        _mean_of(f"Liknande {kind}", comparison.similar, f"medelvärde av {in_words(comparison.similar.n)} {kind}"),
    ]
    if comparison.country is not None and comparison.country.gap is not None:
        rows.append(OtherBeside("Riket", comparison.country.women, comparison.country.men))
    return tuple(row for row in rows if row is not None)


def _mean_of(name: str, mean: PlacesMean, of: str) -> OtherBeside | None:
    """Return the mean as a row; None where fewer than two have values, since one is no mean."""
    return None if mean.n < FEWEST_IN_A_MEAN else OtherBeside(name, mean.women, mean.men, of)


def comparison_of(series: Series, compared: Sequence[OtherBeside]) -> OthersBeside | None:
    point = series.latest
    if point is None or not compared:
        return None
    own = OtherBeside(series.indicator.participation.organisation.short_name, point.women, point.men, own=True)
    notes = [f"{sentence(period_in_words(point.period))}, {point.unit}." if point.unit else ""]
    if any(row.of for row in compared):
        notes += [CREDIT, "Varje organisation räknas lika."]
    heading = compared_in_words(own, compared[-1], series.indicator)
    names = names_of(series.indicator)
    return OthersBeside(
        heading, (own, *compared), tuple(filter(None, notes)), (sentence(names.women), sentence(names.men))
    )


def compared_in_words(own: OtherBeside, other: OtherBeside, indicator: Indicator) -> str:
    """Return how the gap, and the values of both, stand beside another's: Mindre skillnad än i riket."""
    if own.gap is None or other.gap is None or own.women is None or own.men is None:
        return f"Bredvid {other.name.lower()}"
    where = f"{'hos' if other.name.startswith('Liknande') else 'i'} {other.name.lower()}"
    less = abs(own.gap) - abs(other.gap)
    gap = "Lika stor skillnad som" if not less else f"{'Större' if less > 0 else 'Mindre'} skillnad än"
    women, men = Fraction(own.women) - Fraction(other.women or 0), Fraction(own.men) - Fraction(other.men or 0)
    if indicator.direction == Direction.EQUAL or women * men <= 0:
        return f"{gap} {where}."
    better = (women > 0) == (indicator.direction == Direction.HIGHER)
    joined = "och" if better == (less < 0) or not less else "men"
    return f"{gap} {where}, {joined} båda ligger {'bättre' if better else 'sämre'} till."
