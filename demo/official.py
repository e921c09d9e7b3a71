"""Official values of invented organisations, made up for the key figures that SKR proposes to begin with.

The same values are made every time, and marked as invented. The country has none: no page of the demonstration says
that a made-up number is Sweden's.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from cohorts.enums import OrganisationKind
from cohorts.models import Organisation
from kolada.enums import PlaceKind
from kolada.models import KeyFigure, OfficialValue
from kolada.places import place_of

YEARS = 12
MISSING = "Missing"
# One value in so many is missing, more often where few people live.
SELDOM, OFTEN, FEW_PEOPLE = 40, 8, 6_000


@dataclass(frozen=True)
class MadeUpLevel:
    """About how much it is for women and for men, how much that changes in a year, and how organisations differ."""

    women: float
    men: float
    women_a_year: float = 0.0
    men_a_year: float = 0.0
    spread: float = 3.0
    places: int = 1
    every: int = 1


LEVELS = {
    "N05401": MadeUpLevel(82.5, 80.0, -0.1, -0.15, every=4),
    "N05402": MadeUpLevel(81.5, 79.0, -0.1, -0.15, every=4),
    "N05810": MadeUpLevel(4.0, 5.5, 0.1, 0.0, 1.2),
    "N65900": MadeUpLevel(29, 25, 0.5, 0.3, 4, every=2),
    "N05827": MadeUpLevel(322_000, 356_000, 7_500, 7_000, 22_000, 0),
    "N65827": MadeUpLevel(405_000, 442_000, 9_000, 8_500, 25_000, 0),
    "N00906": MadeUpLevel(268_000, 336_000, 9_000, 9_200, 16_000, 0),
    "N00905": MadeUpLevel(221_000, 265_000, 7_200, 7_400, 12_000, 0),
    "N02243": MadeUpLevel(77, 80, 0.2, 0.1),
    "N03920": MadeUpLevel(6.1, 7.0, -0.05, -0.1, 1.2),
    "N31816": MadeUpLevel(1.6, 1.7, -0.02, -0.02, 0.6),
    "N00209": MadeUpLevel(66, 84, 1.4, 0.4, 5),
    "N01455": MadeUpLevel(3.1, 3.6, -0.02, -0.02, 0.9),
    "N15428": MadeUpLevel(88, 86, -0.1, -0.1),
    "N17461": MadeUpLevel(76, 68, 0.2, 0.2, 4),
    "N01982": MadeUpLevel(44, 31, 0.6, 0.4, 5),
    "N18601": MadeUpLevel(74, 75, 0.2, 0.1, 4),
    "N00939": MadeUpLevel(72, 29, -0.6, 0.7, 3),
    "N00940": MadeUpLevel(9.2, 7.1, 0.0, 0.1, 0.8),
    "U01405": MadeUpLevel(70, 75, -0.1, -0.1, every=2),
    "U01473": MadeUpLevel(83, 88, -0.4, -0.3, 2, every=2),
    "N01462": MadeUpLevel(14, 11, -0.1, -0.1, 1.5, every=2),
    "N00103": MadeUpLevel(2.1, 0.8, 0.03, 0.01, 0.3),
    "N00090": MadeUpLevel(7.6, 4.6, -0.05, -0.03, 0.8),
    "N60030": MadeUpLevel(7.2, 4.3, -0.04, -0.02, 0.7),
    "N79190": MadeUpLevel(62, 98, -1.2, -2.4, 6),
    "N01460": MadeUpLevel(7.5, 8.5, 0.0, -0.1, 1, every=2),
    "N00610": MadeUpLevel(62, 82, -0.3, -0.2, 6),
    "N00614": MadeUpLevel(48, 66, -0.4, -0.2, 5),
    "N21704": MadeUpLevel(22, 16, -0.2, -0.1, 3),
    "U23471": MadeUpLevel(76, 78, -0.3, -0.3, 5, 0),
    "N15613": MadeUpLevel(78, 82, -0.6, -0.3, 4),
    "N15643": MadeUpLevel(70, 78, -0.7, -0.3, 4),
    "N00596": MadeUpLevel(66, 68, 0.1, 0.1, 5),
}
OF_KIND = {OrganisationKind.KOMMUN: PlaceKind.KOMMUN, OrganisationKind.REGION: PlaceKind.REGION}


def add_official(*, today: date) -> None:
    """Add the values once; what is there stays, and a real value is never written over."""
    figures = KeyFigure.objects.filter(code__in=LEVELS)
    organisations = Organisation.objects.filter(invented=True, rehearsal=None, kind__in=OF_KIND)
    if not OfficialValue.objects.filter(invented=True).exists():
        values = _values(list(organisations), list(figures), today.year - 1)
        OfficialValue.objects.bulk_create(values, batch_size=2000, ignore_conflicts=True)


def _values(organisations: Iterable[Organisation], figures: list[KeyFigure], last: int) -> Iterator[OfficialValue]:
    for organisation in organisations:
        for figure in figures:
            if figure.place_kind in (PlaceKind.BOTH, OF_KIND[OrganisationKind(organisation.kind)]):
                yield from _series(organisation, figure, last)


def _series(organisation: Organisation, figure: KeyFigure, last: int) -> Iterator[OfficialValue]:
    level, chance = LEVELS[figure.code], random.Random(f"{organisation.code} {figure.code}")  # noqa: S311
    # What sets the organisation apart, and how far its gap is from the usual.
    own, apart = chance.gauss(0, level.spread), chance.gauss(0, level.spread / 4)
    is_small = (organisation.population or 0) < FEW_PEOPLE
    for year in range(last - YEARS + 1, last + 1):
        since = year - (last - YEARS + 1)
        numbers = [
            base + own + side * apart + change * since + chance.gauss(0, level.spread / 8)
            for base, change, side in ((level.women, level.women_a_year, 1), (level.men, level.men_a_year, -1))
        ]
        if year % level.every == 2 % level.every:
            is_missing = chance.randrange(OFTEN if is_small else SELDOM) == 0
            yield _value(organisation, figure, year, numbers, level.places, is_missing=is_missing)


def _value(
    organisation: Organisation, figure: KeyFigure, year: int, numbers: list[float], places: int, *, is_missing: bool
) -> OfficialValue:
    most = 99.0 if "andel" in figure.title.lower() or "(%)" in figure.title else 10.0**9
    women, men = (f"{min(max(number, 0.2), most):.{places}f}" for number in numbers)
    total = f"{(float(women) + float(men)) / 2:.{places}f}"
    missing = dict.fromkeys(("women_status", "men_status"), MISSING)
    values = {"total": total, **missing} if is_missing else {"women": women, "men": men, "total": total}
    place = place_of(organisation.code)
    return OfficialValue(key_figure=figure, place=place, year=year, invented=True, **values)
