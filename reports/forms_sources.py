from django import forms

from kit.fields import TextField
from reports.sections import LONGEST


class ShortenForm(forms.Form):
    words = TextField(
        "Det som tas in",
        rows=8,
        longest=LONGEST,
        called="Det som tas in",
        missing="Skriv det som ska tas in.",
        help_text="Källans egna ord i samma ordning. Skriv […] där något är utelämnat i en mening.",
    )

    def clean_words(self) -> str:
        return " ".join(self.cleaned_data["words"].split())
