"""The heading of a list: the words that people have over their columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kit.canonical import folded, without_marks
from kit.templatetags.swedish import enumerated
from people.listing.lines import cells_of, separator_of

NAME, FIRST, LAST, LAST_FIRST = "name", "first", "last", "last_first"
EMAIL, FUNCTION, TITLE, DEPUTY = "email", "function", "title", "deputy"
ORGANISATION, PARTY, OURS, UNKNOWN, EXTRA = "organisation", "party", "ours", "unknown", "extra"
# The first that fits a whole heading decides.
_COLUMNS = {
    LAST_FIRST: r"efternamn(?:,| och)? ?(?:förnamn|tilltalsnamn)|last name,? first name",
    FIRST: r"(?:förnamn|tilltalsnamn|first ?name|given ?name)\b(?!,? (?:och )?(?:efternamn|last)).*",
    LAST: r"(?:efternamn|last ?name|surname|family ?name)\b.*",
    EMAIL: r".*\be-?post.*|.*\be-?mail.*|(?:mail|mejl)\w*(?: .*)?|adress|(?:user ?)?principal ?name|upn",
    DEPUTY: r"(?:ersättare|ordinarie|suppleant)\b.*",
    FUNCTION: r"funktion(?:en)?\b.*|roll(?:en)?(?: (?!i omgången).*)?|function|role",
    TITLE: r".*titel|befattning.*|yrke.*|uppdrag.*|tjänst.*|(?:job ?)?title|position",
    ORGANISATION: r"organisation.*|kommun.*|region.*|kod|arbetsgivare|organization|company",
    PARTY: r"parti\w*",
    OURS: r"grupp|roll i omgången",  # in our own list of an omgång's people
    NAME: r"namn\b.*|förnamn.*efternamn|.*(?:för- och efternamn|fullständigt namn)|\w+ namn|person(?:en)?|deltagare|"
    r"representant|kontaktperson|visningsnamn|(?:display ?|full ?)?name",
}
# Systems that write no å, ä and ö have "Fornamn" and "Ersattare" over their columns.
COLUMNS = {column: re.compile(without_marks(pattern)) for column, pattern in _COLUMNS.items()}
LONGEST_HEADING = 60


@dataclass(frozen=True)
class HeadingLine:
    """What each column holds, what stands over it, and the sign between the columns."""

    columns: tuple[str, ...]
    words: tuple[str, ...]
    separator: str

    @property
    def says(self) -> str:
        unread = [f"”{word}”" for column, word in zip(self.columns, self.words, strict=True) if column == UNKNOWN]
        which = "Kolumnen" if len(unread) == 1 else "Kolumnerna"
        return f"{which} {enumerated(unread)} läses inte." if unread else ""


def heading_of(text: str) -> HeadingLine | None:
    """Return the heading if the line is one: it names the column of addresses and has none itself."""
    if "@" in text:
        return None
    cells = cells_of(text)
    columns = tuple(column_of(cell) for cell in cells)
    if EMAIL not in columns or len([column for column in columns if column not in (UNKNOWN, EXTRA)]) < 2:
        return None
    return HeadingLine(_each_once(columns), tuple(cells), separator_of(text))


def is_heading_without_address(text: str) -> bool:
    """True if a line only names columns, though none of them is the addresses'."""
    columns = [column_of(cell) for cell in cells_of(text)]
    return len([column for column in columns if column not in (UNKNOWN, EXTRA)]) > 1


def column_of(cell: str) -> str:
    plain = without_marks(folded(cell)).strip(" :*.")
    if not plain:
        return EXTRA
    if len(plain) > LONGEST_HEADING:
        return UNKNOWN
    return next((column for column, pattern in COLUMNS.items() if pattern.fullmatch(plain)), UNKNOWN)


def _each_once(columns: Sequence[str]) -> tuple[str, ...]:
    """Return the columns with only the first of each kind; a second one is not read."""
    return tuple(
        UNKNOWN if column not in (OURS, EXTRA, UNKNOWN) and column in columns[:place] else column
        for place, column in enumerate(columns)
    )
