"""Names of sheets, labels and columns, which the export writes and the import recognises."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kit.canonical import folded

MAX_TITLE = 31
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]|[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

ORGANISATION, WHOLE_OR_PART, MEETING = "Organisation", "Gäller", "Träff"
CHECKLIST, STATE = "Checklista", "Läge"
WHOLE = "hela organisationen"
OUTSIDE = "utanför träffarna"
DRAFT = "Arbetsmaterial"
HOW = "Så fyller ni i"
NUMBER, ITEM, VALUE, COMMENT = "Nr", "Moment", "Värde", "Kommentar"
SINCE_LAST, AIM, SUM = "Vad har hänt sedan sist", "Mål", "Summa poäng"
REASONING, NEXT_STEP = "Så resonerade vi", "Det här krävs för nästa steg"
LEAST_OF_A_PART = 10


def titles(names: Iterable[str]) -> list[str]:
    """Return names that Excel accepts: without its signs, short enough and unique in any case of letters."""
    taken: set[str] = set()
    accepted = []
    for name in names:
        title = safe = _safe(name)
        number = 2
        while folded(title) in taken:
            ending = f" ({number})"
            title, number = safe[: MAX_TITLE - _length(ending)].rstrip() + ending, number + 1
        taken.add(folded(title))
        accepted.append(title)
    return accepted


def title_of_part(part: str, occasion: str) -> str:
    """Return the name of a part's sheet. Where both do not fit, it is the part's name that is cut."""
    ending = f" – {_cut(_allowed(occasion), MAX_TITLE - LEAST_OF_A_PART)}"
    return _cut(_allowed(part), MAX_TITLE - _length(ending), last="") + ending


def _safe(name: str) -> str:
    plain = _cut(_allowed(name), MAX_TITLE)
    # Excel keeps "History" for itself.
    return "Blad" if folded(plain) in ("", "history") else plain


def _allowed(name: str) -> str:
    return " ".join(_NOT_IN_TITLES.sub(" ", name).split()).strip("'")


def _cut(name: str, room: int, last: str | None = None) -> str:
    """Return the name, or its beginning and last word: the number at the end tells one meeting from another."""
    if _length(name) <= room:
        return name
    last = name.rpartition(" ")[2] if last is None else last
    ending = f"… {last}" if 0 < _length(last) < LEAST_OF_A_PART else "…"
    while _length(name) > room - _length(ending):
        name = name[:-1].rstrip()
    return name + ending


def _length(text: str) -> int:
    # Excel counts UTF-16 units, so an emoji is two.
    return len(text.encode("utf-16-le")) // 2
