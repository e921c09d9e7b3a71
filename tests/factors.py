"""An app or a passkey beside the mailed code, for a test that needs someone who has one."""

import re
import time
from hashlib import sha256
from json import dumps
from os import urandom
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from django.core import mail
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

from accounts.models import User
from mailings.tasks import send_codes

SECRETS: dict[int, str] = {}


def mailed_code() -> str:
    """The code stands alone on a line of the newest mail, which a worker has sent by now."""
    send_codes()
    return str(re.search(r"^[A-Z0-9-]{6,}$", mail.outbox[-1].body, re.M).group())


def with_app(user: User) -> str:
    """Return the secret of the app, a new one unless the person has one already."""
    if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        SECRETS[user.pk] = generate_totp_secret()
        TOTP.activate(user, SECRETS[user.pk])
        RecoveryCodes.activate(user)
    return SECRETS[user.pk]


def with_passkey(user: User, name: str = "Chrome på Windows") -> Authenticator:
    """A row as a passkey leaves it, which no device has the other half of."""
    data = {"name": name, "credential": _credential()}
    return Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.WEBAUTHN, defaults={"data": data})[0]


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def _credential() -> dict[str, Any]:
    """What a browser answers when a key is made on its own device."""
    number = urandom(16)
    public = ES256.from_cryptography_key(generate_private_key(SECP256R1()).public_key())
    made = AttestedCredentialData.create(Aaguid.NONE, number, public)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    about = AttestationObject.create(
        "none", AuthenticatorData.create(sha256(b"localhost").digest(), flags, 0, made), {}
    )
    client = {"type": "webauthn.create", "challenge": "eA", "origin": "http://localhost"}
    answer = {
        "clientDataJSON": websafe_encode(dumps(client).encode()),
        "attestationObject": websafe_encode(bytes(about)),
    }
    return {"id": websafe_encode(number), "rawId": websafe_encode(number), "type": "public-key", "response": answer}
