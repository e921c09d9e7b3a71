"""From a kind's words to a mail's text and HTML: the same paragraphs in both."""

import logging
import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from mailings.kinds import MailKind, find_kind
from mailings.models import Mail, Wording

log = logging.getLogger(__name__)

FIELD = re.compile(r"\{([a-z_]+)\}")
# Whatever stands in braces, to find what is no field.
BRACES = re.compile(r"\{[^{}]*\}")
PROGRAMME = "Modellkommuner och Modellregioner"
WIDTH = 76


@dataclass(frozen=True)
class Section:
    """One mail's matter within a digest."""

    title: str
    paragraphs: list[str]
    url: str
    button: str
    reason: str


@dataclass(frozen=True)
class Written:
    subject: str
    body: str
    text: str
    html: str


@dataclass(frozen=True)
class Frame:
    """What stands around the words: why one gets it, the page it opens, where an answer goes.

    Only who has an account can choose how often mail comes.
    """

    reason: str
    path: str = ""
    reply_to: str = ""
    sections: Sequence[Section] = ()
    may_choose: bool = True


def write(kind: MailKind, values: Mapping[str, str], frame: Frame) -> Written:
    """In SKR's words where there are any. Raises KeyError where ours name a field that has no value."""
    values = {"omgang": PROGRAMME, **values}
    wording = Wording.objects.filter(kind=kind.key).first()
    if wording:
        try:
            return compose(kind, wording.subject, wording.body, values, frame)
        except KeyError:  # a mail in our words is better than none
            log.exception("SKR's words for %s name a field that has no value.", kind.key)
    return compose(kind, kind.subject, kind.body, values, frame)


def compose(kind: MailKind, subject: str, body: str, values: Mapping[str, str], frame: Frame) -> Written:
    """The mail with these words, as they stand in the editor or are stored."""
    line, filled = " ".join(fill(subject, values).split())[:200], fill(body, values)
    context = {
        "subject": line,
        "name": values["namn"],
        "paragraphs": paragraphs(filled),
        "sections": frame.sections,
        "url": absolute(frame.path) if frame.path else "",
        "button": kind.button,
        "reason": frame.reason,
        "reply_to": frame.reply_to,
        "choice": absolute(reverse("programme:mail_choice")) if frame.may_choose else "",
        "site": settings.SITE_URL,
    }
    text = render_to_string("mail/mail.txt", context)
    return Written(subject=line, body=filled, text=flowing(text), html=render_to_string("mail/mail.html", context))


def section_of(part: Mail) -> Section:
    kind = find_kind(part.kind)
    return Section(
        title=part.subject,
        paragraphs=paragraphs(part.body),
        url=absolute(part.path) if part.path else "",
        button=kind.button if kind else "Öppna sidan",
        reason=part.reason,
    )


def fill(text: str, values: Mapping[str, str]) -> str:
    return FIELD.sub(lambda found: values[found.group(1)], text)


def unknown_fields(kind: MailKind, text: str) -> list[str]:
    """What stands in braces and is none of the kind's fields, in order."""
    known = {f"{{{name}}}" for name in kind.fills()}
    return list(dict.fromkeys(found for found in BRACES.findall(text) if found not in known))


def paragraphs(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip()]


def flowing(text: str) -> str:
    """No line wider than a mail should have; an address is never broken."""
    lines = (
        textwrap.wrap(line, WIDTH, break_long_words=False, break_on_hyphens=False) or [""] for line in _lines(text)
    )
    return "\n".join(line for wrapped in lines for line in wrapped).strip() + "\n"


def _lines(text: str) -> list[str]:
    """At most one empty line after another."""
    return re.sub(r"\n{3,}", "\n\n", text).split("\n")


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
