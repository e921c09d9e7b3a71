"""What the letter holds, as page and PDF print it."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from hashlib import sha256
from typing import ClassVar

from modell.templatetags.swedish import enumerated
from reports.content.base import Content
from reports.pdf import Heading
from reports.pictures import Table


@dataclass(frozen=True)
class Line:
    text: str
    url: str = ""


@dataclass(frozen=True)
class List:
    """Lines under a heading of their own: what strategists prepare, what results are expected."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Section:
    """`key` is the anchor and what versions are compared by; `name` is how a sentence names the section."""

    key: str
    heading: str
    name: str
    paragraphs: tuple[str, ...] = ()
    lists: tuple[List, ...] = ()
    tables: tuple[Table, ...] = ()
    new_page: bool = False

    @property
    def leads_on(self) -> bool:
        """Its last paragraph belongs to what follows: they are not parted by a page's end."""
        return bool(self.lists or self.tables)

    @property
    def digest(self) -> str:
        return sha256(json.dumps(asdict(self), default=str, ensure_ascii=False).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class LetterContent(Content):
    """`number` and `changed` are the version's; a letter that is not sent yet has neither."""

    sections: tuple[Section, ...]
    number: int = 0
    changed: str = ""
    template: ClassVar[str] = "pdf/letter.html"

    @property
    def headings(self) -> tuple[Heading, ...]:
        return ()

    @property
    def is_empty(self) -> bool:
        return not self.sections

    @property
    def parts(self) -> dict[str, str]:
        return {section.key: section.digest for section in self.sections}

    def issued(self, number: int, changed: str, day: date) -> "LetterContent":
        """As it is sent: with its day and version, no longer a draft."""
        return replace(self, cover=replace(self.cover, day=day, draft=False), number=number, changed=changed)

    def changed_since(self, parts: dict[str, str]) -> str:
        """Which sections are new or another since an earlier version, in words."""
        now = {section.key: section.name for section in self.sections if parts.get(section.key) != section.digest}
        gone = "något som inte gäller längre" if parts.keys() - self.parts.keys() else ""
        return enumerated(filter(None, [*now.values(), gone])) if now or gone else ""
