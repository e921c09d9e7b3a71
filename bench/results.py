"""Measured values, as a table to read and as JSON to keep."""

import json
import platform
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path

LATEST = Path(__file__).parent / "results" / "latest.json"
GAP = "   "


@dataclass(frozen=True)
class Measure:
    """A measured value; the aim is missed when the value is larger."""

    what: str
    value: float
    aim: float | None = None

    @property
    def is_missed(self) -> bool:
        return self.aim is not None and self.value > self.aim


Table = dict[str, list[Measure]]


def n_missed(table: Table) -> int:
    return sum(measure.is_missed for measures in table.values() for measure in measures)


def print_table(title: str, table: Table) -> None:
    # The first row has every column. Where all have an aim, the head has the loosest; any other stands in its cell.
    columns = [[measure for measure in column if measure] for column in zip_longest(*table.values())]
    aims = [[measure.aim for measure in column if measure.aim is not None] for column in columns]
    loosest = [max(some) if len(some) == len(all_) else None for some, all_ in zip(aims, columns, strict=True)]
    heads = [_head(column[0].what, aim) for column, aim in zip(columns, loosest, strict=True)]
    printed = [[_cell(measure, aim) for measure, aim in zip(row, loosest, strict=False)] for row in table.values()]
    rows = [[title, *heads], *([label, *row] for label, row in zip(table, printed, strict=True))]
    widths = [max(map(len, column)) for column in zip_longest(*rows, fillvalue="")]
    for label, *cells in rows:
        line = [label.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=False))]
        print(GAP.join(line).rstrip())
    print()


def write_json(tables: dict[str, Table]) -> None:
    LATEST.parent.mkdir(exist_ok=True)
    document = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "machine": platform.platform(),
        "tables": {
            title: {label: [_plain(measure) for measure in row] for label, row in table.items()}
            for title, table in tables.items()
        },
    }
    LATEST.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def _plain(measure: Measure) -> dict[str, object]:
    return {**asdict(measure), "missed": measure.is_missed}


def _head(what: str, aim: float | None) -> str:
    return what if aim is None else f"{what} (≤ {_number(aim)})"


def _cell(measure: Measure, loosest: float | None) -> str:
    missed = "MISSED " if measure.is_missed else ""
    stricter = f" (≤ {_number(measure.aim)})" if measure.aim is not None and measure.aim != loosest else ""
    return f"{missed}{_number(measure.value)}{stricter}"


def _number(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.2f}".rstrip("0").rstrip(".")
