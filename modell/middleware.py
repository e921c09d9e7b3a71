"""What holds for every answer: its methods and size, what other sites may do with it, and who may keep a copy."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.middleware.gzip import GZipMiddleware
from django.middleware.http import ConditionalGetMiddleware
from django.shortcuts import render

from kit.limits import TooMuch
from kit.responses import PRIVATE_FILE, PRIVATE_PAGE
from kit.workbook.safety import MAX_BYTES
from modell.errors import full_disk, is_full

log = logging.getLogger(__name__)
Answer = Callable[[HttpRequest], HttpResponseBase]

# PDF and Office files are compressed already. Why this gives no secret away: docs/adr/0021.
COMPRESSED = ("text/", "application/json")
METHODS = ("GET", "HEAD", "POST")
REFUSED = "Det sättet att fråga tas inte emot.\n"
# The largest body in MB by somebody who has not signed in, and what a form weighs beside its file.
SIGNED_OUT_MB, BESIDE_FILE_MB = 2, 1
MB = 1024 * 1024
WORKBOOK_MB = MAX_BYTES // MB
NO_LENGTH = "Skicka längden på innehållet med.\n"
# The site uses nothing of the device but its passkeys.
UNUSED = (
    *("accelerometer", "autoplay", "bluetooth", "browsing-topics", "camera", "display-capture", "encrypted-media"),
    *("fullscreen", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone"),
    *("midi", "payment", "picture-in-picture", "screen-wake-lock", "serial", "usb"),
    *("web-share", "xr-spatial-tracking"),
)
HEADERS = {
    "Permissions-Policy": ", ".join(f"{name}=()" for name in UNUSED),
    "Cross-Origin-Resource-Policy": "same-origin",
}


def headers(answer: Answer) -> Answer:
    """Stand first, so that static files get the headers too."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return respond


def methods(answer: Answer) -> Answer:
    """Answer HEAD as GET without its content, and every other method than a form's with 405."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS, REFUSED, content_type="text/plain; charset=utf-8")
        if request.method != "HEAD":
            return answer(request)
        # The mail programs that look at links before the reader does ask with HEAD, for pages with a form too.
        request.method = "GET"
        return _without_content(answer(request))

    return respond


def _without_content(response: HttpResponseBase) -> HttpResponseBase:
    if isinstance(response, HttpResponse):
        response.headers.setdefault("Content-Length", str(len(response.content)))
        response.content = b""
    else:
        response.streaming_content = ()  # type: ignore[attr-defined]
    return response


def compressed(answer: Answer) -> Answer:
    gzip = GZipMiddleware(answer)  # adds bytes at random, so that the length tells less

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        is_text = response.headers.get("Content-Type", "").startswith(COMPRESSED)
        return gzip.process_response(request, response) if is_text else response

    return respond


def unchanged(answer: Answer) -> Answer:
    """Answer 304 where the reader has the same already.

    It stands outside the policy of scripts and inside the compression: a 304 must not bring a policy to a page drawn
    with another one, and compressed bytes are never the same twice.
    """
    conditional = ConditionalGetMiddleware(answer)

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        # A signed-in person's page has tokens that are good for one drawing, so it is never compared.
        if response.headers.get("Cache-Control") == PRIVATE_PAGE:
            return response
        return conditional.process_response(request, response)

    return respond


def private(answer: Answer) -> Answer:
    """Keep answers to a signed-in person out of shared caches, and files out of the browser's own too."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        if request.user.is_authenticated:
            is_page = response.headers.get("Content-Type", "text/html").startswith("text/html")
            response.headers.setdefault("Cache-Control", PRIVATE_PAGE if is_page else PRIVATE_FILE)
        return response

    return respond


def refused_posts(answer: Answer) -> Answer:
    """Answer a post to a page that takes none with a page that says so; Django's own refusal is blank."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        page = render(request, "405.html", status=response.status_code)
        page.headers["Allow"] = response.headers["Allow"]
        return page

    return respond


def bounded(answer: Answer) -> Answer:
    """Refuse a body that is larger than any page takes, before anything of it is read or stored on disk."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        if "Transfer-Encoding" in request.headers:  # Django would take the body for an empty one
            return HttpResponse(NO_LENGTH, status=411, content_type="text/plain; charset=utf-8")
        length = request.headers.get("Content-Length", "")
        size = int(length) if length.isdecimal() else 0
        # Who asks is looked up only for what is large.
        if size > SIGNED_OUT_MB * MB and size > (most := _largest(request)) * MB:
            log.warning("Refused %s bytes from user %s.", size, request.user.pk)
            return render(request, "413.html", {"most": most}, status=413)
        return answer(request)

    return respond


def _largest(request: HttpRequest) -> int:
    if not request.user.is_authenticated:
        return SIGNED_OUT_MB
    return max(int(settings.EVIDENCE_MAX_MB), WORKBOOK_MB) + BESIDE_FILE_MB


class TooMuchMiddleware:
    """Make a page of what no form has told: too much at once, or a disk that is full."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        if isinstance(error, TooMuch):
            page = render(request, "429.html", {"sentence": error.sentence}, status=error.status)
            page.headers["Retry-After"] = str(int(error.wait.total_seconds()) or 1)
            return page
        return full_disk(request) if is_full(error) else None
