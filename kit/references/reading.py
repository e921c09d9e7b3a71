"""Reading the printed figures of any format back, each with its reference."""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

import pikepdf
from lxml import etree  # type: ignore[import-untyped]

from kit.references.in_pdf import read_pdf
from kit.references.in_slides import read_slides
from kit.references.in_web import read_web
from kit.references.in_word import read_word
from kit.references.naming import is_same_print

WORD, SLIDES = "word/document.xml", "ppt/presentation.xml"


class NotRead(ValueError):
    """The file is of no format that holds references, or is broken."""


def figures_in(data: bytes) -> dict[str, str]:
    """Return what is printed by its reference, in the file's order; raise `NotRead` if it contradicts itself."""
    figures: dict[str, str] = {}
    for ref, printed in _read(data):
        first = figures.setdefault(ref, printed)
        if not (is_same_print(printed, first) or is_same_print(first, printed)):
            raise NotRead(f"{ref} is printed both as {first} and as {printed}")
    return figures


def _read(data: bytes) -> Iterator[tuple[str, str]]:
    if data.startswith(b"%PDF-"):
        yield from _of_pdf(data)
    elif data.startswith(b"PK"):
        yield from _of_zip(data)
    elif data.lstrip()[:1] == b"{":
        yield from _of_json(data)
    elif data.lstrip()[:15].lower() == b"<!doctype html>":
        yield from read_web(data.decode())
    else:
        raise NotRead("it is no PDF, Word, PowerPoint, JSON or HTML file")


def _of_pdf(data: bytes) -> Iterator[tuple[str, str]]:
    try:
        yield from read_pdf(data)
    except pikepdf.PdfError as error:
        raise NotRead("it is a broken PDF") from error


def _of_zip(data: bytes) -> Iterator[tuple[str, str]]:
    try:
        archive = ZipFile(BytesIO(data))
    except BadZipFile as error:
        raise NotRead("it is a broken zip file") from error
    names = archive.namelist()
    if WORD in names:
        yield from read_word(archive, _parsed)
    elif SLIDES in names:
        yield from read_slides(data)
    else:
        for name in sorted(name for name in names if name.endswith(".html")):
            yield from read_web(archive.read(name).decode())


def _of_json(data: bytes) -> Iterator[tuple[str, str]]:
    try:
        document = json.loads(data)
        yield from ((number["ref"], number["printed"]) for number in document["numbers"])
    except (ValueError, KeyError, TypeError) as error:
        raise NotRead("its JSON is not that of a report") from error


def _parsed(data: bytes) -> Any:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
