from typing import Any

from django import forms
from django.utils import timezone

from cohorts.enums import Function
from cohorts.fields import ReadersField
from cohorts.models import Participation
from indicators.analyses import CAUSES, AnalysisStep
from indicators.models import Indicator
from kit.fields import DayField, LineField, TextField
from kit.staleness import Content, SeenForm


class TitleField(LineField):
    def __init__(self) -> None:
        super().__init__(
            "Rubrik",
            longest=160,
            missing="Skriv en rubrik.",
            help_text="Till exempel ”Väntetid till utredning”.",
        )


class NewAnalysisForm(forms.Form):
    use_required_attribute = False

    title = TitleField()


class AnalysisForm(SeenForm):
    """What stands above the steps: the title, the indicators it is about, and who reads it."""

    title = TitleField()
    indicators = forms.TypedMultipleChoiceField(
        label="Vilka nyckeltal handlar den om?",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Välj bland era nyckeltal."},
    )
    readers = ReadersField()

    def __init__(self, *args: Any, participation: Participation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = list(Indicator.objects.filter(participation=participation).values_list("pk", "title"))
        if choices:
            self.fields["indicators"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["indicators"]

    @classmethod
    def shown(cls, stored: Content) -> dict[str, Any]:
        return {**stored, "readers": "group" if stored["shared"] else "us"} if "shared" in stored else dict(stored)

    def clean(self) -> dict[str, Any]:
        cleaned = {**self.cleaned_data}
        shared = cleaned.pop("readers", "us") == "group"
        return {**cleaned, "shared": shared, "indicators": tuple(sorted(cleaned.get("indicators", ())))}

    def _words(self, name: str, value: Any) -> str:
        if name == "indicators":
            titles = dict(self.fields[name].choices)  # type: ignore[attr-defined]
            return ", ".join(titles[number] for number in value if number in titles) or "–"
        return super()._words(name, value)


class StepForm(SeenForm):
    """The text of a step; the search for causes has a field for each answer, and one for the next."""

    def __init__(self, data: Any = None, *, stored: Content, step: AnalysisStep) -> None:
        drawn = _drawn(step, stored, data)
        super().__init__(data, stored={name: stored[name] for name in drawn})
        for number, name in enumerate(drawn):
            self.fields[name] = TextField(
                rows=3 if step is CAUSES else 8,
                label=_label(step, number),
                help_text=step.asks if number == 0 else "",
                required=False,
                sometimes=True,
            )


def _drawn(step: AnalysisStep, stored: Content, data: Content | None) -> tuple[str, ...]:
    """Return the columns of the page's fields: those that were sent, or what is written and one more."""
    written = sum(bool(stored[name]) for name in step.columns)
    count = written + 1 if data is None else sum(name in data for name in step.columns)
    return step.columns[: max(count, 1)]


def _label(step: AnalysisStep, number: int) -> str:
    if step is not CAUSES:
        return step.label
    return f"Varför {number + 1}: {'varför är det så?' if number else 'varför finns skillnaden?'}"


class SignForm(forms.Form):
    use_required_attribute = False

    signed_function = forms.ChoiceField(
        label="Vem undertecknar?",
        help_text="Analysen undertecknas med funktion och inte med namn, eftersom den är organisationens.",
        choices=Function.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj en funktion.", "invalid_choice": "Välj en av funktionerna."},
    )
    signed_on = DayField("Vilken dag?", missing="Ange dagen.", initial=timezone.localdate)
