from typing import Any

from django import forms

from cohorts.enums import MentorAnswer, Role
from modell.staleness import SeenForm

LONGEST = 2000
MOST_HOURS = 500
MOST_GROUPS = 20


class Words(forms.CharField):
    """Running text that may be left out; its line breaks are kept as one sign each."""

    def __init__(self, label: str, help_text: str, rows: int = 3) -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            required=False,
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": rows}),
            error_messages={"max_length": "Texten får ha högst 2 000 tecken."},
        )

    def to_python(self, value: Any) -> str:
        return super().to_python((value or "").replace("\r\n", "\n")) or ""


class Count(forms.IntegerField):
    def __init__(self, label: str, help_text: str, most: int) -> None:
        wrong = f"Skriv ett heltal mellan 1 och {most}, eller lämna tomt."
        super().__init__(
            label=label,
            help_text=help_text,
            required=False,
            min_value=1,
            max_value=most,
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            error_messages={"invalid": wrong, "min_value": wrong, "max_value": wrong},
        )


class OfferForm(SeenForm):
    """An organisation's answer; a no asks for nothing more."""

    answer = forms.ChoiceField(
        label="Vill ni vara mentor?",
        help_text="Svaret läses av SKR och er egen organisation. Ni kan ändra det när ni vill.",
        choices=MentorAnswer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj ett svar.", "invalid_choice": "Välj ett av svaren."},
    )
    tells_about = Words(
        "Vad berättar ni gärna om?",
        "Till exempel ett tema, ett arbetssätt eller något som inte gick som ni tänkte. Det ni skriver kan bli allmän "
        "handling.",
    )


class AgreementForm(SeenForm):
    """Yes to the five expectations, with one's own reckoning."""

    hours = Count(
        "Er egen uppskattning i timmar", "För hela uppdraget. Lämna tomt om vår uppskattning stämmer.", MOST_HOURS
    )
    capacity = Count("Så många grupper kan vi stödja samtidigt", "SKR ser siffran när grupperna bildas.", MOST_GROUPS)
    note = Words("Kommentar till SKR", "Till exempel vilket tema ni helst tar. Kan bli allmän handling.")


class AskForm(forms.Form):
    message = Words(
        "Egna ord i mejlet",
        "Läggs in som ett eget stycke. Till exempel varför ni frågar just dem, eller vilket tema det gäller.",
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, use_required_attribute=False)


class AddForm(forms.Form):
    role = forms.ChoiceField(
        label="Roll",
        help_text="En stödjande mentor hjälper en mentor som har förstahandsansvaret.",
        choices=[(role.value, role.label) for role in (Role.MENTOR, Role.SUPPORTING_MENTOR)],
        initial=Role.MENTOR,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj en roll.", "invalid_choice": "Välj en av rollerna."},
    )
    with_people = forms.BooleanField(label="Låt deras nuvarande representanter komma med", required=False, initial=True)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, use_required_attribute=False)
