"""The words of a letter taken apart, so that its HTML has lists and links where its text has lines.

A line of a list begins with a dash. The page that it leads to stands on the next line, indented.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings

from kit.prose import split_in_paragraphs, with_links

_ITEM = re.compile(r"[-–•] +(.+)")


@dataclass(frozen=True)
class MailLine:
    text: str
    url: str = ""

    @property
    def pieces(self) -> list[tuple[str, str]]:
        return list(with_links(self.text))


@dataclass(frozen=True)
class LetterBlock:
    """A paragraph, or a list if it has items."""

    text: str = ""
    items: tuple[MailLine, ...] = ()

    @property
    def pieces(self) -> list[tuple[str, str]]:
        return list(with_links(self.text))


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def line_of_list(text: str, path: str = "") -> str:
    return f"– {text}\n  {absolute(path)}" if path else f"– {text}"


def blocks_of(body: str) -> list[LetterBlock]:
    return [block for paragraph in split_in_paragraphs(body) for block in _blocks(paragraph.split("\n"))]


def _blocks(lines: Iterable[str]) -> Iterator[LetterBlock]:
    for is_list, run in groupby(lines, lambda line: bool(_ITEM.match(line)) or _is_address(line)):
        if is_list:
            yield LetterBlock(items=tuple(_items(run)))
        else:
            yield LetterBlock("\n".join(run))


def _is_address(line: str) -> bool:
    # Only a page of this site: a link's words must never hide that it leads elsewhere.
    return line.startswith(f"  {settings.SITE_URL}/") and " " not in line.strip()


def _items(lines: Iterable[str]) -> Iterator[MailLine]:
    waiting = ""
    for line in lines:
        item = _ITEM.match(line)
        if item:
            if waiting:
                yield MailLine(waiting)
            waiting = item[1]
        else:
            address = line.strip()
            yield MailLine(waiting or address, address)
            waiting = ""
    if waiting:
        yield MailLine(waiting)
