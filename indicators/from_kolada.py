"""What a key figure in Kolada says of itself, as the first content of an indicator's form."""

import re
from typing import Any

from indicators.enums import IndicatorKind, ValueSource
from kolada.models import KeyFigure

_UNTIL = re.compile(r"\s*\(\s*-\s*\d{4}\)\.?$")
_MEASURED = re.compile(r"(antal )?(dagar|år|kr|tkr|mkr|timmar)\b.*")


def filled_from(key_figure: KeyFigure) -> dict[str, Any]:
    unit, kind = unit_and_kind(key_figure.title)
    return {
        "title": key_figure.title[:160],
        "definition": key_figure.description[:4000],
        "unit": unit,
        "kind": kind,
        "source": ValueSource.KOLADA,
        "original_source": key_figure.source,
    }


def goals_of(key_figure: KeyFigure) -> list[int]:
    """Return the keys of the delmål under which SKR proposes the key figure."""
    return list(key_figure.starters.exclude(goal=None).values_list("goal", flat=True))


def unit_and_kind(title: str) -> tuple[str, str]:
    """Return unit and kind as the end of the title tells them; an unknown unit is empty, for someone to write."""
    unit_words = _UNTIL.sub("", title.rpartition(",")[2]).strip().lower()
    if "(%)" in unit_words or unit_words.startswith(("andel", "procent")):
        return "procent", IndicatorKind.SHARE
    if "index" in unit_words:
        return "index", IndicatorKind.INDEX
    if unit_words == "antal":
        return "antal", IndicatorKind.COUNT
    if unit_words.startswith("antal/"):
        return re.sub(r"\binv\b", "invånare", unit_words.replace("antal/", "per ", 1))[:40], IndicatorKind.MEAN
    if measured := _MEASURED.fullmatch(unit_words):
        return measured[2], IndicatorKind.MEAN
    return "", IndicatorKind.MEAN
