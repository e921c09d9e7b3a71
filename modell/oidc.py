"""The organisations' own sign-ins, read from the file that MODELL_OIDC names; README.md has an example.

A file, since a client's secret and a list of domains can be neither quoted nor hidden well in an environment variable.
"""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from kit.canonical import canonical_address

NEEDED = ("key", "name", "server_url", "client_id", "secret", "domains")
VOUCHES = "vouches_for_addresses"


def providers(path: str, *, https_only: bool) -> list[dict[str, Any]]:
    """Return the providers as django-allauth wants them, or stop the start with what is wrong in the file."""
    if not path:
        return []
    try:
        rows = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(f"MODELL_OIDC={path} cannot be read as JSON ({error}).") from error
    if not isinstance(rows, list):
        raise ImproperlyConfigured(f"{path}: write a list of providers: [{{…}}, {{…}}].")
    apps = [_app(row, f"{path}, provider {number}", https_only) for number, row in enumerate(rows, start=1)]
    keys = [app["provider_id"] for app in apps]
    if len(set(keys)) < len(keys):
        raise ImproperlyConfigured(f"{path}: two providers have the same key.")
    return apps


def _app(row: Any, where: str, https_only: bool) -> dict[str, Any]:
    if fault := _fault(row, https_only):
        raise ImproperlyConfigured(f"{where}: {fault}.")
    return {
        "provider_id": row["key"],
        "name": row["name"],
        "client_id": row["client_id"],
        "secret": row["secret"],
        "settings": {
            "server_url": row["server_url"].rstrip("/"),
            # As the domain of an address is stored: in lower case and in ASCII.
            "domains": [canonical_address(f"a@{domain}").partition("@")[2] for domain in row["domains"]],
            "vouches": row.get(VOUCHES, False),
        },
    }


def _fault(row: Any, https_only: bool) -> str:
    if not isinstance(row, dict) or set(row) - {VOUCHES} != set(NEEDED):
        return f"it must have {', '.join(NEEDED)} and may have {VOUCHES}, no more and no less"
    texts = [row[name] for name in NEEDED if name != "domains"]
    if not all(isinstance(text, str) and text for text in texts):
        return "all but domains must be text in quotes, and not empty"
    if not re.fullmatch(r"[a-z0-9-]{1,50}", row["key"]):
        return "key may have small letters a–z, digits and dashes; it stands in the address"
    if len(row["name"]) > 40:
        return "name may have 40 letters; it stands on a button"
    allowed = ("https",) if https_only else ("https", "http")
    if urlsplit(row["server_url"]).scheme not in allowed:
        return f"server_url must begin with {' or '.join(f'{scheme}://' for scheme in allowed)}"
    domains = row["domains"]
    if not (isinstance(domains, list) and domains and all(_is_domain(domain) for domain in domains)):
        return "domains must be a list, of what stands after the @ in the addresses of those who sign in this way"
    if not isinstance(row.get(VOUCHES, False), bool):
        return f"{VOUCHES} must be true or false, without quotes"
    return ""


def _is_domain(domain: Any) -> bool:
    return isinstance(domain, str) and re.fullmatch(r"[^\s@/:*]+\.[^\s@/:*.]+", domain) is not None
