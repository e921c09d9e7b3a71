from typing import Any

from django import forms
from django.core.validators import URLValidator

from modell.uploads import what_is_taken


class EvidenceForm(forms.Form):
    """What a link and a file have in common. `what` says which of the page's two forms was sent."""

    title = forms.CharField(
        label="Benämning",
        required=False,
        max_length=160,
        error_messages={"max_length": "Benämningen får ha högst 160 tecken."},
    )
    shared = forms.ChoiceField(
        label="Vem får se underlaget?",
        choices=(("us", "Bara vi"), ("group", "Delas med gruppen när ni har lämnat in")),
        widget=forms.RadioSelect,
        initial="us",
        error_messages={"required": "Välj vem som får se underlaget."},
    )
    what = forms.CharField(widget=forms.HiddenInput, required=False)
    labels = ("Benämning", "Vem får se underlaget?")

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, auto_id=f"{self.name}_%s", use_required_attribute=False)
        self.initial["what"] = self.name
        # Both forms stand on one page, and every control has a name of its own.
        self.fields["title"].label, self.fields["shared"].label = self.labels

    @property
    def name(self) -> str:
        return type(self).__name__.removesuffix("Form").lower()

    def adding(self) -> dict[str, Any]:
        """What the action takes."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "what"}
        return {**data, "shared": data["shared"] == "group"}


class LinkForm(EvidenceForm):
    url = forms.URLField(
        label="Länk",
        max_length=500,
        assume_scheme="https",
        validators=[URLValidator(schemes=("http", "https"), message="Länken ska börja med https:// eller http://.")],
        error_messages={
            "required": "Skriv eller klistra in en länk.",
            "invalid": "Länken ska börja med https:// eller http://.",
            "max_length": "Länken får ha högst 500 tecken.",
        },
    )
    labels = ("Länkens benämning", "Vem får se länken?")
    field_order = ("url", "title", "shared", "what")


class FileForm(EvidenceForm):
    file = forms.FileField(
        label="Fil",
        max_length=250,
        error_messages={
            "required": "Välj en fil.",
            "empty": "Filen är tom.",
            "max_length": "Filens namn är för långt. Byt namn på den och försök igen.",
        },
    )
    labels = ("Filens benämning", "Vem får se filen?")
    field_order = ("file", "title", "shared", "what")

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.fields["file"].help_text = what_is_taken()
