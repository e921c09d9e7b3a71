from typing import Any

from django import forms

from mailings.actions import refuse_unknown
from mailings.enums import MailState, Rhythm
from mailings.kinds import KINDS, MailKind
from modell.refusals import ActionRefused
from modell.staleness import Content, SeenForm

LONGEST = 6000


class WordingForm(SeenForm):
    """SKR's words for one kind. What stands in braces is told of here too, so that a preview says it."""

    subject = forms.CharField(
        label="Ämne",
        max_length=200,
        error_messages={"required": "Skriv ett ämne.", "max_length": "Ämnet får ha högst 200 tecken."},
    )
    body = forms.CharField(
        label="Text",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="En tom rad börjar ett nytt stycke. Hälsning, knapp och sidfot kommer av sig själva.",
        error_messages={"required": "Skriv en text.", "max_length": "Texten får ha högst 6 000 tecken."},
    )

    def __init__(self, data: Any = None, *, kind: MailKind, stored: Content) -> None:
        super().__init__(data, stored=stored)
        self.kind = kind

    def clean_subject(self) -> str:
        return self._known("subject", " ".join(self.cleaned_data["subject"].split()))

    def clean_body(self) -> str:
        return self._known("body", self.cleaned_data["body"].replace("\r\n", "\n"))

    def _known(self, field: str, text: str) -> str:
        try:
            refuse_unknown(self.kind, text, field)
        except ActionRefused as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal
        return text


class RhythmForm(forms.Form):
    rhythm = forms.ChoiceField(
        label="Hur ofta vill du få mejl?",
        choices=Rhythm.choices,
        widget=forms.RadioSelect,
        help_text="Inbjudningar, brev med bilaga och koden för att logga in kommer alltid direkt.",
        error_messages={"required": "Välj hur ofta.", "invalid_choice": "Välj ett av alternativen."},
    )


class FilterForm(forms.Form):
    """What of the omgång's mail to list; what is not understood filters nothing."""

    state = forms.ChoiceField(label="Läge", required=False, choices=[("", "Alla lägen"), *MailState.choices])
    kind = forms.ChoiceField(
        label="Slag", required=False, choices=[("", "Alla slag"), *((kind.key, kind.name) for kind in KINDS)]
    )

    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
