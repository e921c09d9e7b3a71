from django import forms

from cohorts.enums import Function
from kit.fields import TextField

LONGEST = 500


class QuoteForm(forms.Form):
    text = TextField(
        "Meningen",
        rows=3,
        longest=LONGEST,
        called="Ett citat",
        missing="Klistra in meningen.",
        help_text="En eller två meningar, ordagrant ur avsnittets text.",
    )
    function = forms.ChoiceField(
        label="Vem säger det?",
        choices=Function.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj funktion.", "invalid_choice": "Välj funktion i listan."},
        help_text="Funktionen står vid citatet. Namnet står aldrig där.",
    )
    may_be_quoted = forms.BooleanField(
        label="Får citeras i den gemensamma rapporten",
        required=False,
        help_text="Ni kan ta tillbaka det tills den gemensamma rapporten är publicerad.",
    )

    def clean_text(self) -> str:
        return " ".join(self.cleaned_data["text"].split())
