"""Form fields that several apps use, each with its sentences."""

import re
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.db.models import Model

from kit.canonical import LONGEST_ADDRESS, canonical, canonical_address, canonical_line, folded, validate_address
from kit.constraints import NOT_ON_THE_WEB
from kit.days import validate_near

_CLOCK = re.compile(r"^(klockan|kl)\b[.\s]*(?=\d)")
web_address = URLValidator(schemes=("http", "https"))


class CanonicalField(forms.CharField):
    """A text in the one form in which it is stored; every text field of the site is one of these.

    Several spaces in a row become one, except in a text of several lines. One that is needed only `sometimes` is not
    called optional: its help text says when it is needed.
    """

    def __init__(self, *args: Any, sometimes: bool = False, **kwargs: Any) -> None:
        self.sometimes = sometimes
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> str:
        in_form = canonical if isinstance(self.widget, forms.Textarea) else canonical_line
        return super().to_python(in_form(str(value or ""))) or ""


class TextField(CanonicalField):
    """Running text."""

    def __init__(
        self,
        label: str | None = None,
        *,
        rows: int = 4,
        longest: int = 4000,
        missing: str = "",
        called: str = "Texten",
        **kwargs: Any,
    ) -> None:
        too_long = f"{called} får ha högst {longest:,} tecken.".replace(",", " ")
        super().__init__(
            label=label,
            max_length=longest,
            widget=forms.Textarea(attrs={"rows": rows}),
            error_messages={"required": missing, "max_length": too_long},
            **kwargs,
        )


class LineField(CanonicalField):
    """A line of text."""

    def __init__(self, label: str | None = None, *, longest: int, missing: str = "", **kwargs: Any) -> None:
        messages = {"required": missing, "max_length": f"Skriv högst {longest} tecken."}
        widget = forms.TextInput(attrs={"autocomplete": "off"})
        super().__init__(label=label, max_length=longest, widget=widget, error_messages=messages, **kwargs)


class RowChoice(forms.ModelChoiceField):
    """A choice of a row that need not be made; the form gives it the rows."""

    def __init__(
        self, model: type[Model], label: str, nothing: str, *, invalid: str = "Välj något i listan.", **kwargs: Any
    ) -> None:
        rows, messages = model._default_manager.none(), {"invalid_choice": invalid}
        super().__init__(rows, label=label, required=False, empty_label=nothing, error_messages=messages, **kwargs)


class SometimesChoiceField(forms.ChoiceField):
    """A choice that is needed only sometimes, as its empty choice or its help text says."""

    sometimes = True


class AddressField(forms.EmailField):
    """An e-mail address, in the one form in which it is stored and looked up."""

    default_validators = [validate_address]  # noqa: RUF012

    def __init__(
        self, label: Any, *, missing: str = "Skriv en e-postadress.", sometimes: bool = False, **kwargs: Any
    ) -> None:
        self.sometimes = sometimes
        super().__init__(
            label=label,
            max_length=LONGEST_ADDRESS,
            error_messages={
                "required": missing,
                "invalid": "Skriv en fullständig e-postadress, till exempel namn@kommunen.se.",
                "max_length": f"Adressen får ha högst {LONGEST_ADDRESS} tecken.",
            },
            **kwargs,
        )

    def to_python(self, value: Any) -> str:
        return canonical_address(super().to_python(value) or "")


class DayField(forms.DateField):
    """A day from 2000 to 2100."""

    def __init__(self, label: str, *, missing: str = "Ange dagen.", **kwargs: Any) -> None:
        super().__init__(
            label=label,
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            input_formats=["%Y-%m-%d"],
            error_messages={
                "required": missing,
                "invalid": "Skriv dagen som år-månad-dag, till exempel 2027-03-15.",
            },
            validators=[validate_near],
            **kwargs,
        )

    def to_python(self, value: Any) -> Any:
        return super().to_python(folded(value) if isinstance(value, str) else value)


class HourField(forms.TimeField):
    """An optional hour."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(
            label=label,
            required=False,
            widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            input_formats=["%H.%M", "%H:%M", "%H:%M:%S", "%H,%M", "%H"],
            error_messages={"invalid": "Skriv klockslaget som 9.00 eller 13.30."},
            **kwargs,
        )

    def to_python(self, value: Any) -> Any:
        return super().to_python(_CLOCK.sub("", folded(value)) if isinstance(value, str) else value)


class LinkField(forms.URLField):
    default_validators = [web_address]  # noqa: RUF012

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(
            label=label,
            max_length=500,
            assume_scheme="https",
            error_messages={
                "required": "Skriv eller klistra in en länk.",
                "invalid": NOT_ON_THE_WEB,
                "max_length": "Länken får ha högst 500 tecken.",
            },
            **kwargs,
        )

    def to_python(self, value: Any) -> str:
        return super().to_python(canonical_line(value or "")) or ""
