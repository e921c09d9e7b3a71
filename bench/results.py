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

    @property
    def cell(self) -> str:
        return f"{'MISSED ' if self.is_missed else ''}{_number(self.value)}"


Table = dict[str, list[Measure]]


def n_missed(table: Table) -> int:
    return sum(measure.is_missed for measures in table.values() for measure in measures)


def print_table(title: str, table: Table) -> None:
    # The first row has every column.
    heads = [_head(measure) for measure in next(iter(table.values()))]
    rows = [[title, *heads], *([label, *(measure.cell for measure in row)] for label, row in table.items())]
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


def _head(measure: Measure) -> str:
    return measure.what if measure.aim is None else f"{measure.what} (≤ {_number(measure.aim)})"


def _number(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.2f}".rstrip("0").rstrip(".")
