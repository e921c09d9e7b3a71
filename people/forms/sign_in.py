"""Forms for signing in, which read an address and a code as people paste them."""

import re
import secrets
from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from django.forms import ValidationError

from kit.canonical import folded
from kit.fields import AddressField, CanonicalField

# The eight letters of a code, none a vowel, wherever they stand in what was pasted. A field of one line takes away the
# line ends around them, so beside a dash words may stand close.
_LETTERS = "([b-df-hj-np-tv-xz]{4})"
_CODE = re.compile(rf"{_LETTERS} ?- ?{_LETTERS}|(?<![^\W_]){_LETTERS}[\W_]*{_LETTERS}(?![^\W_])")

_ADDRESS = RequestLoginCodeForm.base_fields["email"]
_GIVEN = ConfirmLoginCodeForm.base_fields["code"]


class CodeField(CanonicalField):
    def to_python(self, value: Any) -> str:
        typed = folded(super().to_python(value))
        code = _CODE.search(typed)
        return "-".join(filter(None, code.groups())) if code else typed


class AskForCodeForm(RequestLoginCodeForm):
    email = AddressField(_ADDRESS.label, missing="Skriv din e-postadress.", widget=_ADDRESS.widget)


class GiveCodeForm(ConfirmLoginCodeForm):
    code = CodeField(
        label=_GIVEN.label, widget=_GIVEN.widget, error_messages={"required": "Skriv koden som står i mejlet."}
    )

    def __init__(self, *args: Any, codes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = codes

    def clean_code(self) -> str:
        typed = _letters(self.cleaned_data["code"])
        if not any(secrets.compare_digest(typed, _letters(code)) for code in self.codes):
            raise ValidationError("Koden stämmer inte. Skriv den som står i det senaste mejlet.")
        return str(self.cleaned_data["code"])


def _letters(code: str) -> bytes:
    return re.sub(r"[\W_]", "", folded(code)).encode()
