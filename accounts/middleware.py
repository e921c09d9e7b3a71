"""What is asked of those who read everything: that they are there, and a second factor. Others may be away longer."""

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
# Others come a few times in a season, and a browser that they have not used since is not theirs any longer.
OTHERS_IDLE_LIMIT = timedelta(days=45)
OTHERS_WRITTEN_EVERY = timedelta(days=1)
SEEN = "seen"
# All that a person may open who has to add a second factor first.
OPEN_WITHOUT_FACTOR = frozenset(
    (
        *("mfa_index", "mfa_add_webauthn", "mfa_activate_totp", "mfa_view_recovery_codes", "sign_in_anew"),
        *("account_login", "account_logout", "account_inactive"),
    )
)


def idle(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Sign out whoever has done nothing for twelve hours and reads everything, or for 45 days.

    It stands before the guard, so that what such a person posts is kept as of anyone who is signed out.
    """

    def respond(request: HttpRequest) -> HttpResponseBase:
        user = request.user
        if isinstance(user, User) and user.last_login:
            limit, written_every = limits_of(user)
            now = int(timezone.now().timestamp())
            seen = request.session.get(SEEN, user.last_login.timestamp())
            if now - seen > limit.total_seconds():
                logout(request)
            elif now - seen >= written_every.total_seconds():
                request.session[SEEN] = now
        return answer(request)

    return respond


def limits_of(user: User) -> tuple[timedelta, timedelta]:
    """Return how long the person may do nothing, and how often it is written that they do something."""
    if user.reads_everything:
        return IDLE_LIMIT, WRITTEN_EVERY
    return OTHERS_IDLE_LIMIT, OTHERS_WRITTEN_EVERY


class SecondFactorMiddleware:
    """Lead whoever reads everything without a second factor to the page where one is added, from every other page."""

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
