"""What stands beside an organisation's official value: the country, similar organisations, and a group.

The means are Modell's own calculations on Kolada's values, so they may not be credited to Kolada: `CREDIT` says so
wherever they are printed. They are unweighted, of the places that have values for both women and men, and exact.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction

from cohorts.models import Organisation
from kolada.models import KeyFigure, OfficialValue
from kolada.places import COUNTRY, place_of

# So many organisations are similar: those of the same kind that are nearest in population.
SIMILAR = 7
CREDIT = (
    "Medelvärdena för liknande organisationer och för gruppen har Modell räknat ut av värden från Kolada. "
    "Kolada har inte räknat ut dem."
)


@dataclass(frozen=True)
class PlacesMean:
    """The unweighted mean of `n` places `of` so many; None where none of them has values for both."""

    women: Fraction | None
    men: Fraction | None
    n: int
    of: int

    @property
    def gap(self) -> Fraction | None:
        return None if self.women is None or self.men is None else self.women - self.men


@dataclass(frozen=True)
class CountryValue:
    """The country's own value as Kolada gives it; None is missing."""

    women: Fraction | None
    men: Fraction | None
    total: Fraction | None

    @property
    def gap(self) -> Fraction | None:
        return None if self.women is None or self.men is None else self.women - self.men


@dataclass(frozen=True)
class Comparison:
    """The values of a year beside a place's own; `country` is None if it has none that year.

    `names` are the similar organisations that the mean is of. `invented` is True if any value beside is made up.
    """

    year: int
    country: CountryValue | None
    similar: PlacesMean
    names: tuple[str, ...]
    group: PlacesMean
    invented: bool


def compare(*, figure: KeyFigure, place: str, year: int, group: Collection[str] = ()) -> Comparison:
    """Return what stands beside the place's value of the year; `group` is the places of its group."""
    near = similar_to(place)
    asked = {COUNTRY, *near, *group}
    rows = {row.place: row for row in OfficialValue.objects.filter(key_figure=figure, year=year, place__in=asked)}
    both = {code: row for code, row in rows.items() if row.gap is not None}
    return Comparison(
        year=year,
        country=_country(rows.get(COUNTRY)),
        similar=_mean(near, both),
        names=tuple(near[code] for code in near if code in both),
        group=_mean(group, both),
        invented=any(row.invented for row in rows.values()),
    )


def similar_to(place: str) -> dict[str, str]:
    """Return the names of the similar organisations by place, nearest in population first.

    An invented organisation has invented ones beside it, a rehearsal's has its own, and a real one has real ones.
    """
    by_place = {}
    for row in Organisation.objects.exclude(population=None).order_by("code"):
        for code in (row.code, row.second_code or ""):
            by_place[place_of(code)] = row
    own = by_place.get(place)
    if own is None or own.population is None:
        return {}
    others = [
        (abs((row.population or 0) - own.population), other, row.name)
        for other, row in by_place.items()
        if _is_comparable(own, row) and other and _is_region(other) == _is_region(place) and row.pk != own.pk
    ]
    return {other: name for _, other, name in sorted(others)[:SIMILAR]}


def _is_comparable(own: Organisation, other: Organisation) -> bool:
    return (own.invented, own.rehearsal_id) == (other.invented, other.rehearsal_id)


def _is_region(place: str) -> bool:
    return place.startswith("00")


def _country(row: OfficialValue | None) -> CountryValue | None:
    if row is None:
        return None
    numbers = [row.number(name) for name in ("women", "men", "total")]
    return CountryValue(*(None if number is None else Fraction(number) for number in numbers))


def _mean(places: Iterable[str], rows: dict[str, OfficialValue]) -> PlacesMean:
    asked = set(places)
    pairs = [(row.number("women"), row.number("men")) for code, row in rows.items() if code in asked]
    numbers = [(Fraction(women), Fraction(men)) for women, men in pairs if women is not None and men is not None]
    if not numbers:
        return PlacesMean(None, None, 0, len(asked))
    women, men = (sum(column, Fraction(0)) / len(numbers) for column in zip(*numbers, strict=True))
    return PlacesMean(women, men, len(numbers), len(asked))
