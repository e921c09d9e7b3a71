"""The fields that the forms over concepts and omgångar share, each with its sentences."""

from typing import Any

from django import forms


class Words(forms.CharField):
    """Running text; its line breaks are counted and kept as one sign each, whatever the browser sends."""

    def __init__(self, label: str, *, longest: int = 4000, rows: int = 4, missing: str = "", **kwargs: Any) -> None:
        messages = {"required": missing, "max_length": f"Texten får ha högst {longest} tecken."}
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(label=label, max_length=longest, widget=widget, error_messages=messages, **kwargs)

    def to_python(self, value: Any) -> str:
        return super().to_python((value or "").replace("\r\n", "\n")) or ""


def line(label: str, longest: int, missing: str = "", **kwargs: Any) -> forms.CharField:
    messages = {"max_length": f"Skriv högst {longest} tecken.", "required": missing}
    return forms.CharField(label=label, max_length=longest, error_messages=messages, **kwargs)


def a_number(label: str, least: int, most: int, **kwargs: Any) -> forms.IntegerField:
    messages = {"required": "Ange ett tal.", "invalid": "Skriv talet med siffror."}
    messages |= {"min_value": f"Talet är minst {least}.", "max_value": f"Talet är högst {most}."}
    return forms.IntegerField(label=label, min_value=least, max_value=most, error_messages=messages, **kwargs)


def a_day(label: str, *, required: bool = True, **kwargs: Any) -> forms.DateField:
    messages = {"required": "Ange en dag.", "invalid": "Skriv dagen som år, månad och dag, till exempel 2027-02-01."}
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, error_messages=messages, **kwargs)


def an_hour(label: str, **kwargs: Any) -> forms.TimeField:
    messages = {"invalid": "Skriv klockslaget som timme och minut, till exempel 13.00."}
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    formats = ["%H:%M", "%H.%M", "%H:%M:%S"]
    return forms.TimeField(
        label=label, required=False, widget=widget, input_formats=formats, error_messages=messages, **kwargs
    )


def one_of(label: str, choices: Any, **kwargs: Any) -> forms.ChoiceField:
    messages = {"required": "Välj ett av alternativen.", "invalid_choice": "Välj ett av alternativen."}
    return forms.ChoiceField(label=label, choices=choices, error_messages=messages, **kwargs)


def a_link(label: str, **kwargs: Any) -> forms.URLField:
    messages = {"invalid": "Skriv hela adressen, till exempel https://exempel.se/mote."}
    return forms.URLField(
        label=label, required=False, max_length=500, assume_scheme="https", error_messages=messages, **kwargs
    )
