"""The forms of an indicator's own values: one period, many at once, and the answer to a preview."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from indicators.actions.values import Doubted
from indicators.enums import IndicatorKind
from indicators.fields import NumberField, PeriodField
from indicators.figures import NAMES, Figures, ValueEntry
from indicators.models import Indicator
from indicators.numbers import typed
from indicators.periods import in_words
from indicators.reading import LONGEST_NOTE, headings
from kit.fields import LineField, TextField
from kit.refusals import ActionRefused
from kit.staleness import Content, SeenForm
from kit.workbook.refusing import EMPTY, TOO_BIG
from kit.workbook.safety import MAX_BYTES

LEAST = "Ett antal personer kan inte vara mindre än noll."
WORKED_OUT = "Lämna tomt om ni skriver täljare och nämnare, så räknas andelen ut."


class ConfirmField(forms.MultipleChoiceField):
    """A box for each sentence that is asked about."""

    sometimes = True

    def __init__(self, doubts: Sequence[str] = ()) -> None:
        super().__init__(
            label="Stämmer det här?",
            required=False,
            choices=[(doubt, f"Det stämmer. {doubt}") for doubt in doubts],
            widget=forms.CheckboxSelectMultiple,
            help_text="Kryssa i det som stämmer. Rätta annars värdet.",
        )


class ValueForm(SeenForm):
    """A period's values; what is asked about gets its boxes when the values have been sent once."""

    note = LineField(
        "Anteckning", longest=LONGEST_NOTE, required=False, help_text="Till exempel varför ett värde saknas."
    )

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        note = self.fields.pop("note")
        self.fields["period"] = PeriodField("Period", frequency=indicator.frequency)
        for name, label in headings(indicator).items():
            if name in NAMES:
                self.fields[name] = _number_field(name, label, indicator)
        self.fields["note"] = note

    @classmethod
    def shown(cls, stored: Content) -> dict[str, Any]:
        shown = {name: typed(value) if isinstance(value, Decimal) else value for name, value in stored.items()}
        return {**shown, "period": in_words(stored["period"])} if stored.get("period") else shown

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if self.errors:
            return cleaned
        figures = Figures(**{name: cleaned.get(name) for name in NAMES})
        return {
            **cleaned,
            "entry": ValueEntry(cleaned["period"], figures, cleaned["note"]),
            "confirmed": self.data.getlist("confirmed") if hasattr(self.data, "getlist") else [],
        }

    def refuse(self, refusal: ActionRefused) -> None:
        if isinstance(refusal, Doubted):
            self.fields["confirmed"] = ConfirmField(refusal.doubts)
            self.order_fields(["confirmed"])
        super().refuse(refusal)


def _number_field(name: str, label: str, indicator: Indicator) -> NumberField:
    if name not in ("women", "men", "total"):
        return NumberField(label, least=0, too_small=LEAST)
    hint = WORKED_OUT if indicator.kind == IndicatorKind.SHARE else ""
    return NumberField(f"{label} ({indicator.unit})", help_text=hint)


class ValuesForm(forms.Form):
    """Many values at once, pasted or in a workbook."""

    use_required_attribute = False

    pasted = TextField(
        "Klistra in från Excel",
        rows=8,
        longest=40_000,
        required=False,
        help_text="En rad för varje period. Ta gärna med rubrikerna.",
        called="Det ni klistrar in",
        strip=False,  # a line may begin with an empty cell
    )
    file = forms.FileField(
        label="Eller välj en arbetsbok",
        required=False,
        help_text="En Excelfil (.xlsx), högst 5 MB.",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"invalid": "Välj en fil.", "missing": "Välj en fil.", "empty": EMPTY},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > MAX_BYTES:
            raise forms.ValidationError(TOO_BIG)
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned["pasted"] and not cleaned["file"]:
            self.add_error("pasted", "Klistra in rader eller välj en fil.")
        return cleaned


class PreviewForm(forms.Form):
    """The preview's answer: it carries the signed entries, and a box for each sentence that is asked about."""

    use_required_attribute = False

    understood = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, doubts: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if doubts:
            self.fields["confirmed"] = ConfirmField(doubts)
