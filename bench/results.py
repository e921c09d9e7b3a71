"""What was measured, as a table to read and as JSON to keep."""

import json
import platform
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

LATEST = Path(__file__).parent / "results" / "latest.json"
HEADS = ("", "measured", "aim", "")


@dataclass(frozen=True)
class Measure:
    """`value` is at most `aim`, or the aim is missed; one without an aim is only told."""

    what: str
    value: float
    aim: float | None = None
    unit: str = ""

    @property
    def is_missed(self) -> bool:
        return self.aim is not None and self.value > self.aim

    @property
    def row(self) -> tuple[str, str, str, str]:
        aim = "" if self.aim is None else f"≤ {_number(self.aim)}"
        return self.what, f"{_number(self.value)} {self.unit}".strip(), aim, "MISSED" if self.is_missed else ""


def _number(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.2f}"


def print_table(title: str, measures: list[Measure]) -> None:
    rows = [(title, *HEADS[1:]), *(measure.row for measure in measures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADS))]
    for row in rows:
        print(f"{row[0]:<{widths[0]}}  {row[1]:>{widths[1]}}  {row[2]:>{widths[2]}}  {row[3]}".rstrip())
    print()


def write_json(tables: dict[str, list[Measure]]) -> None:
    LATEST.parent.mkdir(exist_ok=True)
    document = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "machine": platform.platform(),
        "measures": {
            title: [{**asdict(measure), "missed": measure.is_missed} for measure in measures]
            for title, measures in tables.items()
        },
    }
    LATEST.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
