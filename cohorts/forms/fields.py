"""The fields that several forms about people and organisations share."""

from typing import Any

from django import forms

from cohorts.enums import Function

FUNCTION_HELP = (
    "Strategen leder arbetet, lämnar in och lägger till personer. Medverkande fyller i tillsammans med strategen. "
    "Politiker och chefer läser det ni gör."
)
YES_NO = (("", "Inte angivet"), ("ja", "Ja"), ("nej", "Nej"))


def squeezed(text: str) -> str:
    """One space where there were several, none around."""
    return " ".join(text.split())


class DayField(forms.DateField):
    def __init__(self, label: str, *, missing: str = "Ange dagen.", **kwargs: Any) -> None:
        super().__init__(
            label=label,
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            input_formats=["%Y-%m-%d"],
            error_messages={"required": missing, "invalid": "Ange dagen som ÅÅÅÅ-MM-DD."},
            **kwargs,
        )


class LineField(forms.CharField):
    """One line of text; spaces in a row are one."""

    def __init__(self, label: str, *, longest: int, missing: str = "", **kwargs: Any) -> None:
        super().__init__(
            label=label,
            max_length=longest,
            error_messages={"required": missing, "max_length": f"Skriv högst {longest} tecken."},
            **{"widget": forms.TextInput(attrs={"autocomplete": "off"}), **kwargs},
        )

    def to_python(self, value: Any) -> str:
        return squeezed(super().to_python(value) or "")


class NameField(LineField):
    def __init__(self, label: str = "Namn", **kwargs: Any) -> None:
        super().__init__(label, longest=150, missing="Skriv personens namn.", **kwargs)
        self.error_messages["max_length"] = "Namnet får ha högst 150 tecken."


class WorkEmailField(forms.EmailField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="E-postadress i tjänsten",
            help_text="Hit skickas koden när personen loggar in.",
            max_length=254,
            widget=forms.EmailInput(attrs={"autocomplete": "off"}),
            error_messages={
                "required": "Skriv personens e-postadress.",
                "invalid": "Skriv en hel e-postadress, till exempel namn@kommunen.se.",
                "max_length": "Adressen får ha högst 254 tecken.",
            },
            **kwargs,
        )

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").lower()


class FunctionField(forms.ChoiceField):
    def __init__(self) -> None:
        super().__init__(
            label="Funktion",
            help_text=FUNCTION_HELP,
            choices=Function.choices,
            widget=forms.RadioSelect,
            error_messages={"required": "Välj en funktion.", "invalid_choice": "Välj en av funktionerna."},
        )


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not said: None."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(
            label=label,
            choices=YES_NO,
            required=False,
            coerce=lambda value: value == "ja",
            empty_value=None,
            widget=forms.RadioSelect,
            **kwargs,
        )


def as_choice(value: bool | None) -> str:
    return "" if value is None else "ja" if value else "nej"
