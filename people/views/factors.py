"""allauth's pages for passkeys, apps and recovery codes, each with what this site wants of it."""

import logging
from json import dumps
from typing import Any

from allauth.account.internal.decorators import login_not_required
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator

from accounts.factors import has_factor
from accounts.models import User
from kit.pages import ConfirmPage, Crumb
from people.codes import whom
from people.own_sign_in import factors_of, is_fresh, renew_session

log = logging.getLogger(__name__)

OWN_PAGE = reverse_lazy("mfa_index")


class Refusing:
    """Answer a form that is refused with 422, as every page of the site does."""

    def form_invalid(self, form: Form) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        if response.status_code == 200:
            response.status_code = 422
        return response


class Confirming(Refusing):
    """Ask before it is done, on the page that asks before everything that cannot be taken back."""

    template_name = "kit/confirm.html"
    success_url = OWN_PAGE
    title: str
    happens: tuple[str, ...]
    button = "Ta bort"
    danger = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = ConfirmPage(
            self.title,
            "Min inloggning",
            reverse("mfa_index"),
            crumbs=[Crumb(reverse("mfa_index"), "Min inloggning")],
            button=self.button,
            danger=self.danger,
            happens=self.happens,
        )
        return super().get_context_data(**kwargs) | {"page": page}  # type: ignore[misc]

    @transaction.atomic
    def form_valid(self, form: Form) -> HttpResponse:
        return super().form_valid(form)  # type: ignore[misc]


class FirstAfterSignIn:
    """Ask for a new sign-in before the first factor is added. Before others, allauth asks for one that there is."""

    anew: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = request.user
        if isinstance(user, User) and not has_factor(user) and not is_fresh(request, user):
            return redirect("sign_in_anew", self.anew)
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer


class AddPasskey(FirstAfterSignIn, Refusing, AddWebAuthnView):
    anew = "nyckel"

    @transaction.atomic
    def form_valid(self, form: Form) -> HttpResponse:
        return super().form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # A key that can sign in alone, which allauth leaves to a box in its own page.
        options = dumps(auth.begin_registration(self.request.user, True))
        return super(AddWebAuthnView, self).get_context_data(**kwargs) | {"options": options}


class RemovePasskey(Confirming, RemoveWebAuthnView):
    title = "Ta bort inloggningsnyckeln"
    happens = (
        "Nyckeln kan inte användas för att logga in i Modell längre.",
        "Är det din enda nyckel och har du ingen app gäller inte heller reservkoderna.",
        "Ta bort den i din mobil eller dator också, så att den inte föreslås.",
    )


class SignInByPasskey(LoginWebAuthnView):
    def form_valid(self, form: Form) -> HttpResponse:
        key = form.cleaned_data["credential"]
        login = Login(user=key.user, redirect_url=get_next_redirect_url(self.request))
        return perform_passwordless_login(self.request, key, login)

    def form_invalid(self, form: Form) -> HttpResponse:
        log.warning("A passkey signed nobody in.")
        messages.error(self.request, "Det gick inte att logga in med nyckeln. Försök igen, eller logga in med en kod.")
        return redirect("account_login")


class AddApp(FirstAfterSignIn, Refusing, ActivateTOTPView):
    anew = "app"


class RemoveApp(Confirming, DeactivateTOTPView):
    title = "Ta bort appen"
    happens = (
        "Appens koder kan inte användas för att logga in i Modell längre.",
        "Har du ingen inloggningsnyckel gäller inte heller reservkoderna.",
    )


class NewRecoveryCodes(Confirming, GenerateRecoveryCodesView):
    success_url = reverse_lazy("mfa_view_recovery_codes")
    title = "Skaffa nya reservkoder"
    happens = ("Du får tio nya koder.", "De gamla koderna slutar att gälla.")
    button = "Skaffa nya koder"
    danger = False


class GiveFactor(Refusing, AuthenticateView):
    """The step after the code, or after the organisation's own sign-in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        factors = factors_of(self.stage.login.user)
        return context | {"factors": factors, "options": dumps(context["js_data"]["request_options"])}

    def form_invalid(self, form: Form) -> HttpResponse:
        log.warning("A wrong second factor for %s.", whom(self.stage.login.user))
        return super().form_invalid(form)


# The guard keeps what is posted by someone who is signed out, which a code must never be; the view itself sends away.
@method_decorator(login_not_required, name="dispatch")
class ConfirmByCode(Refusing, ReauthenticateView):
    def form_valid(self, form: Form) -> HttpResponse:
        renew_session(self.request)
        return super().form_valid(form)

    def form_invalid(self, form: Form) -> HttpResponse:
        log.warning("A wrong second factor for %s.", whom(self.request.user))
        return super().form_invalid(form)


@method_decorator(login_not_required, name="dispatch")
class ConfirmByPasskey(ReauthenticateWebAuthnView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"options": dumps(context["js_data"]["request_options"])}

    def form_valid(self, form: Form) -> HttpResponse:
        renew_session(self.request)
        return super().form_valid(form)

    def form_invalid(self, form: Form) -> HttpResponse:
        log.warning("A wrong second factor for %s.", whom(self.request.user))
        messages.error(self.request, "Det gick inte att bekräfta med nyckeln. Försök igen.")
        return redirect(self.request.get_full_path())
