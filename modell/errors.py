"""The page of an unexpected error, and the one for a database that cannot be reached."""

import sys

from django.contrib.auth.models import AnonymousUser
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views import defaults

RETRY_AFTER_SECONDS = 10
# PostgreSQL ends the conversation or is starting; SQLite's file is held by another or cannot be opened. An error that
# is about a query has another code, and a connection that cannot be made has none.
AWAY = ("57P01", "57P02", "57P03", "57P05", "SQLITE_BUSY", "SQLITE_CANTOPEN")


def server_error(request: HttpRequest) -> HttpResponse:
    if not is_away(sys.exc_info()[1]):
        return defaults.server_error(request)
    # What middleware does with the answer must not wait for the database once more to learn who asked.
    request.user = AnonymousUser()
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS), "Cache-Control": "no-store"}
    return HttpResponse(render_to_string("503.html"), status=503, headers=headers)


def is_away(error: BaseException | None) -> bool:
    """True if the error says that the database could not be reached, or went away."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    cause = error.__cause__
    code = getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorname", None)
    return code is None or code in AWAY
