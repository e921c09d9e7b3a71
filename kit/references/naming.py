"""What a figure in a table is called: the table's key, then its row, then its column."""

from django.utils.text import slugify

from kit.figures import FIGURE


def ref_of(key: str, row: str, head: str, cell: str) -> str:
    """Return the reference of a cell in the table `key`, or "" if the cell holds no figure."""
    return f"{key}.{_row_name(row)}.{slugify(head)}" if FIGURE.fullmatch(cell) else ""


def _row_name(text: str) -> str:
    number, dot, _ = text.partition(". ")
    return f"moment-{number}" if dot and number.isdigit() else slugify(text)
