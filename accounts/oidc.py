"""Signing in by an organisation's own sign-in (OpenID Connect), for an address that is registered here already.

The address decides who it is, as everywhere else on the site; the provider's own name of the person must stay the same.
"""

import logging
from typing import Any

import jwt
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.actions import know_subject
from accounts.models import User
from kit.canonical import canonical_address, readable_address
from kit.refusals import ActionRefused

log = logging.getLogger(__name__)

# Each with a key that only the provider has.
SIGNED_BY = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
AWAY = "{name} svarar inte just nu. Försök igen om en stund, eller logga in med en kod i stället."
CANCELLED = "Du avbröt inloggningen hos {name}. Försök igen, eller logga in med en kod i stället."
FAILED = "Inloggningen hos {name} gick inte att slutföra. Försök igen, eller logga in med en kod i stället."
NOT_PROVEN = "{name} har inte intygat att adressen är din. Logga in med en kod i stället."
OTHER_DOMAIN = "{address} hör inte till {name}. Logga in med en kod i stället."
UNKNOWN = (
    "{address} finns inte i Modell. Ska du vara med i programmet? Be strategen i din organisation eller processledaren "
    "på SKR att lägga till dig."
)


def own_sign_ins() -> list[dict[str, Any]]:
    """Return the providers as the operator has named them (modell/oidc.py)."""
    configured: dict[str, Any] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
    return configured["APPS"]


def not_signed_in(
    request: HttpRequest, sentence: str, *, status: int, error: BaseException | None = None
) -> HttpResponse:
    """Return the page that says why the organisation's sign-in led nowhere, with the other way in beside it."""
    log.warning("An organisation's own sign-in let nobody in (%s).", status, exc_info=error)
    return render(request, "socialaccount/not_signed_in.html", {"sentence": sentence}, status=status)


def person_of(login: SocialLogin) -> User:
    """Return the person that the provider means, or raise `ActionRefused`; nobody is ever made."""
    app, data = login.provider.app, login.account.extra_data
    userinfo, id_token = data.get("userinfo") or {}, data.get("id_token") or {}
    claims = id_token | userinfo
    if userinfo and id_token and userinfo.get("sub") != id_token.get("sub"):
        raise ActionRefused(FAILED.format(name=app.name))
    address = canonical_address(str(claims.get("email") or ""))
    if not address or not _is_proven(claims, app.settings["vouches"]):
        raise ActionRefused(NOT_PROVEN.format(name=app.name))
    if address.rpartition("@")[2] not in app.settings["domains"]:
        raise ActionRefused(OTHER_DOMAIN.format(address=readable_address(address), name=app.name))
    user = User.objects.filter(email=address).first()
    if user is None:
        raise ActionRefused(UNKNOWN.format(address=readable_address(address)))
    if user.is_active:
        know_subject(user=user, provider=app.provider_id, subject=login.account.uid)
    return user


def _is_proven(claims: dict[str, Any], vouches: bool) -> bool:
    """True if the provider says so; one that `vouches` for all its addresses need not, but may not deny it.

    The claim is compared with True itself: some send it as text, and "false" is true.
    """
    return vouches if "email_verified" not in claims else claims["email_verified"] is True


class SignedTokens(OpenIDConnectOAuth2Adapter):
    """Check the signature of every token. allauth trusts one that came straight from the provider, which is allowed."""

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        about = {"issuer": self.openid_config["issuer"], "audience": app.client_id, "algorithms": SIGNED_BY}
        try:
            claims: dict[str, Any] = jwt.decode(id_token, self._key_of(id_token), **about)
        except jwt.PyJWTError as error:
            raise OAuth2Error("Invalid id_token") from error
        return claims

    def _key_of(self, id_token: str) -> Any:
        """Return the provider's key with the token's number; a provider with one key need not number it."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        keys = jwt.PyJWKSet.from_dict(answer.json()).keys
        number = jwt.get_unverified_header(id_token).get("kid")
        fitting = keys if number is None and len(keys) == 1 else [key for key in keys if key.key_id == number]
        if not fitting:
            raise OAuth2Error("The id_token names none of the provider's keys.")
        return fitting[0].key


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Refuse everyone whom nobody has registered, and answer what goes wrong with a page of ours."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        try:
            sociallogin.user = person_of(sociallogin)
        except ActionRefused as refusal:
            raise ImmediateHttpResponse(not_signed_in(request, refusal.sentence, status=403)) from refusal

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, exception: Exception | None = None, **_: Any
    ) -> None:
        if request.GET.get("error") == "access_denied":
            sentence, status = CANCELLED, 401
        elif isinstance(exception, OSError):  # the base of all that requests raises
            sentence, status = AWAY, 503
        else:
            sentence, status = FAILED, 401
        raise ImmediateHttpResponse(
            not_signed_in(request, sentence.format(name=provider.name), status=status, error=exception)
        )
