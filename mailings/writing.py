"""From a kind's words to a mail's text and HTML: the same paragraphs in both."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string

from mailings.kinds import MailKind
from mailings.models import Wording

FIELD = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class Written:
    subject: str
    text: str
    html: str


def write(kind: MailKind, values: Mapping[str, str], *, reason: str, path: str) -> Written:
    """Raises KeyError where the words name a field that has no value: a mistake of ours, found by the tests."""
    wording = Wording.objects.filter(kind=kind.key).first()
    return compose(
        kind,
        wording.subject if wording else kind.subject,
        wording.body if wording else kind.body,
        values,
        reason=reason,
        path=path,
    )


def compose(kind: MailKind, subject: str, body: str, values: Mapping[str, str], *, reason: str, path: str) -> Written:
    """The mail with these words, as they stand in the editor or are stored."""
    context = {
        "name": values["namn"],
        "paragraphs": [part.strip() for part in fill(body, values).split("\n\n") if part.strip()],
        "url": absolute(path) if path else "",
        "button": kind.button,
        "reason": reason,
        "site": settings.SITE_URL,
    }
    return Written(
        subject=" ".join(fill(subject, values).split())[:200],
        text=render_to_string("mail/mail.txt", context),
        html=render_to_string("mail/mail.html", {**context, "subject": fill(subject, values)}),
    )


def fill(text: str, values: Mapping[str, str]) -> str:
    return FIELD.sub(lambda found: values[found.group(1)], text)


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
