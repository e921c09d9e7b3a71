"""What a row's cells say of its value: a mark or a number in a step's column, or a number in a column of its own."""

from __future__ import annotations

import re
from decimal import Decimal

from checklist.models import OnScale
from checklist.workbook.heading import Heading
from modell.figures import printed
from modell.workbook.reading import Cell, Sheet
from modell.workbook.refusing import WorkbookRefused

# ü and þ are ticks in the font Wingdings, as Excel's own list of symbols gives them.
MARKS = frozenset(("x", "xx", "×", "ja", "ok", "v", *"✓✔☑☒✗✘√●•■*+üþ"))
_NUMBER = re.compile(r"[-+−]?\d{1,6}(?:[.,]\d{1,6})?")
_SUMMED = re.compile(r"summa\D*(\d{1,3}(?:[.,]\d)?)", re.I)

Troubles = tuple[str, ...]


class Values:
    def __init__(self, sheet: Sheet, heading: Heading, scale: OnScale) -> None:
        self.sheet, self.heading, self.scale = sheet, heading, scale

    def value(self, row: int) -> tuple[Decimal | None, Troubles]:
        """The row's value, or why it is not understood; a value off the scale refuses the whole workbook."""
        in_steps, troubles = self._in_steps(row)
        if troubles:
            return None, troubles
        column = self.heading.value
        alone, odd = self._number(row, column, "Värdet") if column else (None, ())
        if odd:
            return None, odd
        if None not in (in_steps, alone) and in_steps != alone:
            return None, (f"Kolumnerna säger {_p(in_steps)}, men i kolumnen för värdet står {_p(alone)}.",)
        return (alone if in_steps is None else in_steps), ()

    def aim(self, row: int) -> tuple[Decimal | None, Troubles]:
        return self._number(row, self.heading.aim, "Målet") if self.heading.aim else (None, ())

    def stated(self, row: int) -> tuple[Decimal, ...]:
        """The numbers of the foot: one sum, or one for each column."""
        columns = [self.heading.value] if self.heading.value else []
        for among in ([*columns], [*self.heading.steps.values()]):
            found = [number for column in among if (number := _number_in(self.sheet.at(row, column))) is not None]
            if found:
                return tuple(found)
        for column in self.heading.labels:
            written = _SUMMED.match(self.sheet.at(row, column).text)
            if written:
                return (_decimal(written[1]),)
        return ()

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

    def _in_column(self, step: int, cell: Cell) -> tuple[Decimal | None, Troubles]:
        odd = _unreadable(cell)
        if odd:
            return None, (odd,)
        number = _number_in(cell)
        if number is None:
            if cell.truth or cell.text.casefold() in MARKS:
                return self._on_scale(Decimal(step)), ()
            return None, (f"I kolumnen för steg {step} står ”{_short(cell.text)}”.",)
        value = self._on_scale(number)
        if abs(value - step) >= 1:
            return None, (f"I kolumnen för steg {step} står {_p(value)}.",)
        return value, ()

    def _number(self, row: int, column: int, what: str) -> tuple[Decimal | None, Troubles]:
        cell = self.sheet.at(row, column)
        if not _is_filled(cell):
            return None, ()
        odd, number = _unreadable(cell), _number_in(cell)
        if odd:
            return None, (odd,)
        if number is None:
            return None, (f"{what} är inget tal: ”{_short(cell.text)}”.",)
        return self._on_scale(number), ()

    def _on_scale(self, value: Decimal) -> Decimal:
        if value not in self.scale.values:
            values = self.scale.values
            steps = "halva steg används" if self.scale.half_steps else "bara hela steg används"
            raise WorkbookRefused(
                f"På bladet ”{self.sheet.title}” står värdet {_long(value)}, som inte finns på skalan från "
                f"{_p(values[0])} till {_p(values[-1])} ({steps})."
            )
        return value.normalize()


def _is_filled(cell: Cell) -> bool:
    return cell.truth is not False and bool(cell.text or cell.is_formula)


def _unreadable(cell: Cell) -> str:
    if cell.is_error:
        return f"Cellen visar felet {_short(cell.text)}."
    if cell.is_formula and not cell.text:
        return "Cellen har en formel utan uträknat värde."
    return ""


def _number_in(cell: Cell) -> Decimal | None:
    if cell.number is not None or cell.truth is not None:
        return cell.number
    text = cell.text.replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
    return _decimal(text) if _NUMBER.fullmatch(text) else None


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ".").replace("−", "-"))


def _p(value: Decimal | None) -> str:
    return "" if value is None else printed(value, 1)


def _long(value: Decimal) -> str:
    """As it stands, which may be a number that no scale has."""
    return _short(f"{value.normalize():f}".replace(".", ","))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:39] + "…"
