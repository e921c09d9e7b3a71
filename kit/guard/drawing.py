"""What waits to be saved, drawn into the page that is about to be sent."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from kit.guard.filling import Typed, fill
from kit.guard.keeping import typed_of, waiting, waits
from kit.models import KeptForm
from kit.templatetags.swedish import enumerated

# Stands in base.html, where a page tells of a form that is not on it.
PLACE = "<!--kept-->"
GUARDED = "data-guard="
DRAWN = (200, 403, 404)  # the page of the form may be gone


def draw_kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Fill in the forms that wait to be saved, and tell of those that are not on this page."""
    if not _is_page(response) or not (waits(request) or GUARDED.encode() in response.content):
        return response
    html, filled = response.content.decode(response.charset), set[str]()
    for row in waiting(request):
        html = _drawn(request, html, row, is_newest=row.address not in filled)
        filled.add(row.address)
    response.content = html
    return response


def _is_page(response: HttpResponse) -> bool:
    is_html = response.get("Content-Type", "").startswith("text/html")
    return response.status_code in DRAWN and is_html and not response.streaming and PLACE.encode() in response.content


def _drawn(request: HttpRequest, html: str, row: KeptForm, *, is_newest: bool) -> str:
    filled = fill(html, path=request.path, address=row.address, typed=typed_of(row))
    if filled and is_newest:
        notice = _notice(request, row, is_here=True, left=filled.left)
        return filled.html[: filled.form_at] + notice + filled.html[filled.form_at :]
    if not request.user.is_authenticated:
        return html  # the page to sign in on, most often
    is_here = request.get_full_path() == row.page
    notice = _notice(request, row, is_here=is_here, left=typed_of(row))
    return html.replace(PLACE, PLACE + notice, 1)


def _notice(request: HttpRequest, row: KeptForm, *, is_here: bool, left: Typed) -> str:
    texts = [value for values in left.values() for value in values if value.strip()]
    files = row.files.split("\n") if row.files else []
    context = {"row": row, "is_here": is_here, "texts": texts, "files": files, "named": enumerated(files)}
    return render_to_string("kit/kept.html", context | {"forget": reverse("forget_kept", args=[row.pk])}, request)
