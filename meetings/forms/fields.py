"""The fields that the pages of a meeting share."""

from typing import Any

from django import forms

from cohorts.enums import Function
from cohorts.models import Delegate, Participation

LONGEST = 4000
PUBLIC = "Det du skriver kan bli allmän handling."


class Words(forms.CharField):
    """Running text; its line breaks are counted and kept as one sign each, whatever the browser sends."""

    def __init__(self, *, rows: int = 4, longest: int = LONGEST, missing: str = "", **kwargs: Any) -> None:
        said = {"max_length": f"Texten får ha högst {longest} tecken.", "required": missing}
        super().__init__(max_length=longest, widget=forms.Textarea(attrs={"rows": rows}), error_messages=said, **kwargs)

    def to_python(self, value: Any) -> str:
        return super().to_python((value or "").replace("\r\n", "\n")) or ""


class Line(forms.CharField):
    """One line of text."""

    def __init__(self, *, longest: int, missing: str = "", **kwargs: Any) -> None:
        said = {"max_length": f"Texten får ha högst {longest} tecken.", "required": missing}
        super().__init__(max_length=longest, error_messages=said, **kwargs)

    def to_python(self, value: Any) -> str:
        return " ".join((super().to_python(value) or "").split())


class Hour(forms.TimeField):
    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(
            label=label,
            required=False,
            input_formats=["%H:%M", "%H:%M:%S", "%H.%M"],
            widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            error_messages={"invalid": "Skriv klockslaget som 9.00 eller 13.30."},
            **kwargs,
        )


class Day(forms.DateField):
    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(
            label=label,
            required=False,
            input_formats=["%Y-%m-%d"],
            error_messages={"invalid": "Skriv dagen som år-månad-dag, till exempel 2027-03-15."},
            **kwargs,
        )


class Link(forms.URLField):
    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(
            label=label,
            max_length=500,
            assume_scheme="https",
            error_messages={
                "invalid": "Länken ska börja med https:// eller http://.",
                "max_length": "Länken får ha högst 500 tecken.",
                "required": "Skriv eller klistra in en länk.",
            },
            **kwargs,
        )


class FunctionChoice(forms.ChoiceField):
    def __init__(self, label: str, *, empty: str, **kwargs: Any) -> None:
        super().__init__(
            label=label,
            required=False,
            choices=(("", empty), *Function.choices),
            error_messages={"invalid_choice": "Välj en av funktionerna i listan."},
            **kwargs,
        )


class OrganisationChoice(forms.ModelChoiceField):
    """Of the organisations at the meeting; which ones the form says."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(
            Participation.objects.none(),
            label=label,
            error_messages={
                "invalid_choice": "Välj en organisation i listan.",
                "required": "Välj en organisation.",
            },
            **kwargs,
        )

    def label_from_instance(self, participation: Participation) -> str:
        return participation.organisation.name


class PersonChoice(forms.ModelChoiceField):
    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(
            Delegate.objects.none(),
            label=label,
            required=False,
            error_messages={"invalid_choice": "Välj en person i listan."},
            **kwargs,
        )

    def label_from_instance(self, delegate: Delegate) -> str:
        return f"{delegate.user.name}, {delegate.participation.organisation.name}"
