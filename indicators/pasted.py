"""Lines pasted into "Statistik vi har": a verksamhet on each, with its answers after it or as the form says for all."""

import re
from dataclasses import dataclass

from indicators.enums import Split
from kit.canonical import canonical_line, folded

LONGEST_NAME = 160
MOST_LINES = 200
SPLIT = {"ja": Split.YES, "delvis": Split.PARTLY, "nej": Split.NO}
ANSWERS = {"ja": True, "nej": False, "vet inte": None, "vet ej": None, "": None}
BETWEEN = re.compile(r"[\t;]")


@dataclass(frozen=True)
class PastedStatistics:
    name: str
    split: Split
    analysed: bool | None = None
    in_report: bool | None = None


class UnreadableLine(Exception):
    """A line that cannot be understood; the text is what to tell."""


def statistics_in(text: str, split: Split | None) -> list[PastedStatistics]:
    """Return a row for each line, the first of those with the same name; raise `UnreadableLine`.

    `split` is the answer of a line that has none of its own.
    """
    rows: dict[str, PastedStatistics] = {}
    lines = [line for line in text.splitlines() if line.strip(" \t;")]
    if len(lines) > MOST_LINES:
        raise UnreadableLine(f"Klistra in högst {MOST_LINES} rader åt gången.")
    for line in lines:
        row = _row(line, split)
        rows.setdefault(folded(row.name), row)
    return list(rows.values())


def _row(line: str, split: Split | None) -> PastedStatistics:
    name, *cells = (canonical_line(cell) for cell in BETWEEN.split(line))
    if not name:
        raise UnreadableLine(f"Raden ”{canonical_line(line)}” börjar inte med en verksamhet.")
    if len(name) > LONGEST_NAME:
        raise UnreadableLine(f"Namnet ”{name[:40]} …” är för långt. Det får ha högst {LONGEST_NAME} tecken.")
    divided, analysed, in_report, *more = (*[folded(cell) for cell in cells], "", "", "")
    if divided not in (*SPLIT, "") or analysed not in ANSWERS or in_report not in ANSWERS or any(more):
        raise UnreadableLine(
            f"Raden om ”{name}” går inte att läsa. Efter namnet kan det stå ja, delvis eller nej, "
            "och sedan ja, nej eller vet inte två gånger."
        )
    answer = SPLIT.get(divided, split)
    if answer is None:
        raise UnreadableLine(
            f"Svara nedan om verksamheterna har könsuppdelad statistik. Raden om ”{name}” säger det inte."
        )
    return PastedStatistics(name, answer, ANSWERS[analysed], ANSWERS[in_report])
