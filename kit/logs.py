"""The logging set-up: a line of JSON for each request and event in production, a readable line elsewhere.

No line keeps an address of mail, a code to sign in with, or the key of a private address (a calendar's, for example),
which lets in whoever has it. In production no exception's own words are kept either: they may quote what was typed.
"""

import json
import logging
import os
import re
import traceback
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from errno import errorcode
from typing import Any

# %2F: such an address may also stand, quoted, in the query of another address.
WITH_KEY = re.compile(r"(?P<before>(?:/|%2F)(?:kalender|intresse|adress|lank)(?:/|%2F))[^/%\s\"'?]+", re.IGNORECASE)
# With backslashes in it, since an exception may quote bytes.
ADDRESS = re.compile(r"[^\s@<>\"'(),;:=/]+(?:@|%40)[^\s@<>\"'(),;:/?&]+\.[^\s@<>\"'(),;:/?&]+")
CODE = re.compile(r"\b(?:[B-DF-HJ-NP-TV-XZ]{3,4}-[B-DF-HJ-NP-TV-XZ]{3,4}|\d{3}-\d{3}(?:-\d{3})?)\b")


@dataclass
class RequestFacts:
    """What every line of a request says of it."""

    request_id: str
    client: str | None = None
    method: str | None = None
    path: str | None = None
    user_id: int | None = None


REQUEST: ContextVar[RequestFacts | None] = ContextVar("request", default=None)


def without_keys(text: str) -> str:
    return WITH_KEY.sub(r"\g<before>…", text)


def scrubbed(text: str) -> str:
    return CODE.sub("…", ADDRESS.sub("…", without_keys(text)))


class ReadableLine(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        return scrubbed(super().format(record))


class JsonLine(logging.Formatter):
    """A formatter that scrubs each value before it writes the line: a pattern over finished JSON could break it."""

    def format(self, record: logging.LogRecord) -> str:
        error = record.exc_info[1] if record.exc_info else None
        about = REQUEST.get()
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _without_words(record.getMessage(), error),
            **(asdict(about) if about else {}),
            "status": getattr(record, "status", None),
            "milliseconds": getattr(record, "milliseconds", None),
            "exception": _frames(error) if error else None,
        }
        scrubbed_line = {name: scrubbed(value) if isinstance(value, str) else value for name, value in line.items()}
        return json.dumps(
            {name: value for name, value in scrubbed_line.items() if value is not None}, ensure_ascii=False
        )


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield the error, what it came of, and so on; an error may have come of itself."""
    seen: list[BaseException] = []
    now: BaseException | None = error
    while now is not None and now not in seen:
        seen.append(now)
        yield now
        now = now.__cause__ or (None if now.__suppress_context__ else now.__context__)


def _without_words(message: str, error: BaseException | None) -> str:
    # Celery writes the exception in the message too.
    for raised in _chain(error) if error else ():
        for words in (repr(raised), str(raised)):
            message = message.replace(words, type(raised).__name__) if words else message
    return message


def _frames(error: BaseException) -> str:
    """Return the traceback with the kind of each exception in place of its words."""
    lines: list[str] = []
    for raised in reversed(list(_chain(error))):
        lines += [*traceback.format_tb(raised.__traceback__), f"{_kind(raised)}\n"]
    return "".join(lines)


def _kind(error: BaseException) -> str:
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    # What the system says of an error of its own ("No space left on device") quotes nobody.
    number = error.errno if isinstance(error, OSError) else None
    return f"{name}: {os.strerror(number)}" if number is not None and number in errorcode else name


def line_format(production: bool) -> logging.Formatter:
    return JsonLine() if production else ReadableLine()


def logging_config(level: str, production: bool) -> dict[str, Any]:
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": line_format, "production": production}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        # A line for each page renews the lease (kit/pdf.py) and would only fill the operator's log.
        "loggers": {"weasyprint.progress": {"propagate": False}},
    }
