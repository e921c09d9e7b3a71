"""A list in a file, as the text that the page's box then has: a row of the file is a line of the text."""

from __future__ import annotations

import codecs
import re
from pathlib import PurePosixPath

from kit.canonical import canonical, canonical_line
from kit.workbook.reading import WorkbookSheet, read_workbook
from kit.workbook.refusing import EMPTY, TOO_BIG, WorkbookRefused
from kit.workbook.safety import MAX_BYTES

LONGEST_TEXT = 150_000
ENDINGS = (".xlsx", ".csv", ".txt")
# The line over a workbook's second and later sheets.
SHEET = re.compile("Blad: (.*)")
# Windows, Excel's "CSV (Macintosh)", and systems older than both.
_BEFORE_UNICODE = ("cp1252", "mac-roman", "cp850")
_SWEDISH = re.compile("[åäöÅÄÖéÉ]")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def text_of_file(name: str, raw: bytes) -> str:
    """Return the text of a workbook or a text file; raise `WorkbookRefused` if it cannot be read."""
    if len(raw) > MAX_BYTES:
        raise WorkbookRefused(TOO_BIG)
    if not raw:
        raise WorkbookRefused(EMPTY)
    is_text = PurePosixPath(name.replace("\\", "/")).suffix.lower() in (".csv", ".txt") and raw[:4] != b"PK\x03\x04"
    text = canonical(_decoded(raw)) if is_text else _of_workbook(raw)
    if len(text) > LONGEST_TEXT:
        raise WorkbookRefused("Listan är för lång.")
    return text


def _decoded(raw: bytes) -> str:
    if raw.startswith(_UTF_16):  # Excel's "Unicode-text"
        return raw.decode("utf-16", errors="replace")
    if b"\0" in raw:
        raise WorkbookRefused("Filen är ingen text. Spara listan som .csv, .txt eller .xlsx.")
    try:
        return _without_hint(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        # No file says which it is: the right one has the most Swedish letters.
        readings = [raw.decode(coding, errors="replace") for coding in _BEFORE_UNICODE]
        return _without_hint(max(readings, key=lambda text: len(_SWEDISH.findall(text))))


def _without_hint(text: str) -> str:
    """Empty the first line in which Excel says which sign is between the cells: sep=;."""
    first, end, rest = text.partition("\n")
    return f"{end}{rest}" if first.strip().lower().startswith("sep=") and len(first.strip()) <= 5 else text


def _of_workbook(raw: bytes) -> str:
    """Return the sheets with addresses, each but the first under its name; a row without content is an empty line."""
    sheets = [(sheet.title, _lines(sheet)) for sheet in read_workbook(raw)]
    listed = [(title, lines) for title, lines in sheets if any("@" in line for line in lines)]
    if not listed:
        raise WorkbookRefused("Ingen e-postadress finns i arbetsboken. Kontrollera att det är rätt fil.")
    [(_, first), *others] = listed
    return "\n".join([*first, *(line for title, lines in others for line in (f"Blad: {title}", *lines))])


def _lines(sheet: WorkbookSheet) -> list[str]:
    width = max((column for _, column in sheet.cells), default=0)
    rows = range(1, max(sheet.rows(), default=0) + 1)
    return ["\t".join(_cell(sheet.at(row, column).text) for column in range(1, width + 1)).rstrip("\t") for row in rows]


def _cell(text: str) -> str:
    # A quotation mark would begin a cell that goes on over several lines.
    return canonical_line(text).replace('"', "”")
