"""CSV as Excel in Swedish reads it: semicolons, and UTF-8 only with its mark at the beginning."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from kit.figures import FIGURE

MEDIA_TYPE = "text/csv; charset=utf-8"
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
# A spreadsheet would take a text that begins so for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rows_as_csv(rows: Iterable[Sequence[str]]) -> str:
    file = StringIO()
    csv.writer(file, delimiter=";", lineterminator="\r\n").writerows([_plain(cell) for cell in row] for row in rows)
    return MARK + file.getvalue()


def _plain(cell: str) -> str:
    # A figure with its sign is a number and no formula.
    return f"'{cell}" if cell.startswith(FORMULA) and not FIGURE.fullmatch(cell) else cell
