"""The forms of what stands beside an improvement: a comment, and underlag."""

from django import forms

from kit.fields import LinkField, TextField
from kit.link_or_file import ShownForm, UploadField


class CommentForm(forms.Form):
    text = TextField(
        rows=5,
        longest=2000,
        called="Kommentaren",
        label="Kommentar",
        missing="Skriv din kommentar.",
        help_text="Det du skriver kan bli allmän handling. Nämn ingen enskild person.",
    )
    use_required_attribute = False


class WorkLinkForm(ShownForm):
    name = "link"
    url = LinkField("Länk")
    labels = {"title": "Länkens benämning"}  # noqa: RUF012
    field_order = ("url", "title", "what")


class WorkFileForm(ShownForm):
    name = "file"
    file = UploadField()
    labels = {"title": "Filens benämning"}  # noqa: RUF012
    field_order = ("file", "title", "what")
