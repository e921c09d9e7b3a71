"""The key of a form: a signed hidden field that says which drawing of it this is, for whom, and on which page."""

import secrets
from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest

FIELD = "form_key"
SALT = "kit.guard.key"


@dataclass(frozen=True)
class FormKey:
    """`person` is the user that the page was drawn for, if any."""

    number: str
    person: int | None
    page: str


def make(request: HttpRequest) -> str:
    return signing.dumps([secrets.token_urlsafe(12), person_of(request), request.get_full_path()], salt=SALT)


def read(request: HttpRequest) -> FormKey | None:
    """Return the posted key, or None if the form carries none that we have made."""
    try:
        return FormKey(*signing.loads(request.POST.get(FIELD, ""), salt=SALT))
    except (signing.BadSignature, TypeError):
        return None


def person_of(request: HttpRequest) -> int | None:
    user = getattr(request, "user", None)
    return user.pk if user and user.is_authenticated else None
