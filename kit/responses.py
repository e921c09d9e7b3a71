from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import content_disposition_header

from kit.refusals import ActionRefused

View = Callable[..., HttpResponse]
# A page may stand in the browser's history: with no-store, what one had typed would be gone after Back.
PRIVATE_PAGE = "private, no-cache"
PRIVATE_FILE = "private, no-store"


def refuse(request: HttpRequest, refusal: ActionRefused, to: Any, *args: Any) -> HttpResponse:
    """Redirect with the refusal as a message, where there is no form to show it in."""
    messages.error(request, refusal.sentence)
    request.refused = True  # type: ignore[attr-defined]
    return redirect(to, *args)


def download(content: bytes | str, name: str, media_type: str) -> HttpResponse:
    """Answer with a file to be saved under the name, which may have any signs."""
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, content_type=media_type, headers={"Content-Disposition": disposition or "attachment"})


def posted_from(page: Callable[..., Any]) -> Callable[[View], View]:
    """Take posts only, and lead a visit to the page that `page` returns from the view's own arguments."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST":
                return view(request, *args, **kwargs)
            if request.method not in ("GET", "HEAD"):
                return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
            return redirect(page(request, *args, **kwargs))

        wrapper.is_post_only = True  # type: ignore[attr-defined]
        return wrapper

    return decorate


def post_only(view: View) -> View:
    """Take posts only, and lead a visit to the nearest page above the address."""
    return posted_from(lambda request, *args, **kwargs: page_above(request.path))(view)


def makes_new(view: View) -> View:
    """Mark a view whose form makes something new, so that the form makes it once, however often it is sent."""
    view.makes_new = True  # type: ignore[attr-defined]
    return view


def too_many(request: HttpRequest) -> HttpResponse:
    sentence = "Du har försökt många gånger på kort tid. Försök igen om en minut."
    return render(request, "429.html", {"sentence": sentence}, status=429)


def page_above(path: str) -> str:
    """Return the nearest address above `path` that can be visited."""
    while path != "/":
        path = path.rstrip("/").rpartition("/")[0] + "/"
        try:
            match = resolve(path)
        except Resolver404:
            continue
        if not getattr(match.func, "is_post_only", False):
            return path
    return reverse("home")
