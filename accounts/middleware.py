"""What is asked of people at SKR, who read everything: that they are there, and a second factor."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from accounts.factors import must_add_factor
from accounts.models import User
from kit.enums import WhyKept
from kit.guard import key as keys
from kit.guard.keeping import keep

IDLE_LIMIT = timedelta(hours=12)
# However busy they are, they sign in anew after a week.
LONGEST = timedelta(days=7)
WRITTEN_EVERY = timedelta(minutes=1)
SEEN = "seen"
# All that a person may open who has to add a second factor first.
OPEN_WITHOUT_FACTOR = frozenset(
    (
        *("mfa_index", "mfa_add_webauthn", "mfa_activate_totp", "mfa_view_recovery_codes"),
        *("account_login", "account_logout", "account_inactive"),
    )
)


def idle(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Sign out whoever has a role at SKR and has done nothing for twelve hours.

    It stands before the guard, so that what such a person posts is kept as of anyone who is signed out.
    """

    def respond(request: HttpRequest) -> HttpResponseBase:
        user = request.user
        if isinstance(user, User) and user.skr_role and user.last_login:
            now = int(timezone.now().timestamp())
            seen = request.session.get(SEEN, user.last_login.timestamp())
            if now - seen > IDLE_LIMIT.total_seconds():
                logout(request)
            elif now - seen >= WRITTEN_EVERY.total_seconds():
                request.session[SEEN] = now
        return answer(request)

    return respond


class SecondFactorMiddleware:
    """Lead a person at SKR who has no second factor to the page where one is added, from every other page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        if (match and match.view_name in OPEN_WITHOUT_FACTOR) or not must_add_factor(request.user):
            return None
        if request.method == "POST":
            keep(request, keys.read(request), WhyKept.SIGNED_OUT)
        request.refused = True  # type: ignore[attr-defined]
        return redirect("mfa_index")
