"""Composition of a mail's text and HTML from a kind's wording, with the same paragraphs in both."""

import logging
import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from kit.filling import fill
from mailings.blocks import LetterBlock, absolute, blocks_of
from mailings.kinds import MailKind, find_kind
from mailings.models import Mail, Wording

log = logging.getLogger(__name__)

PROGRAMME = "Modellkommuner och Modellregioner"
WIDTH = 76


@dataclass(frozen=True)
class DigestSection:
    title: str
    blocks: list[LetterBlock]
    body: str
    url: str
    button: str
    reason: str


@dataclass(frozen=True)
class MailLetter:
    """What mail and pages print of a mail. Only in SKR's own words does an address lead to another site (`links`)."""

    greeting: str
    body: str
    blocks: list[LetterBlock]
    button: str
    signed_by: str
    reason: str
    reply_to: str
    links: bool = False


@dataclass(frozen=True)
class WrittenMail:
    subject: str
    body: str
    text: str
    html: str
    letter: MailLetter


@dataclass(frozen=True)
class MailFrame:
    """Everything around the words: the reason, the page that the mail opens, who signs it, the reply address.

    Only a person with an account can choose how often mail comes.
    """

    reason: str
    path: str = ""
    reply_to: str = ""
    signed_by: str = ""
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
    letter = MailLetter(
        greeting=greeting(values.get("namn", "")),
        body=filled.strip(),
        blocks=blocks_of(filled),
        button=kind.button,
        signed_by=frame.signed_by,
        reason=frame.reason,
        reply_to=frame.reply_to,
        links=kind.own,
    )
    context = {
        "subject": line,
        "letter": letter,
        "sections": frame.sections,
        "url": absolute(frame.path) if frame.path else "",
        "choice": absolute(reverse("follow_up:mail_choice")) if frame.may_choose else "",
        "site": settings.SITE_URL,
    }
    text = render_to_string("mailings/mail.txt", context)
    return WrittenMail(line, filled, flowing(text), render_to_string("mailings/mail.html", context), letter)


def greeting(name: str) -> str:
    first = name.split()[:1]
    return f"Hej {first[0]}!" if first else "Hej!"


def section_of(part: Mail) -> DigestSection:
    kind = find_kind(part.kind)
    return DigestSection(
        title=part.subject,
        blocks=blocks_of(part.body),
        body=part.body.strip(),
        url=absolute(part.path) if part.path else "",
        button=kind.button if kind else "Öppna sidan",
        reason=part.reason,
    )


def flowing(text: str) -> str:
    return "\n".join(part for line in _lines(text) for part in _wrapped(line)).strip() + "\n"


def _wrapped(line: str) -> list[str]:
    # An address that is broken over two lines cannot be followed.
    indent = "  " if line.startswith("– ") else ""
    return textwrap.wrap(line, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False) or [""]


def _lines(text: str) -> list[str]:
    return re.sub(r"\n{3,}", "\n\n", text).split("\n")
