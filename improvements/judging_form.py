"""The forms of an organisation's own goals, and of how far it has come with a goal or an expected result."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from decisions.models import PoliticalDecision
from improvements.enums import HowFar
from improvements.forms import FoldedForm
from improvements.models import Effort
from improvements.models.judged import LONGEST_GOAL
from improvements.querysets import EVIDENCE
from indicators.models import Indicator
from kit.fields import LineField, TextField
from kit.staleness import SeenForm

# Up to so many boxes stand unfolded.
FEW = 6


class Shows(forms.ModelMultipleChoiceField):
    """Some of what the organisation has entered, as boxes; its value is their keys."""

    def __init__(self, rows: QuerySet[Any], label: str, wrong: str) -> None:
        messages = {"invalid_choice": wrong, "invalid_pk_value": wrong}
        super().__init__(
            rows, label=label, required=False, widget=forms.CheckboxSelectMultiple, error_messages=messages
        )

    def label_from_instance(self, row: Any) -> str:
        return row.in_words if isinstance(row, PoliticalDecision) else str(row)

    def clean(self, value: Any) -> Any:
        return tuple(sorted(row.pk for row in super().clean(value)))


class JudgementForm(FoldedForm):
    judgement = forms.ChoiceField(
        label="Hur långt har ni kommit?",
        choices=HowFar.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj hur långt ni har kommit.", "invalid_choice": "Välj ett av svaren i listan."},
    )
    text = TextField(
        rows=4,
        called="Texten",
        label="Vad bygger ni det på?",
        help_text="Skriv vad ni har sett eller mätt.",
        required=False,
    )
    efforts = Shows(Effort.objects.none(), "Insatser som visar det", "Välj bland era insatser.")
    indicators = Shows(Indicator.objects.none(), "Nyckeltal som visar det", "Välj bland era nyckeltal.")
    decisions = Shows(PoliticalDecision.objects.none(), "Beslut som visar det", "Välj bland era beslut.")

    def __init__(self, *args: Any, evidence: dict[str, QuerySet[Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in evidence.items():
            if rows:
                self.fields[name].queryset = rows  # type: ignore[attr-defined]
            else:
                del self.fields[name]
        if sum(len(rows) for rows in evidence.values()) > FEW:
            self.FOLDS = (("Insatser, nyckeltal och beslut som visar det", EVIDENCE),)

    def clean(self) -> dict[str, Any]:
        return {**dict.fromkeys(EVIDENCE, ()), **self.cleaned_data}


class GoalForm(SeenForm):
    goal = LineField(
        "Vad vill ni uppnå?",
        longest=LONGEST_GOAL,
        missing="Skriv vad ni vill uppnå.",
        help_text="Ett mål i taget, till exempel ”Alla nämnder har statistik uppdelad på kön i sina uppföljningar”.",
    )
