from django import forms

from evaluation.enums import Attained
from kit.fields import TextField
from kit.staleness import SeenForm


class ProgrammeGoalForm(SeenForm):
    text = TextField(
        "Målet",
        rows=3,
        longest=500,
        missing="Skriv målet.",
        called="Målet",
        help_text="Ett mål på varje rad i listan.",
    )


class GoalJudgementForm(SeenForm):
    assessment = forms.ChoiceField(
        label="Hur långt har omgången kommit?",
        choices=Attained.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj en bedömning.", "invalid_choice": "Välj ett av alternativen."},
    )
    basis = TextField(
        "Vad bygger bedömningen på?",
        rows=5,
        missing="Skriv vad bedömningen bygger på.",
        called="Texten",
        help_text="Till exempel resultatrapporterna, intervjuerna eller siffran ovan.",
    )
