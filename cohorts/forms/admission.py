from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from cohorts.actions.admission import Answer
from cohorts.enums import InterestState as State

LONGEST = 4000


class AnswerForm(forms.Form):
    """What the board has decided; `reason` is asked for where one of those chosen has an answer already."""

    state = forms.ChoiceField(
        label="Beslut",
        choices=(
            (State.ADMITTED, "Antas"),
            (State.WAITING, "Sätts på väntelista"),
            (State.DECLINED, "Antas inte"),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vad som är beslutat.", "invalid_choice": "Välj ett av besluten."},
    )
    answered_on = forms.DateField(
        label="Dag för beslutet",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Skriv dagen för beslutet.", "invalid": "Skriv dagen som 2026-06-16."},
    )
    answered_by = forms.CharField(
        label="Beslutat av",
        max_length=160,
        initial="SKR:s styrgrupp",
        error_messages={"required": "Skriv vilka som har beslutat.", "max_length": "Skriv högst 160 tecken."},
    )
    answer = forms.CharField(
        label="Svar med skäl",
        max_length=LONGEST,
        help_text="Läses av dem som skrev anmälan. Går samma svar till flera ska det passa alla.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": "Skriv skälen till beslutet.",
            "max_length": "Svaret får ha högst 4 000 tecken.",
        },
    )
    reason = forms.CharField(
        label="Varför ändras svaret?",
        max_length=300,
        required=False,
        help_text="Står i det nya mejlet och i händelseloggen.",
        error_messages={"max_length": "Skriv högst 300 tecken."},
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any], changes: bool) -> None:
        super().__init__(data, initial=initial, use_required_attribute=False)
        if changes:
            self.fields["reason"].required = True
            self.fields["reason"].error_messages["required"] = "Skriv varför svaret ändras."
        else:
            del self.fields["reason"]

    def clean_answered_on(self) -> date:
        decided: date = self.cleaned_data["answered_on"]
        if decided > timezone.localdate():
            raise forms.ValidationError("Dagen har inte varit än. Svaret skickas när beslutet är fattat.")
        return decided

    def clean_answer(self) -> str:
        return self.cleaned_data["answer"].replace("\r\n", "\n").strip()

    @property
    def as_answer(self) -> Answer:
        cleaned = self.cleaned_data
        return Answer(cleaned["state"], cleaned["answered_on"], cleaned["answered_by"], cleaned["answer"])

    @property
    def why(self) -> str:
        return self.cleaned_data.get("reason", "")
