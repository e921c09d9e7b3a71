"""Fields of numbers and periods, each with its sentences."""

from decimal import Decimal
from typing import Any

from django import forms

from indicators.enums import Frequency
from indicators.numbers import NoNumber, read_number
from indicators.periods import EXAMPLES, NoPeriod, read_period
from kit.fields import CanonicalField, LineField


class NumberField(CanonicalField):
    """A number with comma or point; `least` is the smallest that makes sense."""

    def __init__(self, label: str, *, least: int | None = None, too_small: str = "", **kwargs: Any) -> None:
        self.least, self.too_small = least, too_small
        widget = forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off", "size": "12"})
        super().__init__(label=label, required=False, widget=widget, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        try:
            number = read_number(super().to_python(value))
        except NoNumber as trouble:
            raise forms.ValidationError(str(trouble)) from trouble
        if number is not None and self.least is not None and number < self.least:
            raise forms.ValidationError(self.too_small)
        return number


class PeriodField(LineField):
    """A period of the indicator's own frequency, kept in one form however it is written."""

    def __init__(self, label: str, *, frequency: str, **kwargs: Any) -> None:
        self.frequency = frequency
        example = EXAMPLES[Frequency(frequency)]
        hint = kwargs.pop("help_text", f"Till exempel ”{example}”.")
        super().__init__(label, longest=60, missing="Skriv perioden.", help_text=hint, **kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        try:
            return read_period(text, self.frequency) if text else ""
        except NoPeriod as trouble:
            raise forms.ValidationError(str(trouble)) from trouble
