"""The logging set-up. Some addresses (a calendar's, for example) let in whoever has them: no log keeps their key."""

import logging
import re
from typing import Any

# %2F: such an address may also stand, quoted, in the query of another address.
WITH_KEY = re.compile(r"(?P<before>(?:/|%2F)(?:kalender|intresse|adress|lank)(?:/|%2F))[^/%\s\"'?]+", re.IGNORECASE)


def without_keys(text: str) -> str:
    return WITH_KEY.sub(r"\g<before>…", text)


class WithoutKeys(logging.Filter):
    """A filter that removes the keys from the whole line, its values included."""

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
        # A line for each page renews the lease (kit/pdf.py) and would only fill the operator's log.
        "loggers": {"weasyprint.progress": {"propagate": False}},
    }
