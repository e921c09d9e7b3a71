"""What is logged. A calendar's address and an interest form's let in whoever has them: no log holds their keys."""

import logging
import re
from typing import Any

# Also where such an address stands in another's query.
WITH_KEY = re.compile(r"(?P<before>(?:/|%2F)(?:kalender|intresse)(?:/|%2F))[^/%\s\"'?]+", re.IGNORECASE)


def without_keys(text: str) -> str:
    return WITH_KEY.sub(r"\g<before>…", text)


class WithoutKeys(logging.Filter):
    """Before a handler or a server writes a line: what it says in all, with its values."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_keys(record.getMessage()), ()
        return True


WITHOUT_KEYS = WithoutKeys()


def logging_config(level: str) -> dict[str, Any]:
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"without_keys": {"()": WithoutKeys}},
        "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["without_keys"]}},
        "root": {"handlers": ["console"], "level": level},
        # A page at a time is for the lease, not for the operator.
        "loggers": {"weasyprint.progress": {"propagate": False}},
    }
