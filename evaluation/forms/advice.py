from django import forms

from evaluation.enums import AdviceTag
from kit.fields import TextField
from kit.staleness import SeenForm


class AdviceForm(SeenForm):
    tag = forms.ChoiceField(
        label="Vad handlar rådet om?",
        choices=(("", "Välj"), *AdviceTag.choices),
        error_messages={"required": "Välj vad rådet handlar om.", "invalid_choice": "Välj något i listan."},
    )
    text = TextField(
        "Ert råd",
        rows=4,
        longest=2000,
        missing="Skriv rådet.",
        called="Rådet",
        help_text="Ett råd åt gången. Skriv ingen persons namn.",
    )


class AdviceAnswerForm(SeenForm):
    text = TextField("Ert svar", rows=5, longest=2000, missing="Skriv svaret.", called="Svaret")
    changes = forms.BooleanField(
        label="Det här ändrar vi",
        required=False,
        help_text="Då kan svaret föras in bland ändringarna i ett koncept.",
    )
