from typing import Any

from django import forms

from modell.staleness import SeenForm


class PartName(forms.CharField):
    def __init__(self) -> None:
        super().__init__(
            label="Namn",
            help_text="Som hos er, till exempel Barn- och utbildningsnämnden.",
            max_length=120,
            error_messages={"required": "Skriv ett namn.", "max_length": "Namnet får ha högst 120 tecken."},
        )

    def to_python(self, value: Any) -> str:
        """Without spaces at the ends or doubled: they would make two parts of one."""
        return " ".join((super().to_python(value) or "").split())


class NewPartForm(forms.Form):
    name = PartName()


class PartForm(SeenForm):
    name = PartName()
