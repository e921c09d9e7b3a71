"""The one door of exports of people's data: each leaves a line in the log, with the user's number and no name.

It is no row of the trail, since a visit to a page, which a mail program may make before its reader, writes nothing.
"""

import logging

from kit.audit import COMMAND_LINE, Actor

log = logging.getLogger(__name__)


def log_export(what: str, *, by: Actor | None) -> None:
    log.info("%s exported %s.", f"User {by.pk}" if by else COMMAND_LINE, what)
