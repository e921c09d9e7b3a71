"""The way to an organisation's own sign-in and back."""

from collections.abc import Callable

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from requests import RequestException

from accounts.oidc import AWAY, FAILED, SignedTokens, not_signed_in


def _answered(request: HttpRequest, provider_id: str, ask: Callable[[], HttpResponse]) -> HttpResponse:
    """Return the answer, or a page of ours if the provider is away or answers with something else than it should."""
    try:
        provider = get_adapter().get_provider(request, provider_id)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    try:
        return ask()
    except RequestException as error:
        return not_signed_in(request, AWAY.format(name=provider.name), status=503, error=error)
    except (KeyError, TypeError, ValueError) as error:
        return not_signed_in(request, FAILED.format(name=provider.name), status=401, error=error)


@login_not_required
@never_cache
@require_safe
def provider_sign_in(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the provider; a link, since a form may send nobody to other sites (the policy's form-action)."""
    # Nobody else's page may begin a sign-in; a browser too old to say where it comes from may.
    if request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
        return redirect("account_login")

    def ask() -> HttpResponse:
        provider = get_adapter().get_provider(request, provider_id)
        return provider.redirect(request, AuthProcess.LOGIN, next_url=get_next_redirect_url(request))

    return _answered(request, provider_id, ask)


@login_not_required
@never_cache
@require_safe
def provider_answer(request: HttpRequest, provider_id: str) -> HttpResponse:
    answer = OAuth2CallbackView.adapter_view(SignedTokens(request, provider_id))
    return _answered(request, provider_id, lambda: answer(request))
