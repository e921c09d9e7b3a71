from typing import Any

from django import forms

from cohorts.fields import YesNoField, as_choice
from decisions.enums import DecisionKind
from kit.fields import DayField, LineField
from kit.staleness import Content
from policy.labels import LabelledForm


class DecisionForm(LabelledForm):
    """A form for a decision as the organisation's own minutes state it."""

    kind = forms.ChoiceField(
        label="Vad gäller beslutet?",
        choices=DecisionKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vad beslutet gäller.", "invalid_choice": "Välj ett av alternativen."},
    )
    body = LineField(
        "Vem beslutade?",
        longest=160,
        missing="Skriv vem som beslutade.",
        help_text="Till exempel kommunstyrelsen eller regionfullmäktige.",
    )
    decided_on = DayField("Vilken dag?", missing="Ange dagen för beslutet.")
    paragraph = LineField("Paragraf", longest=20, required=False, help_text="Bara numret, till exempel 112.")
    diary_number = LineField("Diarienummer", longest=60, required=False)
    text = LineField("Vad beslutades?", longest=300, required=False, help_text="En mening räcker.")
    cemr = YesNoField(
        "Är CEMR-deklarationen undertecknad?",
        help_text="Den europeiska deklarationen för jämställdhet mellan kvinnor och män på lokal och regional nivå.",
    )

    @classmethod
    def shown(cls, stored: Content) -> dict[str, Any]:
        return {**super().shown(stored), "cemr": as_choice(stored.get("cemr"))} if stored else {}

    def clean_paragraph(self) -> str:
        return str(self.cleaned_data["paragraph"]).removeprefix("§").strip()
