"""Composition of a mail's text and HTML from a kind's wording, with the same paragraphs in both."""

import logging
import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from kit.prose import split_in_paragraphs
from mailings.kinds import MailKind, find_kind
from mailings.models import Mail, Wording

log = logging.getLogger(__name__)

FIELD = re.compile(r"\{([a-z_]+)\}")
# Anything in braces, also where it is not a field's name: an unknown field must be refused.
BRACES = re.compile(r"\{[^{}]*\}")
PROGRAMME = "Modellkommuner och Modellregioner"
WIDTH = 76


@dataclass(frozen=True)
class DigestSection:
    title: str
    paragraphs: list[str]
    url: str
    button: str
    reason: str


@dataclass(frozen=True)
class WrittenMail:
    subject: str
    body: str
    text: str
    html: str


@dataclass(frozen=True)
class MailFrame:
    """Everything around the words: the reason, the page that the mail opens, the reply address.

    Only a person with an account can choose how often mail comes.
    """

    reason: str
    path: str = ""
    reply_to: str = ""
    sections: Sequence[DigestSection] = ()
    may_choose: bool = True


def write(kind: MailKind, values: Mapping[str, str], frame: MailFrame) -> WrittenMail:
    """Write a mail in SKR's wording if any; raise KeyError if the built-in text names a field without a value."""
    values = {"omgang": PROGRAMME, **values}
    wording = Wording.objects.filter(kind=kind.key).first()
    if wording:
        try:
            return compose(kind, wording.subject, wording.body, values, frame)
        except KeyError:  # a mail in the built-in words is better than none
            log.exception("SKR's words for %s name a field that has no value.", kind.key)
    return compose(kind, kind.subject, kind.body, values, frame)


def compose(kind: MailKind, subject: str, body: str, values: Mapping[str, str], frame: MailFrame) -> WrittenMail:
    line, filled = " ".join(fill(subject, values).split())[:200], fill(body, values)
    context = {
        "subject": line,
        "name": values["namn"],
        "paragraphs": split_in_paragraphs(filled),
        "sections": frame.sections,
        "url": absolute(frame.path) if frame.path else "",
        "button": kind.button,
        "reason": frame.reason,
        "reply_to": frame.reply_to,
        "choice": absolute(reverse("follow_up:mail_choice")) if frame.may_choose else "",
        "site": settings.SITE_URL,
    }
    text = render_to_string("mailings/mail.txt", context)
    return WrittenMail(
        subject=line, body=filled, text=flowing(text), html=render_to_string("mailings/mail.html", context)
    )


def section_of(part: Mail) -> DigestSection:
    kind = find_kind(part.kind)
    return DigestSection(
        title=part.subject,
        paragraphs=split_in_paragraphs(part.body),
        url=absolute(part.path) if part.path else "",
        button=kind.button if kind else "Öppna sidan",
        reason=part.reason,
    )


def fill(text: str, values: Mapping[str, str]) -> str:
    return FIELD.sub(lambda field: values[field.group(1)], text)


def unknown_fields(kind: MailKind, text: str) -> list[str]:
    """Return everything in braces that is not a field of the kind, in order."""
    known = {f"{{{name}}}" for name in kind.fills()}
    return list(dict.fromkeys(name for name in BRACES.findall(text) if name not in known))


def flowing(text: str) -> str:
    # An address that is broken over two lines cannot be followed.
    lines = (
        textwrap.wrap(line, WIDTH, break_long_words=False, break_on_hyphens=False) or [""] for line in _lines(text)
    )
    return "\n".join(line for wrapped in lines for line in wrapped).strip() + "\n"


def _lines(text: str) -> list[str]:
    return re.sub(r"\n{3,}", "\n\n", text).split("\n")


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
