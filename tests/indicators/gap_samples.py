"""Series of every kind that the words, the picture and the papers of a gap must take."""

import math
from datetime import date
from decimal import Decimal

from cohorts.models import Organisation, Participation
from indicators.gap_picture import Happening
from indicators.series import Series
from tests.indicators.series_samples import WAITING, of_pairs, point, series

OWNER = Participation(organisation=Organisation(name="Region Solbygden", short_name="Solbygden"))
WAIT = {"participation": OWNER, "says": "väntar längre", "target_gap": Decimal(1)}
DECISIONS = (
    Happening(date(2022, 10, 14), "Beslut i regionstyrelsen"),
    Happening(date(2024, 4, 2), "PDSA-cykel 1 börjar: Fler kvällstider"),
)


def waves(n: int, *, first: int = 1990) -> Series:
    pairs = [
        (Decimal(round(60 + 8 * math.sin(k / 3), 1)).quantize(Decimal("0.1")), Decimal(round(58 - k / 5)))
        for k in range(n)
    ]
    return of_pairs(*pairs, first=first, participation=OWNER, direction="higher", unit="procent")


def months() -> Series:
    points = [point(f"{2023 + k // 12}-{k % 12 + 1:02}", 40 + k % 5, 36 + k % 7, unit="timmar") for k in range(30)]
    return series(*points, participation=OWNER, unit="timmar", frequency="month")


def broken() -> Series:
    old = [point(2017 + k, 7 - k % 2, 6, unit="veckor") for k in range(4)]
    return series(*old, *(point(2021 + k, 48 - k, 41) for k in range(4)), **WAIT)


def holes() -> Series:
    hidden = frozenset({"women", "men", "total", "gap"})
    return series(
        point(2018, 51, 42),
        point(2019, 52, 43),
        point(2020, None, None, hidden=hidden),
        point(2021, 50, None, status="Missing"),
        point(2022, 49, 44),
        point(2023, 48, 45),
        **WAIT,
    )


SAMPLES = {
    "waiting": of_pairs(*WAITING, target_women=Decimal(40), target_men=Decimal(40), **WAIT),
    "two": of_pairs((51, 42), (51, 47), **WAIT),
    "one": of_pairs((51, 42), **WAIT),
    "turned": of_pairs((40, 55), (44, 52), (49, 50), (52, 49), (55, 46), first=2020, **WAIT | {"says": ""}),
    "forty": waves(40),
    "months": months(),
    "broken": broken(),
    "holes": holes(),
    "same": of_pairs((50, 50), (50, 50), **WAIT),
    "money": of_pairs((342000, 401000), (361250, 415300), (372000, 421000), unit="kr", direction="equal",
                      participation=OWNER, whom="adults", target_women=Decimal(400000), target_men=Decimal(421000)),
    "negative": of_pairs(("-1.5", "2.5"), ("-0.5", "1.5"), unit="index", direction="higher", participation=OWNER),
}  # fmt: skip
