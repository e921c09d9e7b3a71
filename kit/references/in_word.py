"""References in Word: a bookmark around each figure, and a part of the file that says which reference it is.

A bookmark's own name holds only forty letters. The part has names alone; the figures stand in the text.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from zipfile import ZipFile

from docx.document import Document as WordDocument
from docx.opc.part import Part
from lxml import etree  # type: ignore[import-untyped]

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
NAMESPACE = "urn:modell:references"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT, BREAK, START, END = f"{W}t", f"{W}br", f"{W}bookmarkStart", f"{W}bookmarkEnd"


def keep_references(document: WordDocument, references: Mapping[str, str]) -> None:
    if not references:
        return
    root = etree.Element(f"{{{NAMESPACE}}}references", nsmap={None: NAMESPACE})
    for bookmark, ref in references.items():
        etree.SubElement(root, f"{{{NAMESPACE}}}reference", bookmark=bookmark, ref=ref)
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    package = document.part.package
    part = Part(package.next_partname("/customXml/item%d.xml"), "application/xml", data, package)
    document.part.relate_to(part, RELATION)


def read_word(archive: ZipFile, parse: Any) -> Iterator[tuple[str, str]]:
    """Return the named figures in the text's order, each with the text inside its bookmark."""
    references = _references(archive, parse)
    inside: dict[str, tuple[str, list[str]]] = {}
    for element in parse(archive.read("word/document.xml")).iter(TEXT, BREAK, START, END):
        if element.tag == START and element.get(f"{W}name") in references:
            inside[element.get(f"{W}id")] = references[element.get(f"{W}name")], []
        elif element.tag == END and element.get(f"{W}id") in inside:
            ref, texts = inside.pop(element.get(f"{W}id"))
            yield ref, "".join(texts).strip()
        elif element.tag == TEXT:
            for _, texts in inside.values():
                texts.append(element.text or "")


def _references(archive: ZipFile, parse: Any) -> dict[str, str]:
    names = [name for name in archive.namelist() if name.startswith("customXml/item") and name.endswith(".xml")]
    roots = [parse(archive.read(name)) for name in names]
    return {
        entry.get("bookmark"): entry.get("ref")
        for root in roots
        if etree.QName(root).namespace == NAMESPACE
        for entry in root
    }
