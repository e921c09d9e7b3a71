from typing import Any

from django import forms

from kit.fields import LinkField
from kit.link_or_file import ShownForm, UploadField


class EvidenceForm(ShownForm):
    """The fields common to a link and a file at a moment."""

    shared = forms.ChoiceField(
        label="Vem får se underlaget?",
        choices=(("us", "Bara vi"), ("group", "Delas med gruppen när ni har lämnat in")),
        widget=forms.RadioSelect,
        initial="us",
        error_messages={"required": "Välj vem som får se underlaget."},
    )

    def adding(self) -> dict[str, Any]:
        data = super().adding()
        return {**data, "shared": data["shared"] == "group"}


class EvidenceLinkForm(EvidenceForm):
    name = "link"
    url = LinkField("Länk")
    labels = {"title": "Länkens benämning", "shared": "Vem får se länken?"}  # noqa: RUF012
    field_order = ("url", "title", "shared", "what")


class EvidenceFileForm(EvidenceForm):
    name = "file"
    file = UploadField()
    labels = {"title": "Filens benämning", "shared": "Vem får se filen?"}  # noqa: RUF012
    field_order = ("file", "title", "shared", "what")
