"""The page of an unexpected error, and those for a database that cannot be reached and a disk that is full."""

import errno
import logging
import sys

from django.contrib.auth.models import AnonymousUser
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views import defaults

log = logging.getLogger(__name__)

RETRY_AFTER_SECONDS = 10
FULL = (errno.ENOSPC, errno.EDQUOT)
# PostgreSQL ends the conversation or is starting; SQLite's file is held by another or cannot be opened. An error that
# is about a query has another code, and a connection that cannot be made has none.
AWAY = ("57P01", "57P02", "57P03", "57P05", "SQLITE_BUSY", "SQLITE_CANTOPEN")


def server_error(request: HttpRequest) -> HttpResponse:
    error = sys.exc_info()[1]
    if is_full(error):  # before any view: a large file is stored on disk while it is read
        return full_disk(request)
    if not is_away(error):
        return defaults.server_error(request)
    # What middleware does with the answer must not wait for the database once more to learn who asked.
    request.user = AnonymousUser()
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS), "Cache-Control": "no-store"}
    return HttpResponse(render_to_string("503.html"), status=503, headers=headers)


def is_full(error: BaseException | None) -> bool:
    return isinstance(error, OSError) and error.errno in FULL


def full_disk(request: HttpRequest) -> HttpResponse:
    log.exception("The disk is full.")
    for handler in request.upload_handlers:  # what has come in of a file gives its room back at once
        handler.upload_interrupted()
    return render(request, "507.html", status=507)


def is_away(error: BaseException | None) -> bool:
    """True if the error says that the database could not be reached, or went away."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    cause = error.__cause__
    code = getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorname", None)
    return code is None or code in AWAY
