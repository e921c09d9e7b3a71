"""The page of one's own sign-in: what stands beside the mailed code, and where one is signed in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.devices import device_in
from accounts.factors import must_add_factor
from accounts.requests import PageRequest
from kit.responses import posted_from
from people.actions.own_sign_in import end_sessions
from people.own_sign_in import devices, factors_of, other_sessions

ENDED = "Du är utloggad där."


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


@posted_from(_page)
def session_end(request: PageRequest, pk: int) -> HttpResponse:
    # One that is no longer there is signed out already, which was the wish.
    end_sessions(sessions=[session for session in other_sessions(request) if session.pk == pk], by=request.user)
    messages.success(request, ENDED)
    return redirect("mfa_index")


@posted_from(_page)
def sessions_end(request: PageRequest) -> HttpResponse:
    end_sessions(sessions=other_sessions(request), by=request.user)
    messages.success(request, "Du är utloggad på alla andra enheter.")
    return redirect("mfa_index")
