"""A Word document holds what was typed: its lines, its addresses as links, and no sign that Word cannot open."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from lxml import etree

from kit.word import About, bytes_of, new_document, paragraph
from tests.hostile import ADDRESS, HOSTILE


def written(text: str) -> Document:
    document = new_document(About(text, text, text, date(2026, 9, 1)))
    paragraph(document, text)
    return Document(BytesIO(bytes_of(document)))


@pytest.mark.parametrize("kind", HOSTILE)
def test_any_text_makes_a_document_that_opens(kind):
    document = new_document(About(HOSTILE[kind], HOSTILE[kind], HOSTILE[kind], date(2026, 9, 1)))
    paragraph(document, HOSTILE[kind])
    raw = bytes_of(document)
    for name in ZipFile(BytesIO(raw)).namelist():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(ZipFile(BytesIO(raw)).read(name))
    assert Document(BytesIO(raw)).paragraphs[0].text


def test_line_ends_and_lists_stay():
    assert written("Rad ett\x0brad två\r\n- tre").paragraphs[0].text == "Rad ett\nrad två\n- tre"


def test_addresses_are_links():
    [line] = written(f"Se {ADDRESS}, eller skriv till anna.ek@exempel.invalid.").paragraphs
    assert [link.address for link in line.hyperlinks] == [ADDRESS, "mailto:anna.ek@exempel.invalid"]
    assert line.text == f"Se {ADDRESS}, eller skriv till anna.ek@exempel.invalid."


def test_a_sign_that_our_own_fonts_lack_is_left_to_words():
    assert written("中文 👍").paragraphs[0].text == "中文 👍"
