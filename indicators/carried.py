"""The part of the cohort package that describes indicators, their own values and analyses (data/FORMAT.md)."""

import re
from decimal import Decimal
from typing import Any

from cohorts.carried import CODE, FOR_FUNCTION
from decisions.carried import DECISION_NUMBER
from indicators.enums import Direction, Frequency, IndicatorKind, ValueSource, Whom
from indicators.models import Analysis, Indicator, StatisticsHeld, Value
from indicators.numbers import PLACES, WHOLE_DIGITS, plainly
from indicators.periods import is_period
from kit.carrying import (
    ANY_TEXT,
    LONG_TEXT,
    NO_ROWS,
    CarriedColumn,
    Field,
    Rows,
    Shape,
    ValueKind,
    a_slug,
    a_text,
    choice,
    day_or_null,
    flag,
    limit,
    number,
    or_null,
    short,
    title,
    words,
)
from policy.carried import LABELS

PERIOD = ValueKind(
    'a period as "2025", "2025-H1", "2025-Q3" or "2025-06"', lambda value: isinstance(value, str) and is_period(value)
)
INDICATOR_KEY = a_slug(limit(Indicator, "key"))
_DECIMAL = re.compile(rf"-?\d{{1,{WHOLE_DIGITS}}}(\.\d{{1,{PLACES}}})?", re.ASCII)


def _is_decimal(value: object) -> bool:
    return isinstance(value, str) and bool(_DECIMAL.fullmatch(value))


DECIMAL = ValueKind('a number as a text, such as "43.2", with at most six decimals', _is_decimal)
SIZE = ValueKind(
    f"{DECIMAL.expected}, not below 0", lambda value: _is_decimal(value) and not str(value).startswith("-")
)


def decimal_or_null(kind: ValueKind = DECIMAL) -> CarriedColumn:
    return CarriedColumn(or_null(kind), read=_to_decimal, write=_decimal_text)


def _to_decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _decimal_text(value: Any) -> str | None:
    return None if value is None else f"{plainly(value):f}"


VALUE = Shape(
    {
        "period": Field(PERIOD),
        "unit": title(Value, "unit"),
        "women": decimal_or_null(),
        "men": decimal_or_null(),
        "total": decimal_or_null(),
        "women_numerator": decimal_or_null(SIZE),
        "women_denominator": decimal_or_null(SIZE),
        "men_numerator": decimal_or_null(SIZE),
        "men_denominator": decimal_or_null(SIZE),
        "note": short(Value, "note"),
    },
    Value,
    by_place=("indicator", "period"),
)
INDICATOR = Shape(
    {
        "organisation": Field(CODE, column="participation"),
        "key": Field(INDICATOR_KEY),
        "title": title(Indicator, "title"),
        "definition": words(LONG_TEXT),
        "says": short(Indicator, "says"),
        "unit": title(Indicator, "unit"),
        "direction": choice(Direction.values),
        "kind": choice(IndicatorKind.values),
        "source": choice(ValueSource.values),
        "original_source": short(Indicator, "original_source"),
        "key_figure": Field(or_null(a_text(10))),
        "frequency": choice(Frequency.values),
        "whom": choice(Whom.values),
        "age_group": short(Indicator, "age_group"),
        "baseline": words(PERIOD),
        "target_women": decimal_or_null(),
        "target_men": decimal_or_null(),
        "target_gap": decimal_or_null(SIZE),
        "target_on": day_or_null(),
        "item": Field(or_null(LONG_TEXT)),
        "fewest_people": number(0),
        "shared": flag(),
        "values": Field(Rows(VALUE), NO_ROWS),
        # The decisions on its time line.
        "decisions": Field(Rows(DECISION_NUMBER), NO_ROWS, since=3),
        **LABELS,
    },
    Indicator,
    by_place=("position",),
)
ANALYSIS = Shape(
    {
        "organisation": Field(CODE, column="participation"),
        "title": Field(a_text(limit(Analysis, "title"))),
        "starting_point": CarriedColumn(ANY_TEXT),
        "information": CarriedColumn(ANY_TEXT),
        "focus": CarriedColumn(ANY_TEXT),
        "why_1": CarriedColumn(ANY_TEXT),
        "why_2": CarriedColumn(ANY_TEXT),
        "why_3": CarriedColumn(ANY_TEXT),
        "why_4": CarriedColumn(ANY_TEXT),
        "why_5": CarriedColumn(ANY_TEXT),
        "conclusions": CarriedColumn(ANY_TEXT),
        "proposals": CarriedColumn(ANY_TEXT),
        "indicators": Field(Rows(INDICATOR_KEY), NO_ROWS),
        "signed_function": words(FOR_FUNCTION),
        "signed_on": day_or_null(),
        "shared": flag(),
    },
    Analysis,
    by_place=("position",),
)
OF_PACKAGE = {"indicators": Field(Rows(INDICATOR), NO_ROWS, since=3)}

NOT_CARRIED = {
    Indicator: {
        "owner": "no person is in a package",
        "part": "how an organisation is divided is its own",
        "chosen": "what stands on Läget is each site's own choice",
    },
    Value: {"entered_at": "when it was entered here", "entered_by": "no person is in a package"},
    StatisticsHeld: "an organisation's own inventory, which is neither shared nor handed in",
}
