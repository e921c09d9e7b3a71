from typing import Any

from django import forms

from kit.fields import TextField
from kit.staleness import Content, SeenForm
from privacy.actions.retention import limits_in_words
from privacy.held import KEEPINGS


class ErasureForm(forms.Form):
    message = TextField(
        "Meddelande till SKR",
        required=False,
        longest=1000,
        called="Meddelandet",
        help_text="Skriv till exempel från vilken dag du inte längre har ett uppdrag.",
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, use_required_attribute=False)


class RetentionForm(SeenForm):
    """A number of days for each kind."""

    def __init__(self, data: Any = None, *, stored: Content) -> None:
        super().__init__(data, stored=stored)
        for keeping in KEEPINGS:
            wrong = limits_in_words(keeping)
            self.fields[keeping.key] = forms.IntegerField(
                label=keeping.what,
                help_text=f"Antal dagar, räknat {keeping.since}. {keeping.least} till {keeping.most} dagar.",
                min_value=keeping.least,
                max_value=keeping.most,
                error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
            )

    def days(self) -> dict[str, int]:
        return {keeping.key: self.cleaned_data[keeping.key] for keeping in KEEPINGS}
