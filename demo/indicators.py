"""Indicators of the running omgångar, with values that are made up, entered by the same actions as on the pages.

Years are told from the year before the day the demonstration is loaded, so that the last value is always last year's.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from accounts.models import User
from cohorts.models import Participation
from demo.days import NINE, RUNNING, SIX
from demo.labels import labels_of
from indicators.actions import import_values, save_indicator
from indicators.actions.indicators import INDICATOR, choose_indicators
from indicators.figures import NAMES, Figures, ValueEntry
from indicators.from_kolada import filled_from, goals_of
from indicators.models import Indicator
from indicators.weighing import seen_of, weigh
from kit.staleness import content_of
from kolada.models import KeyFigure, OfficialValue
from kolada.places import place_of
from policy.labels import Labels

# Numbers in the order of `Figures`: women, men, total, numerator and denominator of women, then of men.
Numbers = tuple[float | str | None, ...]


@dataclass(frozen=True)
class DemoIndicator:
    """`values` are yearly and end with last year's, or with the year before where `is_late`."""

    title: str
    unit: str
    direction: str
    kind: str
    values: tuple[Numbers, ...]
    is_late: bool = False
    is_chosen: bool = False
    labels: Mapping[str, Any] = field(default_factory=dict)
    target_in: int | None = None
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class DemoFigure:
    """A key figure in Kolada with invented values for women and men."""

    code: str
    direction: str
    values: tuple[tuple[str, str], ...]
    shared: bool = True


WAITING = DemoIndicator(
    "Väntetid till första besök i smärtvården",
    "dagar",
    "lower",
    "mean",
    tuple(zip((51, 52, 50, 52, 51, 50, 51, 51), (42, 42, 43, 43, 44, 45, 46, 47), strict=True)),
    is_chosen=True,
    labels={"goals": (5,)},
    target_in=2,
    more={
        "says": "väntar längre",
        "definition": "Dagar i median från remiss till första besök, alla remisser till länets smärtmottagningar.",
        "original_source": "Regionens vårdadministrativa system",
        "target_women": Decimal(40),
        "target_men": Decimal(40),
        "target_gap": Decimal(1),
        "shared": True,
    },
)
# So few men in the last year that their number is shown to those who edit, and to nobody else.
TALKS = DemoIndicator(
    "Deltagare i samtalsgrupp efter våld i nära relation",
    "personer",
    "higher",
    "count",
    ((31, 9, 40), (38, 12, 50), (42, 7, 49), (46, 3, 49)),
    labels={"goals": (6,), "tags": ("våld i nära relation",)},
    more={"original_source": "Verksamhetens egen räkning", "shared": True},
)
SURVEY = DemoIndicator(
    "Patienter som kände sig bemötta med respekt",
    "procent",
    "higher",
    "share",
    (
        (None, None, None, 412, 498, 371, 432),
        (None, None, None, 430, 512, 388, 441),
    ),
    is_late=True,
    more={"source": "survey", "definition": "Andel som svarade ”ja, helt” i regionens patientenkät."},
)
GIRLS = DemoIndicator(
    "Ungdomar som känner sig stressade varje vecka",
    "procent",
    "lower",
    "share",
    ((58, 31, 45), (61, 33, 47), (63, 32, 48), (60, 34, 47)),
    is_chosen=True,
    labels={"goals": (5,), "articles": (14,), "tags": ("barnrätt", "unga")},
    more={"source": "survey", "whom": "children", "age_group": "13–18 år", "shared": True},
)
TIMES = DemoIndicator(
    "Bokade tider i idrottshallarna",
    "timmar",
    "equal",
    "count",
    ((2100, 3900, 6000), (2350, 3800, 6150), (2600, 3700, 6300)),
    is_chosen=True,
    more={"whom": "children", "age_group": "7–20 år", "target_gap": Decimal(500), "shared": True},
)
SICK_LEAVE = DemoFigure("N60030", "lower", (("7.1", "4.0"), ("8.4", "4.9"), ("7.6", "4.4"), ("7.2", "4.3")))
TRUST = DemoFigure("U70445", "higher", (("44", "55"), ("46", "57"), ("43", "56"), ("45", "55")))
FOLLOWED = {
    (RUNNING, "99", "strateg@demo.invalid"): (WAITING, SICK_LEAVE, TRUST, TALKS, SURVEY),
    (RUNNING, "90", "strateg.vastanmark@demo.invalid"): (GIRLS, SICK_LEAVE),
    (SIX, "85", "strateg.havslatten@demo.invalid"): (WAITING, TRUST),
    (NINE, "9601", "chef.larkasa@demo.invalid"): (TIMES,),
}


def add_indicators(loaded: Collection[str], *, today: date) -> None:
    """Add the indicators of the omgångar that have just been loaded; in others, what people have entered stays."""
    for (slug, code, email), followed in FOLLOWED.items():
        if slug in loaded:
            participation = Participation.objects.select_related("cohort", "organisation").get(
                cohort__slug=slug, code=code
            )
            _add(participation, followed, User.objects.get(email=email), today.year - 1)


def _add(participation: Participation, followed: tuple[DemoIndicator | DemoFigure, ...], by: User, last: int) -> None:
    chosen = []
    for row in followed:
        if isinstance(row, DemoFigure):
            _add_official(participation, row, by, last)
            continue
        indicator = _add_own(participation, row, by, last)
        if row.is_chosen:
            chosen.append(indicator.pk)
    choose_indicators(participation=participation, chosen=chosen, by=by)


def _add_own(participation: Participation, row: DemoIndicator, by: User, last: int) -> Indicator:
    about = {"unit": row.unit, "direction": row.direction, "kind": row.kind, "source": "own", **row.more}
    if row.labels:
        about["labels"] = labels_of(**row.labels)
    if row.target_in:
        about["target_on"] = date(last + row.target_in, 12, 31)
    indicator = _save(Indicator(participation=participation), by, title=row.title, **about)
    first = last - len(row.values) + (0 if row.is_late else 1)
    entries = [ValueEntry(str(first + place), _figures(numbers)) for place, numbers in enumerate(row.values)]
    confirmed = [doubt for weighed in weigh(indicator, entries) for doubt in weighed.doubts]
    import_values(indicator=indicator, entries=entries, confirmed=confirmed, seen=seen_of(indicator), by=by)
    return indicator


def _add_official(participation: Participation, row: DemoFigure, by: User, last: int) -> None:
    key_figure = KeyFigure.objects.get(code=row.code)
    new = Indicator(participation=participation, key_figure=key_figure)
    labels = Labels(tuple(sorted(goals_of(key_figure))))
    _save(new, by, direction=row.direction, shared=row.shared, labels=labels, **filled_from(key_figure))
    first = last - len(row.values) + 1
    for place, (women, men) in enumerate(row.values):
        OfficialValue.objects.get_or_create(
            key_figure=key_figure,
            place=place_of(participation.code),
            year=first + place,
            defaults={"women": women, "men": men, "total_status": "Saknas", "invented": True},
        )


def _save(indicator: Indicator, by: User, **about: Any) -> Indicator:
    return save_indicator(indicator=indicator, seen=None, by=by, **{**content_of(indicator, *INDICATOR), **about})


def _figures(numbers: Numbers) -> Figures:
    known = zip(NAMES, numbers, strict=False)
    return Figures(**{name: None if number is None else Decimal(str(number)) for name, number in known})
