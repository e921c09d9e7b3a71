"""Forms for what stands beside the mailed code; allauth reads and checks what is given."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
    SignupWebAuthnForm,
)
from django import forms

from kit.fields import CanonicalField, LineField


class FactorCodeField(CanonicalField):
    def __init__(self, label: str, missing: str, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"})
        super().__init__(label=label, widget=widget, error_messages={"required": missing}, **kwargs)


@contextmanager
def refusing_nonsense() -> Iterator[None]:
    """Refuse an answer that no browser gives; allauth lets most of what its reader then raises through."""
    try:
        yield
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise forms.ValidationError("Nyckeln gick inte att läsa. Försök igen.") from error


EITHER = "Kod från appen, eller en reservkod"
GIVE_EITHER = "Skriv koden från appen, eller en av dina reservkoder."


class FactorCodeForm(AuthenticateForm):
    code = FactorCodeField(EITHER, GIVE_EITHER)


class ConfirmByCodeForm(ReauthenticateForm):
    code = FactorCodeField(EITHER, GIVE_EITHER)


class AddAppForm(ActivateTOTPForm):
    code = FactorCodeField("Kod från appen", "Skriv koden som appen visar.")


class AddPasskeyForm(SignupWebAuthnForm):
    """A passkey always signs in alone, so allauth's question whether it should is not asked."""

    name = LineField("Vad ska nyckeln heta?", longest=60, missing="Ge nyckeln ett namn.")
    credential = forms.JSONField(
        widget=forms.HiddenInput, error_messages={"required": "Webbläsaren gav ingen nyckel. Försök igen."}
    )

    def clean(self) -> dict[str, Any]:
        with refusing_nonsense():
            return super().clean()


class ReadPasskey:
    def clean_credential(self) -> Any:
        with refusing_nonsense():
            return super().clean_credential()  # type: ignore[misc]


class GivePasskeyForm(ReadPasskey, AuthenticateWebAuthnForm):
    pass


class ConfirmByPasskeyForm(ReadPasskey, ReauthenticateWebAuthnForm):
    pass


class SignInByPasskeyForm(ReadPasskey, LoginWebAuthnForm):
    pass
