"""Reads a row's value: a mark or number in a step's column, or a number in the value column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assessments.workbook.heading import SheetHeading
from checklist.models import OnScale
from kit.canonical import folded
from kit.figures import printed
from kit.workbook.cells import SheetCell
from kit.workbook.reading import WorkbookSheet

# ü and þ are ticks in the font Wingdings, as Excel's own list of symbols gives them.
MARKS = frozenset(("x", "xx", "×", "ja", "ok", "v", *"✓✔☑☒✗✘√●•■*+üþ"))
_NUMBER = re.compile(r"[-+−]?\d{1,6}(?:[.,]\d{1,6})?")
_SUMMED = re.compile(r"summa\D*(\d{1,3}(?:[.,]\d)?)", re.I)

Troubles = tuple[str, ...]


@dataclass(frozen=True)
class RowValues:
    """A row's value and aim, with what was not understood; `off_scale` says of numbers that the scale does not have."""

    value: Decimal | None
    aim: Decimal | None
    troubles: Troubles
    off_scale: Troubles


class ValueReader:
    def __init__(self, sheet: WorkbookSheet, heading: SheetHeading, scale: OnScale) -> None:
        self.sheet, self.heading, self.scale = sheet, heading, scale

    def read(self, row: int) -> RowValues:
        value, troubles = self._value(row)
        aim, odd = self._number(row, self.heading.aim, "Målet") if self.heading.aim else (None, ())
        numbers = {"Värdet": value, "Målet": aim}
        off_scale = tuple(self._off_scale(what, number) for what, number in numbers.items() if not self._has(number))
        return RowValues(
            value=value if self._has(value) else None,
            aim=aim if self._has(aim) else None,
            troubles=(*troubles, *odd),
            off_scale=off_scale,
        )

    def stated(self, row: int, *, ours: bool) -> tuple[Decimal, ...]:
        """Return the sums that the file states: one in all, or one for each column.

        The sum of `ours` is a formula, which no more than repeats the rows unless somebody has typed over it.
        """
        columns = [self.heading.value] if self.heading.value else []
        for among in ([*columns], [*self.heading.steps.values()]):
            cells = [self.sheet.at(row, column) for column in among]
            numbers = [
                number for cell in cells if not (ours and cell.is_formula) and (number := _number_in(cell)) is not None
            ]
            if numbers:
                return tuple(numbers)
        for column in self.heading.labels:
            written = _SUMMED.match(self.sheet.at(row, column).text)
            if written:
                return (_decimal(written[1]),)
        return ()

    def _value(self, row: int) -> tuple[Decimal | None, Troubles]:
        in_steps, troubles = self._in_steps(row)
        if troubles:
            return None, troubles
        column = self.heading.value
        if column is None or (self.heading.steps and self._is_worked_out(row, column, in_steps)):
            return in_steps, ()
        alone, odd = self._number(row, column, "Värdet")
        if odd:
            return None, odd
        if None not in (in_steps, alone) and in_steps != alone:
            return None, (f"Kolumnerna säger {_p(in_steps)}, men i kolumnen för värdet står {_p(alone)}.",)
        return (alone if in_steps is None else in_steps), ()

    def _is_worked_out(self, row: int, column: int, in_steps: Decimal | None) -> bool:
        """True if the value is a formula that follows the steps' columns, as in our own workbook."""
        cell = self.sheet.at(row, column)
        return cell.is_formula and (in_steps is not None or not cell.text)

    def _in_steps(self, row: int) -> tuple[Decimal | None, Troubles]:
        filled = {step: self.sheet.at(row, column) for step, column in self.heading.steps.items()}
        filled = {step: cell for step, cell in filled.items() if _is_filled(cell)}
        if not filled:
            return None, ()
        if len(filled) > 1:
            return None, ("Raden har mer än en markering.",)
        if self.sheet.merged_over(row, list(self.heading.steps.values())):
            return None, ("Cellen är sammanslagen över flera steg.",)
        [(step, cell)] = filled.items()
        return self._in_column(step, cell)

    def _in_column(self, step: int, cell: SheetCell) -> tuple[Decimal | None, Troubles]:
        odd = _unreadable(cell)
        if odd:
            return None, (odd,)
        number = _number_in(cell)
        if number is None:
            if cell.truth or folded(cell.text) in MARKS:
                return Decimal(step), ()
            return None, (f"I kolumnen för steg {step} står ”{_short(cell.text)}”.",)
        if self._has(number) and abs(number - step) >= 1:
            return None, (f"I kolumnen för steg {step} står {_p(number)}.",)
        return number.normalize(), ()

    def _number(self, row: int, column: int, what: str) -> tuple[Decimal | None, Troubles]:
        cell = self.sheet.at(row, column)
        if not _is_filled(cell):
            return None, ()
        odd, number = _unreadable(cell), _number_in(cell)
        if odd:
            return None, (odd,)
        if number is None:
            return None, (f"{what} är inget tal: ”{_short(cell.text)}”.",)
        return number.normalize(), ()

    def _has(self, number: Decimal | None) -> bool:
        return number is None or number in self.scale.values

    def _off_scale(self, what: str, number: Decimal | None) -> str:
        values = self.scale.values
        steps = "halva steg används" if self.scale.half_steps else "bara hela steg används"
        return (
            f"{what} {_long(number or Decimal())} finns inte på skalan från {_p(values[0])} till {_p(values[-1])} "
            f"({steps})."
        )


def _is_filled(cell: SheetCell) -> bool:
    return cell.truth is not False and bool(cell.text or cell.is_formula)


def _unreadable(cell: SheetCell) -> str:
    if cell.is_error:
        return f"Cellen visar felet {_short(cell.text)}."
    if cell.is_formula and not cell.text:
        return "Cellen har en formel utan uträknat värde."
    return ""


def _number_in(cell: SheetCell) -> Decimal | None:
    if cell.number is not None or cell.truth is not None:
        return cell.number
    text = cell.text.replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
    return _decimal(text) if _NUMBER.fullmatch(text) else None


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ".").replace("−", "-"))


def _p(value: Decimal | None) -> str:
    return "" if value is None else printed(value, 1)


def _long(value: Decimal) -> str:
    # It may be a number that no scale has, so it is not rounded as in `_p`.
    return _short(f"{value.normalize():f}".replace(".", ","))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:39] + "…"
