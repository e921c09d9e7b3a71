"""Addresses that let in whoever has them: a calendar's and an interest form's. No log holds their keys."""

import logging
import re

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
