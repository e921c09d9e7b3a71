from typing import Any

from django import forms

from cohorts.models import Part, Participation
from indicators.enums import Split
from indicators.pasted import UnreadableLine, statistics_in
from kit.fields import LineField, RowChoice, TextField
from kit.staleness import Content, SeenForm

YES_NO_UNKNOWN = (("ja", "Ja"), ("nej", "Nej"), ("", "Vet inte"))


class PartChoice(RowChoice):
    """A choice among the organisation's own nämnder and förvaltningar."""

    def __init__(self) -> None:
        super().__init__(
            Part,
            "Nämnd eller förvaltning",
            "Hela organisationen",
            invalid="Välj en av era nämnder eller förvaltningar.",
        )


class SplitChoice(forms.ChoiceField):
    sometimes = True

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(
            label=label,
            choices=Split.choices,
            widget=forms.RadioSelect,
            error_messages={"required": "Välj ja, delvis eller nej.", "invalid_choice": "Välj ja, delvis eller nej."},
            **kwargs,
        )


class KnownChoice(forms.TypedChoiceField):
    """Yes, no or not known; the last has the value None."""

    sometimes = True

    def __init__(self, label: str) -> None:
        super().__init__(
            label=label,
            choices=YES_NO_UNKNOWN,
            required=False,
            coerce=lambda value: value == "ja",
            empty_value=None,
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": "Välj ja, nej eller vet inte."},
        )


class PastedStatisticsForm(forms.Form):
    lines = TextField(
        rows=8,
        called="Listan",
        longest=20000,
        label="Verksamheter, en på varje rad",
        help_text=(
            "Klistra gärna in från Excel. Efter namnet kan svaren stå i egna kolumner eller efter semikolon: "
            "könsuppdelad, analyserad, använd i delårsrapport. Till exempel: Hemtjänst; ja; ja; nej"
        ),
        missing="Skriv minst en verksamhet.",
    )
    part = PartChoice()
    split = SplitChoice(
        "Har de könsuppdelad statistik?",
        help_text="Svaret gäller de rader som inte själva säger ja, delvis eller nej. Ni kan ändra varje rad sedan.",
        required=False,
    )

    use_required_attribute = False

    def __init__(self, data: Any = None, *, participation: Participation) -> None:
        super().__init__(data)
        _offer_parts(self, participation)

    def clean(self) -> dict[str, Any]:
        cleaned = {**self.cleaned_data}
        if "lines" in cleaned and "split" in cleaned:
            answer = Split(cleaned["split"]) if cleaned["split"] else None
            try:
                cleaned["rows"] = statistics_in(cleaned["lines"], answer)
            except UnreadableLine as unreadable:
                self.add_error("lines", str(unreadable))
        return cleaned

    def adding(self) -> dict[str, Any]:
        return {"rows": self.cleaned_data["rows"], "part": self.cleaned_data["part"]}


class StatisticsForm(SeenForm):
    name = LineField("Verksamhet", longest=160, missing="Skriv vilken verksamhet det är.")
    part = PartChoice()
    split = SplitChoice("Är statistiken könsuppdelad?")
    analysed = KnownChoice("Är den analyserad?")
    in_report = KnownChoice("Är den använd i delårsrapporten?")
    note = LineField(
        "Anteckning",
        longest=300,
        required=False,
        help_text="Till exempel var statistiken finns eller vad som fattas. Bara ni läser den.",
    )

    def __init__(self, *args: Any, participation: Participation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_parts(self, participation)

    @classmethod
    def shown(cls, stored: Content) -> dict[str, Any]:
        answers = {name: _choice(stored[name]) for name in ("analysed", "in_report") if name in stored}
        return {**stored, **answers}


def _choice(answer: bool | None) -> str:
    return "" if answer is None else "ja" if answer else "nej"


def _offer_parts(form: forms.Form, participation: Participation) -> None:
    parts = Part.objects.filter(organisation=participation.organisation_id)
    if parts.exists():
        form.fields["part"].queryset = parts  # type: ignore[attr-defined]
    else:
        # Nothing to choose from; a row that has lost its nämnd is the whole organisation's.
        form.fields["part"].widget = forms.HiddenInput()
