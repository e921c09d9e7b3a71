from typing import Any

from django import forms

from modell.staleness import SeenForm
from programme.letter import words

LONGEST = 4000


class Words(forms.CharField):
    """Running text; its line breaks are counted and kept as one sign each, whatever the browser sends."""

    def __init__(self, label: str, ours: str) -> None:
        super().__init__(
            label=label,
            max_length=LONGEST,
            required=False,
            help_text=f"Lämna tomt för vår text: ”{ours}”",
            widget=forms.Textarea(attrs={"rows": 6}),
            error_messages={"max_length": "Texten får ha högst 4 000 tecken."},
        )

    def to_python(self, value: Any) -> str:
        return super().to_python((value or "").replace("\r\n", "\n")) or ""


class WordsForm(SeenForm):
    introduction = Words("Inledning", words.INTRODUCTION)
    closing = Words("Avslutning", words.CLOSING)
