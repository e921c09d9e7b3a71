from django import forms

from kit.fields import LineField
from kit.staleness import SeenForm


class PartName(LineField):
    """A name without extra spaces, which would make two parts of one."""

    def __init__(self) -> None:
        super().__init__(
            "Namn",
            longest=120,
            missing="Skriv ett namn.",
            help_text="Som hos er, till exempel Barn- och utbildningsnämnden.",
        )


class NewPartForm(forms.Form):
    name = PartName()


class PartForm(SeenForm):
    name = PartName()
