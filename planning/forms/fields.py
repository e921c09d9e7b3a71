"""Fields that the forms of this app share, with their error messages."""

from typing import Any

from django import forms

from kit.fields import LineField


def a_number(label: str, least: int, most: int, **kwargs: Any) -> forms.IntegerField:
    messages = {"required": "Ange ett tal.", "invalid": "Skriv talet med siffror."}
    messages |= {"min_value": f"Talet är minst {least}.", "max_value": f"Talet är högst {most}."}
    return forms.IntegerField(label=label, min_value=least, max_value=most, error_messages=messages, **kwargs)


def one_of(label: str, choices: Any, **kwargs: Any) -> forms.ChoiceField:
    messages = {"required": "Välj ett av alternativen.", "invalid_choice": "Välj ett av alternativen."}
    return forms.ChoiceField(label=label, choices=choices, error_messages=messages, **kwargs)


def theme_line() -> LineField:
    help_text = "Behövs för lärandeträffar och fördjupningar."
    return LineField("Tema", longest=160, required=False, sometimes=True, help_text=help_text)
