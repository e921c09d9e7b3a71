from typing import Any

from django import forms
from django.utils import timezone

from assessments.enums import TitleRule
from kit.fields import CanonicalField, DayField, TextField
from kit.staleness import Content, SeenForm


class TitleRuleForm(forms.Form):
    rule = forms.ChoiceField(
        label="Vad ger titeln i den här omgången?",
        choices=TitleRule.choices,
        widget=forms.RadioSelect,
        help_text="Regeln visar hur varje organisation står. Titeln ges alltid genom ett beslut.",
        error_messages={"required": "Välj en regel.", "invalid_choice": "Välj en av reglerna."},
    )


class TitleDecisionForm(SeenForm):
    """A decision that was made elsewhere, by the styrgrupp or whoever decides."""

    given = forms.TypedChoiceField(
        label="Vad blev beslutet?",
        choices=(("ja", "Organisationen får titeln"), ("nej", "Organisationen får inte titeln")),
        coerce=lambda value: value == "ja",
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vad beslutet blev."},
    )
    decided_on = DayField("När fattades beslutet?")
    decided_by = CanonicalField(
        label="Vem beslutade?",
        max_length=120,
        help_text="Till exempel SKR:s styrgrupp.",
        error_messages={"required": "Ange vem som beslutade.", "max_length": "Skriv högst 120 tecken."},
    )
    note = TextField(
        "Motivering",
        required=False,
        help_text="Läses av organisationens strateg och SKR:s processledare. Det ni skriver kan bli allmän handling.",
    )

    def __init__(self, data: Any = None, *, stored: Content | None, **kwargs: Any) -> None:
        super().__init__(data, stored=stored, **kwargs)
        if not stored:
            self.initial["decided_on"] = timezone.localdate()

    @classmethod
    def shown(cls, stored: Content) -> dict[str, Any]:
        return {**stored, "given": "ja" if stored["given"] else "nej"} if stored else {}
