"""Values that the letter's page and PDF print."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from hashlib import sha256
from typing import ClassVar

from kit.pdf import ContentsLine
from kit.pictures import PictureTable
from kit.templatetags.swedish import enumerated
from reports.printers.pdf import PdfContent


@dataclass(frozen=True)
class LetterLine:
    text: str
    url: str = ""


@dataclass(frozen=True)
class LetterList:
    heading: str
    lines: tuple[LetterLine, ...]


@dataclass(frozen=True)
class LetterSection:
    """`key` is the anchor, and identifies the section between versions; `name` is its name in a sentence."""

    key: str
    heading: str
    name: str
    paragraphs: tuple[str, ...] = ()
    lists: tuple[LetterList, ...] = ()
    tables: tuple[PictureTable, ...] = ()
    new_page: bool = False

    @property
    def is_empty(self) -> bool:
        """True if SKR has left out all its texts, and the omgång gives it nothing else."""
        return not (self.paragraphs or self.lists or self.tables)

    @property
    def leads_on(self) -> bool:
        """True if the last paragraph must stay on the same page as what follows."""
        return bool(self.lists or self.tables)

    @property
    def digest(self) -> str:
        # Sent versions store this digest, so a renamed field would mark every section as changed.
        return sha256(json.dumps(asdict(self), default=str, ensure_ascii=False).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class LetterContent(PdfContent):
    """`number` and `changed` belong to a version that is sent; a draft has neither."""

    sections: tuple[LetterSection, ...]
    number: int = 0
    changed: str = ""
    template: ClassVar[str] = "admission/pdf/letter.html"

    @property
    def headings(self) -> tuple[ContentsLine, ...]:
        return ()

    @property
    def is_empty(self) -> bool:
        return not self.sections

    @property
    def parts(self) -> dict[str, str]:
        return {section.key: section.digest for section in self.sections}

    def issued(self, number: int, changed: str, day: date) -> "LetterContent":
        return replace(self, cover=replace(self.cover, day=day, draft=False), number=number, changed=changed)

    def changed_since(self, parts: dict[str, str]) -> str:
        now = {section.key: section.name for section in self.sections if parts.get(section.key) != section.digest}
        gone = "något som inte gäller längre" if parts.keys() - self.parts.keys() else ""
        return enumerated(filter(None, [*now.values(), gone])) if now or gone else ""
