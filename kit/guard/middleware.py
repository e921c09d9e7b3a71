"""The one door where forms are guarded: what cannot be saved is kept, and what is new is made once.

It stands before `LoginRequiredMiddleware`, to see what that one would send away.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from kit.enums import WhyKept
from kit.guard import key as keys
from kit.guard.drawing import draw_kept
from kit.guard.keeping import keep, let_go, page_of
from kit.guard.sending import claim, digest_of, settle


def by_script(request: HttpRequest) -> bool:
    """True if guard.js or htmx asks: neither must get a page to sign in on, which it would put into its own."""
    return "X-Guard" in request.headers or "HX-Request" in request.headers


class GuardMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "POST":
            return draw_kept(request, response)
        is_saved = response.status_code == 302 and not getattr(request, "refused", False)
        if sent := getattr(request, "sent_form", None):
            settle(sent, response["Location"] if is_saved else "")
        if is_saved:
            let_go(request, address=request.path)
        return _told_to_script(response) if response.has_header("Location") and by_guard(request) else response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not request.user.is_authenticated and getattr(view, "login_required", True):
            return _signed_out(request)
        is_new = request.method == "POST" and getattr(view, "makes_new", False)
        return _once(request, key) if is_new and (key := keys.read(request)) else None


def by_guard(request: HttpRequest) -> bool:
    return "X-Guard" in request.headers


def _signed_out(request: HttpRequest) -> HttpResponse | None:
    if by_script(request):
        return HttpResponse(status=401)
    if request.method != "POST":
        return None
    return _kept(request, keys.read(request), WhyKept.SIGNED_OUT)


def _once(request: HttpRequest, key: keys.FormKey) -> HttpResponse | None:
    digest = digest_of(request)
    sent, is_first = claim(key, digest)
    if is_first:
        request.sent_form = sent  # type: ignore[attr-defined]
        return None
    if sent.digest != digest or not sent.answer:
        return _kept(request, key, WhyKept.SENT)
    request.refused = True  # type: ignore[attr-defined]
    messages.info(request, "Det här hade du redan sparat. Det sparades inte en gång till.")
    return redirect(sent.answer)


def _kept(request: HttpRequest, key: keys.FormKey | None, why: WhyKept) -> HttpResponse:
    keep(request, key, why)
    request.refused = True  # type: ignore[attr-defined]
    page = page_of(request, key)
    return redirect_to_login(page) if why is WhyKept.SIGNED_OUT else redirect(page)


def _told_to_script(response: HttpResponse) -> HttpResponse:
    # A script that followed the redirect would take the next page's messages, and not know its address.
    response.status_code = 204
    response["X-Location"] = response["Location"]
    del response["Location"]
    return response
