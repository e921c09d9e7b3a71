from typing import Any

from django import forms

from kit.fields import CanonicalField, LinkField
from kit.uploads import what_is_taken


class EvidenceForm(forms.Form):
    """The fields common to a link and a file; `what` says which of the page's two forms was sent."""

    title = CanonicalField(
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
    # The value of `what`, and the beginning of the fields' ids.
    name = ""
    labels = ("Benämning", "Vem får se underlaget?")

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, auto_id=f"{self.name}_%s", use_required_attribute=False)
        self.initial["what"] = self.name
        # Both forms stand on one page, and every control has a name of its own.
        self.fields["title"].label, self.fields["shared"].label = self.labels

    def adding(self) -> dict[str, Any]:
        data = {name: value for name, value in self.cleaned_data.items() if name != "what"}
        return {**data, "shared": data["shared"] == "group"}


class EvidenceLinkForm(EvidenceForm):
    name = "link"
    url = LinkField("Länk")
    labels = ("Länkens benämning", "Vem får se länken?")
    field_order = ("url", "title", "shared", "what")


class EvidenceFileForm(EvidenceForm):
    name = "file"
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
