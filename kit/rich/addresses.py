"""The addresses that a link may lead to."""

import re
from urllib.parse import urlsplit

LONGEST = 500
_KNOWN = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+", re.IGNORECASE)


def is_address(value: object) -> bool:
    if not isinstance(value, str) or len(value) > LONGEST or not _KNOWN.fullmatch(value):
        return False
    try:
        parts = urlsplit(value)
        # A host in brackets that is no IPv6 address, or a port that is no number, stops printers.
        return bool(parts.netloc or parts.scheme == "mailto") and (parts.port or 0) >= 0
    except ValueError:
        return False
