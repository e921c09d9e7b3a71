"""What the operator learns of each request: its number, its line in the log, and how long it took."""

import logging
import re
import secrets
from time import perf_counter

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from kit.logs import REQUEST, RequestFacts
from modell.metrics import SECONDS
from modell.middleware import Answer

log = logging.getLogger(__name__)

# A number of the proxy's own is believed if it can do no harm in a log.
FROM_PROXY = re.compile(r"[A-Za-z0-9-]{8,64}")


def logged(answer: Answer) -> Answer:
    """Stand outermost, so that whatever is logged meanwhile carries the request's number."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        about = RequestFacts(_number(request), _client(request), request.method, request.path)
        token = REQUEST.set(about)
        begun = perf_counter()
        try:
            response = answer(request)
            _note(request, about, response.status_code, perf_counter() - begun)
        finally:
            REQUEST.reset(token)
        response.headers["X-Request-ID"] = about.request_id
        return response

    return respond


def named(answer: Answer) -> Answer:
    """Stand where the user is known. Whoever signs in or out in this request is its user too."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        about = REQUEST.get()
        if about:
            about.user_id = request.user.pk
        response = answer(request)
        if about:
            about.user_id = request.user.pk or about.user_id
        return response

    return respond


def _note(request: HttpRequest, about: RequestFacts, status: int, seconds: float) -> None:
    if settings.METRICS_TOKEN:
        page = request.resolver_match
        SECONDS.labels(page.view_name if page else "", f"{status // 100}xx").observe(seconds)
    facts = {"status": status, "milliseconds": round(seconds * 1000)}
    log.info("%s %s %s", about.method, about.path, status, extra=facts)


def _number(request: HttpRequest) -> str:
    given = request.headers.get("X-Request-ID", "")
    # Short enough to be read out on the telephone.
    return given if FROM_PROXY.fullmatch(given) else secrets.token_hex(6)


def _client(request: HttpRequest) -> str:
    # Only the last address is the proxy's own word; those before it are whatever the client wrote.
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
