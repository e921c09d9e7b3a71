from django import forms

from cohorts.enums import Function


class PersonForm(forms.Form):
    """A person to give a seat. Name, work e-mail and function are all that is asked."""

    name = forms.CharField(
        label="Namn",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Skriv personens namn.", "max_length": "Namnet får ha högst 150 tecken."},
    )
    email = forms.EmailField(
        label="E-postadress i tjänsten",
        help_text="Hit skickas koden när personen loggar in.",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Skriv personens e-postadress.",
            "invalid": "Skriv en hel e-postadress, till exempel namn@kommunen.se.",
            "max_length": "Adressen får ha högst 254 tecken.",
        },
    )
    function = forms.ChoiceField(
        label="Funktion",
        help_text="Strategen leder arbetet, lämnar in och lägger till personer. Medverkande fyller i tillsammans med "
        "strategen. Politiker och chefer läser det ni gör.",
        choices=Function.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj en funktion.", "invalid_choice": "Välj en av funktionerna."},
    )
    deputy = forms.BooleanField(label="Är ersättare", required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)  # type: ignore[arg-type, misc]

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()
