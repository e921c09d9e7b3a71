from typing import Any

from django import forms

from cohorts.enums import Role
from kit.fields import TextField
from kit.staleness import SeenForm
from mentoring.enums import MentorAnswer

LONGEST = 2000
MOST_HOURS = 500
MOST_GROUPS = 20


class CountField(forms.IntegerField):
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
    answer = forms.ChoiceField(
        label="Vill ni vara mentor?",
        help_text="Svaret läses av SKR och er egen organisation. Ni kan ändra det när ni vill.",
        choices=MentorAnswer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj ett svar.", "invalid_choice": "Välj ett av svaren."},
    )
    tells_about = TextField(
        "Vad berättar ni gärna om?",
        required=False,
        rows=3,
        longest=LONGEST,
        help_text="Till exempel ett tema, ett arbetssätt eller något som inte gick som ni tänkte. Det ni skriver kan "
        "bli allmän handling.",
    )


class MentorAgreementForm(SeenForm):
    hours = CountField(
        "Er egen uppskattning i timmar", "För hela uppdraget. Lämna tomt om vår uppskattning stämmer.", MOST_HOURS
    )
    capacity = CountField(
        "Så många grupper kan vi stödja samtidigt", "SKR ser siffran när grupperna bildas.", MOST_GROUPS
    )
    note = TextField(
        "Kommentar till SKR",
        required=False,
        rows=3,
        longest=LONGEST,
        help_text="Till exempel vilket tema ni helst tar. Kan bli allmän handling.",
    )


class AskForm(forms.Form):
    message = TextField(
        "Egna ord i mejlet",
        required=False,
        rows=3,
        longest=LONGEST,
        help_text="Läggs in som ett eget stycke. Till exempel varför ni frågar just dem, eller vilket tema det gäller.",
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
