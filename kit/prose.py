"""Typed text as its writer laid it out: paragraphs between empty lines, lists, and the lines of both."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import groupby

from django.utils.html import urlize

from kit.canonical import with_line_ends

_EMPTY_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_LINK = re.compile(r'<a href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_IN_A_LIST = re.compile(r"\s*(?:[-–—•·*▪◦➢✓→]|\d{1,2}[.)]|[a-zåäö]\))\s")


def split_in_paragraphs(text: str) -> list[str]:
    """Return what stands between empty lines, each with its own line ends."""
    return [part.strip("\n") for part in _EMPTY_LINES.split(with_line_ends(text).strip()) if part]


def parts(paragraph: str) -> Iterator[tuple[bool, list[str]]]:
    """Return the paragraph's lines in runs; True goes with two or more lines of a list, each with its own sign."""
    plain: list[str] = []
    for marked, run in groupby(paragraph.split("\n"), lambda line: bool(_IN_A_LIST.match(line))):
        lines = list(run)
        if marked and len(lines) > 1:
            if plain:
                yield False, plain
            yield True, lines
            plain = []
        else:
            plain += lines
    if plain:
        yield False, plain


def with_links(text: str) -> Iterator[tuple[str, str]]:
    """Return the text in pieces, each with the address that it leads to, or "" if it leads nowhere."""
    # The same rule as on the pages, whose HTML is taken apart.
    pieces = _LINK.split(urlize(text, autoescape=True))
    for plain, address, shown in zip(pieces[::3], [*pieces[1::3], ""], [*pieces[2::3], ""], strict=True):
        if plain:
            yield unescape(plain), ""
        if shown:
            yield unescape(shown), unescape(address)
