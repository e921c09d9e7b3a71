from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from admission.actions.admission import BoardAnswer
from admission.enums import InterestState as State
from kit.fields import CanonicalField, DayField, TextField


class BoardAnswerForm(forms.Form):
    """Asks for `reason` only if a chosen form already has an answer."""

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
    answered_on = DayField("Dag för beslutet", missing="Skriv dagen för beslutet.")
    answered_by = CanonicalField(
        label="Beslutat av",
        max_length=160,
        initial="SKR:s styrgrupp",
        error_messages={"required": "Skriv vilka som har beslutat.", "max_length": "Skriv högst 160 tecken."},
    )
    answer = TextField(
        "Svar med skäl",
        rows=6,
        missing="Skriv skälen till beslutet.",
        called="Svaret",
        help_text="De som skrev anmälan läser svaret. Om du svarar flera samtidigt ska texten passa alla.",
    )
    invites = forms.BooleanField(
        label="Bjud in personerna i anmälan redan nu",
        required=False,
        help_text="Det gäller bara dem som antas. Annars blir antagningsbrevet deras inbjudan.",
    )
    reason = CanonicalField(
        label="Varför ändras svaret?",
        max_length=300,
        required=False,
        help_text="Skälet står i det nya mejlet och bland händelserna.",
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
            raise forms.ValidationError("Datumet ligger i framtiden. Svara när beslutet är fattat.")
        return decided

    @property
    def as_answer(self) -> BoardAnswer:
        cleaned = self.cleaned_data
        return BoardAnswer(
            state=cleaned["state"],
            answered_on=cleaned["answered_on"],
            answered_by=cleaned["answered_by"],
            answer=cleaned["answer"],
            invites=cleaned["invites"],
        )

    @property
    def why(self) -> str:
        return self.cleaned_data.get("reason", "")
