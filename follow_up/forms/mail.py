from typing import Any

from django import forms

from kit.fields import CanonicalField, TextField
from kit.filling import refuse_unknown
from kit.refusals import ActionRefused
from kit.staleness import Content, SeenForm
from mailings.enums import MailState, Rhythm
from mailings.kinds import MailKind, all_kinds

LONGEST = 6000


class WordingForm(SeenForm):
    """The form for SKR's wording of one kind of mail; an unknown field in braces is an error already in the preview."""

    subject = CanonicalField(
        label="Ämne",
        max_length=200,
        error_messages={"required": "Skriv ett ämne.", "max_length": "Ämnet får ha högst 200 tecken."},
    )
    body = TextField(
        "Text",
        longest=LONGEST,
        rows=12,
        missing="Skriv en text.",
        help_text="En tom rad börjar ett nytt stycke. Modell lägger till hälsning, knapp, underskrift och sidfot.",
    )

    def __init__(self, data: Any = None, *, kind: MailKind, stored: Content) -> None:
        super().__init__(data, stored=stored)
        self.kind = kind

    def clean_subject(self) -> str:
        return self._known("subject", " ".join(self.cleaned_data["subject"].split()))

    def clean_body(self) -> str:
        return self._known("body", self.cleaned_data["body"])

    def _known(self, field: str, text: str) -> str:
        try:
            refuse_unknown(text, self.kind.fills(), field)
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


def _kinds() -> list[tuple[str, str]]:
    # Mail of a fixed kind is shown in no list.
    return [("", "Alla slag"), *((kind.key, kind.name) for kind in all_kinds() if not kind.fixed)]


class FilterForm(forms.Form):
    """A filter of an omgång's mail; a value that is not a choice filters nothing."""

    state = forms.ChoiceField(label="Läge", required=False, choices=[("", "Alla lägen"), *MailState.choices])
    kind = forms.ChoiceField(label="Slag", required=False, choices=_kinds)

    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
