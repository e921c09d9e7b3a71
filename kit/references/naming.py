"""What a figure in a table is called: the table's key, then its row, then its column."""

import re

from django.utils.text import slugify

from kit.figures import FIGURE
from kit.templatetags.swedish import sentence

# As `ref_of` makes them, and short enough for any format.
LONGEST = 200
REF = r"[a-z0-9][a-z0-9._-]*"


def ref_of(key: str, row: str, head: str, cell: str) -> str:
    return f"{key}.{_row_name(row)}.{slugify(head)}" if FIGURE.fullmatch(cell) else ""


def _row_name(text: str) -> str:
    number, dot, _ = text.partition(". ")
    return f"moment-{number}" if dot and number.isdigit() else slugify(text)


def is_ref(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST and bool(re.fullmatch(REF, value))


def is_same_print(words: str, printed: str) -> bool:
    """True if a text says what is printed; it may begin a sentence with it."""
    return words in (printed, sentence(printed))
