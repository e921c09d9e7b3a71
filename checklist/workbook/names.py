"""What the sheets are called and what stands at their top: the exporter writes it and the reader knows it again."""

from __future__ import annotations

import re
from collections.abc import Iterable

MAX_TITLE = 31
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]|[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

ORGANISATION, WHOLE_OR_PART, MEETING = "Organisation", "Gäller", "Träff"
CHECKLIST, STATE = "Checklista", "Läge"
WHOLE = "hela organisationen"
OUTSIDE = "utanför träffarna"
DRAFT = "Arbetsmaterial"
NUMBER, ITEM, VALUE, COMMENT = "Nr", "Moment", "Värde", "Kommentar"
SINCE_LAST, AIM, SUM = "Vad har hänt sedan sist", "Mål", "Summa poäng"
MARK = "x"


def titles(names: Iterable[str]) -> list[str]:
    """The names as Excel takes them: without its signs, short enough, and no two alike in any case of letters."""
    taken: set[str] = set()
    found = []
    for name in names:
        title = safe = _safe(name)
        number = 2
        while title.casefold() in taken:
            ending = f" ({number})"
            title, number = safe[: MAX_TITLE - _length(ending)].rstrip() + ending, number + 1
        taken.add(title.casefold())
        found.append(title)
    return found


def _safe(name: str) -> str:
    plain = " ".join(_NOT_IN_TITLES.sub(" ", name).split()).strip("'")
    while _length(plain) > MAX_TITLE:
        plain = plain[:-1].rstrip()
    # Excel keeps "History" for itself.
    return "Blad" if plain.casefold() in ("", "history") else plain


def _length(text: str) -> int:
    """As Excel counts: an emoji is two."""
    return len(text.encode("utf-16-le")) // 2
