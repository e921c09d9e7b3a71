"""What the first visitors after a start would otherwise wait for."""

from contextlib import suppress
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.template import engines
from django.urls import get_resolver, reverse

from kit import fonts


def read_ahead(application: WSGIHandler) -> None:
    """Load the addresses with their views, the templates, the fonts, and what a page is drawn with.

    It asks no database and no Redis: what a process is forked from must hold no connection.
    """
    _ = get_resolver().url_patterns
    for engine in engines.all():
        for folder in engine.dirs:
            for path in sorted(Path(folder).rglob("*.html")):
                engine.get_template(str(path.relative_to(folder)))
    fonts.read_ahead()
    with suppress(Exception):  # Django logs it, and the site says at each page what is wrong with it
        _draw(application, reverse("overview:about"))


def _draw(application: WSGIHandler, path: str) -> None:
    # Menus, translations and much else are loaded when they are first used. This page is the same for everyone.
    host = settings.ALLOWED_HOSTS[0].lstrip("*.") or "localhost"
    environ: dict[str, Any] = {"PATH_INFO": path, "HTTP_HOST": host, "HTTP_X_FORWARDED_PROTO": "https"}
    environ["wsgi.url_scheme"] = "https"
    setup_testing_defaults(environ)
    application.get_response(WSGIRequest(environ)).close()
