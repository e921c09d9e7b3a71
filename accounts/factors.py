"""Passkeys, apps and recovery codes: the rules of django-allauth's second factors as this site wants them."""

import logging
import secrets
from base64 import b32encode, urlsafe_b64encode
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.crypto import salted_hmac

from accounts.devices import device_in
from accounts.models import User

log = logging.getLogger(__name__)

# Recovery codes only stand in for one of these.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_factor(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def must_add_factor(user: User | AnonymousUser) -> bool:
    """True for a person who reads everything and has no second factor, where the site asks for one."""
    if not settings.SKR_SECOND_FACTOR or not isinstance(user, User):
        return False
    return user.reads_everything and not has_factor(user)


def forget_passkeys(user: User) -> None:
    """Delete the passkeys, which sign in alone; an app only comes after a code to the address, and stays."""
    Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).delete()
    if not has_factor(user):
        Authenticator.objects.filter(user=user).delete()


def _cipher() -> MultiFernet:
    secrets_in_use = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    keys = (
        salted_hmac("accounts.factors", "", secret=secret, algorithm="sha256").digest() for secret in secrets_in_use
    )
    return MultiFernet([Fernet(urlsafe_b64encode(key)) for key in keys])


class FactorAdapter(DefaultMFAAdapter):
    """Keep what apps and recovery codes are made from encrypted, and call things by their Swedish names."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Det stämmer inte. Försök igen, med en ny kod om du skriver en.",
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret, or one that nobody knows if SECRET_KEY has been changed: then no code is right."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            log.warning("A second factor was made with another SECRET_KEY, so its codes are of no use.")
            return b32encode(secrets.token_bytes(20)).decode()

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002, allauth's name
        return device_in(context.request)

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        return super().get_public_key_credential_rp_entity() | {"name": "Modell"}
