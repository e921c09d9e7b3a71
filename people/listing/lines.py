"""The lines of a pasted list, cut into people and cells. Every step takes time in proportion to the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kit.canonical import canonical_address, canonical_line

LONGEST_LINE, LONGEST_CELL = 20_000, 500
# A cell of a spreadsheet may have line ends in it, and is then copied in quotation marks.
MOST_JOINED = 6
SEPARATORS = ("\t", ";", "|", ",")
_QUOTES, _OUTER = '"“”„', " \"“”„'’"
_BETWEEN = re.compile(r"[\s<>;,\"“”()\[\]|]+")
_BULLET = re.compile(r"^\s*(?:[-•*·–—‐‑▪◦●‣►\uf0b7]|\d{1,3}[.)])[ \t]+")
_IN_BRACKETS = re.compile(r"[\[(]([^\s\[\]()<>]+@[^\s\[\]()<>]+)[\])]")
_SCHEME = re.compile(r"\b(?:mailto|smtp|sip):", re.IGNORECASE)
_TO_LINE = re.compile(r"^\s*(?:till|to|kopia|cc|bcc|hemlig kopia|från|from)\s*:[ \t]*", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """A line as it stands in the list; `at` is its number there, and `last` the number of the last one in it."""

    at: int
    last: int
    text: str

    @property
    def is_too_long(self) -> bool:
        return len(self.text) > LONGEST_LINE


def lines_of(text: str) -> list[Line]:
    """Return the lines with content; a quotation that goes on over several lines is one of them."""
    rows = text.split("\n")
    lines, at = [], 0
    while at < len(rows):
        last = _end_of_quotation(rows, at)
        whole = "\n".join(rows[at : last + 1])
        if whole.strip():
            lines.append(Line(at + 1, last + 1, whole))
        at = last + 1
    return lines


def _end_of_quotation(rows: list[str], at: int) -> int:
    if rows[at].count('"') % 2 == 0:
        return at
    for last in range(at + 1, min(at + MOST_JOINED, len(rows))):
        if rows[last].count('"') % 2:
            return last
    return at  # a quotation mark that never ends


def addresses_in(text: str) -> list[str]:
    """Return the different addresses in a text, as they are stored."""
    words = _BETWEEN.split(without_scheme(text))
    return list(dict.fromkeys(canonical_address(word.strip(".:'’")) for word in words if "@" in word.strip("@")))


def without_scheme(text: str) -> str:
    """Return the text without "mailto:" and what Exchange writes before an address."""
    return _SCHEME.sub("", text)


def people_in(line: Line, separator: str = "") -> list[str]:
    """Return the text of each person on a line: several where it is copied from a mail's recipients."""
    if separator == "\t":
        return [line.text]
    text = _TO_LINE.sub("", _BULLET.sub("", line.text))
    return [text] if "\t" in text else _apart_at(text, (";", ","))


def _apart_at(text: str, signs: tuple[str, ...]) -> list[str]:
    n_addresses = len(addresses_in(text)) if signs else 0
    if n_addresses < 2:
        return [text]
    sign, *others = signs
    pieces = [piece.strip() for piece in split(text, sign) if piece.strip()]
    if len(pieces) < 2:
        return _apart_at(text, tuple(others))
    together = [f"{sign} ".join(group) for group in _groups(pieces, n_addresses)]
    return [person for group in together for person in _apart_at(group, tuple(others))]


def _groups(pieces: list[str], n_addresses: int) -> list[list[str]]:
    """Return the pieces of each person, by where the addresses stand among them."""
    has = ["@" in piece for piece in pieces]
    if all(has):
        return [[piece] for piece in pieces]
    size, rest = divmod(len(pieces), n_addresses)
    if not rest and has == has[:size] * n_addresses and sum(has[:size]) == 1:
        return [pieces[start : start + size] for start in range(0, len(pieces), size)]
    groups: list[list[str]] = [[]]
    for piece, is_address in zip(pieces, has, strict=True):
        # A name before each address ends with it; where an address is first, each address begins a person.
        if (is_address and has[0] and groups[-1]) or (not has[0] and groups[-1] and "@" in groups[-1][-1]):
            groups.append([])
        groups[-1].append(piece)
    if not has[0] and len(groups) > 1 and not any("@" in piece for piece in groups[-1]):
        last = groups.pop()
        groups[-1] += last
    return groups


def separator_of(text: str) -> str:
    return next((sign for sign in SEPARATORS if len(split(text, sign)) > 1), "")


def cells_of(text: str, separator: str = "") -> list[str]:
    """Return the cells of a person's text; `separator` is the list's own, where its heading has shown one."""
    sign = separator if separator and len(split(text, separator)) > 1 else separator_of(text)
    return [unquoted(cell) for cell in (split(text, sign) if sign else [text])]


def split(text: str, separator: str) -> list[str]:
    """Split at a sign, but not inside a quotation or between < and >."""
    quotation = '"[^"]*"|' if text.count('"') % 2 == 0 else ""
    cells, start = [], 0
    for sign in re.finditer(f"{quotation}<[^<>\t]*>|{re.escape(separator)}", text):
        if sign[0] == separator:
            cells.append(text[start : sign.start()])
            start = sign.end()
    return [*cells, text[start:]]


def unquoted(cell: str) -> str:
    return canonical_line(cell.replace('""', '"')).strip(_OUTER)


def apart(cell: str) -> Iterator[str]:
    """Give a cell's name and address apart: Anna Ek <anna.ek@kommun.se>, or the same without < and >."""
    plain = _IN_BRACKETS.sub(r" <\1>", without_scheme(cell))
    if "<" in plain:
        before, _, rest = plain.partition("<")
        inside, _, after = rest.partition(">")
        # Outlook writes an address with a link to itself: anna@kommun.se<mailto:anna@kommun.se>.
        addresses = addresses_in(plain)
        parts = [before, inside, after.strip("<> ")]
        if len(addresses) == 1:
            parts = [part if canonical_address(part) != addresses[0] else "" for part in (parts[0], parts[2])]
            parts = [parts[0], addresses[0], parts[1]]
        yield from _whole(parts)
        return
    words = plain.split(" ")
    places = [place for place, word in enumerate(words) if "@" in word.strip("@")]
    if len(words) > 1 and len(places) == 1:
        [place] = places
        parts = [" ".join(words[:place]), words[place], " ".join(words[place + 1 :])]
        yield from _whole(parts)
        return
    yield plain.strip()


def _whole(parts: list[str]) -> Iterator[str]:
    yield from filter(None, (unquoted(part).strip(" ,;:–-") for part in parts))
