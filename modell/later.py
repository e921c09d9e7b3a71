"""Addresses that pages link to before the page itself has landed. Empty, and gone, when all have."""

from django.http import Http404, HttpRequest, HttpResponse


def later(request: HttpRequest, **_: object) -> HttpResponse:
    raise Http404
