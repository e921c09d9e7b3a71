"""An organisation's values beside those of others in the same period."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.enums import Direction
from indicators.gap import names_of
from indicators.models import Indicator
from indicators.numbers import figure
from indicators.periods import in_words as period_in_words
from indicators.series import Series, SeriesPoint
from kit.pictures import PictureTable
from kit.templatetags.swedish import sentence
from kolada.models import OfficialValue
from kolada.places import COUNTRY


@dataclass(frozen=True)
class OtherBeside:
    """Someone beside the organisation: `of` says in words whom the mean is of."""

    name: str
    women: Decimal | None
    men: Decimal | None
    of: str = ""
    own: bool = False

    @property
    def gap(self) -> Decimal | None:
        return None if self.women is None or self.men is None else self.women - self.men

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


def others_beside(indicator: Indicator, point: SeriesPoint | None) -> tuple[OtherBeside, ...]:
    """Return those that an indicator from Kolada is compared with at a point: the whole country last."""
    if point is None or indicator.key_figure_id is None:
        return ()
    values = OfficialValue.objects.filter(key_figure=indicator.key_figure_id, place=COUNTRY, year=point.period)
    return tuple(OtherBeside("Riket", value.number("women"), value.number("men")) for value in values)


def comparison_of(series: Series, compared: Sequence[OtherBeside]) -> OthersBeside | None:
    point = series.latest
    if point is None or not compared:
        return None
    own = OtherBeside(series.indicator.participation.organisation.short_name, point.women, point.men, own=True)
    notes = [f"{sentence(period_in_words(point.period))}, {point.unit}." if point.unit else ""]
    if any(row.of for row in compared):
        notes.append("Medelvärdena har Modell räknat: varje organisation räknas lika.")
    heading = compared_in_words(own, compared[-1], series.indicator)
    names = names_of(series.indicator)
    return OthersBeside(
        heading, (own, *compared), tuple(filter(None, notes)), (sentence(names.women), sentence(names.men))
    )


def compared_in_words(own: OtherBeside, other: OtherBeside, indicator: Indicator) -> str:
    """Return how the gap, and the values of both, stand beside another's: Mindre skillnad än i riket."""
    if own.gap is None or other.gap is None or own.women is None or own.men is None:
        return f"Bredvid {other.name.lower()}"
    where = "i riket" if other.name == "Riket" else f"hos {other.name.lower()}"
    less = abs(own.gap) - abs(other.gap)
    gap = "Lika stor skillnad som" if not less else f"{'Större' if less > 0 else 'Mindre'} skillnad än"
    women, men = own.women - (other.women or 0), own.men - (other.men or 0)
    if indicator.direction == Direction.EQUAL or women * men <= 0:
        return f"{gap} {where}."
    better = (women > 0) == (indicator.direction == Direction.HIGHER)
    joined = "och" if better == (less < 0) or not less else "men"
    return f"{gap} {where}, {joined} båda ligger {'bättre' if better else 'sämre'} till."
