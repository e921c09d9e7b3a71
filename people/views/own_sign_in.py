"""The page of one's own sign-in: what stands beside the mailed code, and where one is signed in."""

from functools import wraps
from typing import Any

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.contrib import messages
from django.contrib.auth import logout
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.devices import device_in
from accounts.factors import has_factor, must_add_factor
from accounts.requests import PageRequest
from kit.pages import ConfirmPage, Crumb
from kit.responses import View, posted_from
from people.actions.own_sign_in import end_sessions
from people.own_sign_in import devices, factors_of, is_fresh, other_sessions

ENDED = "Du är utloggad där."
CONFIRM_FIRST = "Bekräfta först att det är du. Logga sedan ut enheten."
# Where one comes after having signed in anew, by the last part of the address.
AFTERWARDS = {"nyckel": "mfa_add_webauthn", "app": "mfa_activate_totp", "enheter": "mfa_index"}


@require_safe
def own_sign_in(request: PageRequest) -> HttpResponse:
    context = {
        "factors": factors_of(request.user),
        "must_add": must_add_factor(request.user),
        "here": device_in(request),
        "others": devices(other_sessions(request)),
    }
    return render(request, "people/own_sign_in.html", context)


def _page(request: PageRequest, **_: object) -> str:
    return "mfa_index"


def confirmed_first(view: View) -> View:
    """End sessions only for whoever has signed in or confirmed recently: a session alone may be a stolen one."""

    @wraps(view)
    def wrapper(request: PageRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_fresh(request, request.user):
            return view(request, *args, **kwargs)
        if not has_factor(request.user):
            return redirect("sign_in_anew", "enheter")
        if did_recently_reauthenticate(request):
            return view(request, *args, **kwargs)
        messages.info(request, CONFIRM_FIRST)
        return redirect(f"{reverse('account_reauthenticate')}?next={reverse('mfa_index')}")

    return wrapper


@require_http_methods(["GET", "POST"])
def sign_in_anew(request: PageRequest, key: str) -> HttpResponse:
    """Ask whoever signed in long ago, and has no factor to confirm with, to sign in again by a mailed code."""
    if key not in AFTERWARDS:
        raise Http404
    if request.method == "POST":
        logout(request)
        return redirect(f"{reverse('account_login')}?next={reverse(AFTERWARDS[key])}")
    page = ConfirmPage(
        "Logga in igen först",
        "Min inloggning",
        reverse("mfa_index"),
        crumbs=[Crumb(reverse("mfa_index"), "Min inloggning")],
        button="Logga in igen",
        lead="Det var ett tag sedan du loggade in. Innan du ändrar hur du loggar in behöver vi veta att det är du.",
        happens=("Du loggas ut här.", "Du loggar in med en ny kod och kommer sedan tillbaka hit."),
    )
    return render(request, "kit/confirm.html", {"page": page, "form": Form()})


@posted_from(_page)
@confirmed_first
def session_end(request: PageRequest, pk: int) -> HttpResponse:
    # One that is no longer there is signed out already, which was the wish.
    end_sessions(sessions=[session for session in other_sessions(request) if session.pk == pk], by=request.user)
    messages.success(request, ENDED)
    return redirect("mfa_index")


@posted_from(_page)
@confirmed_first
def sessions_end(request: PageRequest) -> HttpResponse:
    end_sessions(sessions=other_sessions(request), by=request.user)
    messages.success(request, "Du är utloggad på alla andra enheter.")
    return redirect("mfa_index")
