"""A report as Word: real styles, contents, captions, heads, alternative texts, language; read in the XML itself."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from kit.pictures import PictureTable
from kit.word.tables import PADDING, SIGN, WIDTH, widths_of
from reports.content import JointContent, organisation_content
from reports.content.base import Stamp
from reports.content.organisation import OwnText
from reports.enums import BuildFormat
from reports.printers import printed
from tests.factories import ReportFactory
from tests.hostile import ADDRESS, HOSTILE
from tests.reports.printed_samples import WORDS, cohort_of_six, joint_of, own_content

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-22 09:00:00+01:00", tick=False):
        yield


@pytest.fixture
def cohort():
    return cohort_of_six()


@pytest.fixture(params=[own_content, joint_of], ids=["own", "joint"])
def content(request, cohort):
    return request.param(cohort)


def opened(content):
    return Document(BytesIO(printed(content, BuildFormat.WORD)))


def texts_in(document, style):
    return [line.text for line in document.paragraphs if line.style.name == style]


def fields(document):
    return [code.text.strip() for code in document.element.iter(qn("w:instrText"))]


def test_headings_are_headings_and_stand_in_the_contents(content):
    document = opened(content)
    assert texts_in(document, "Title") == [content.cover.title]
    chapters = [line.text for line in content.headings if line.level == 2]
    assert texts_in(document, "Heading 1") == chapters
    assert texts_in(document, "toc 1") == chapters
    assert texts_in(document, "toc 2") == [line.text for line in content.headings if line.level == 3]
    assert fields(document)[0].startswith("TOC ")


def test_each_entry_of_the_contents_leads_to_its_heading(content):
    document = opened(content)
    links = [(link.get(qn("w:anchor")), "".join(link.itertext())) for link in document.element.iter(qn("w:hyperlink"))]
    places = {}
    for mark in document.element.iter(qn("w:bookmarkStart")):
        places[mark.get(qn("w:name"))] = "".join(mark.getparent().itertext())
    assert [(places[anchor], text) for anchor, text in links if anchor] == [
        (text, text) for anchor, text in links if anchor
    ]
    numbers = [mark.get(qn("w:id")) for mark in document.element.iter(qn("w:bookmarkStart"))]
    assert len(numbers) == len(set(numbers)) == len(list(document.element.iter(qn("w:bookmarkEnd"))))
    assert all(len(name) <= 40 for name in places)


def test_every_field_is_opened_and_closed(content):
    kinds = [mark.get(qn("w:fldCharType")) for mark in opened(content).element.iter(qn("w:fldChar"))]
    assert kinds
    assert kinds == ["begin", "separate", "end"] * (len(kinds) // 3)


def test_captions_are_numbered_by_fields(content):
    document = opened(content)
    captions = [text for text in texts_in(document, "Caption") if text.startswith("Tabell")]
    assert [text.partition(".")[0] for text in captions] == [f"Tabell {n}" for n in range(1, len(document.tables) + 1)]
    assert fields(document).count("SEQ Tabell \\* ARABIC") == len(document.tables)


def test_the_head_of_a_table_comes_back_and_no_row_is_cut(content):
    for table in opened(content).tables:
        heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
        assert heads == [True] + [False] * (len(table.rows) - 1)
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        grid = [column.width.cm for column in table.columns]
        assert sum(grid) == pytest.approx(WIDTH, abs=0.1)
        assert [cell.width.cm for cell in table.rows[0].cells] == pytest.approx(grid)


def test_the_picture_has_its_words(cohort):
    content = own_content(cohort)
    document = opened(content)
    [shape] = document.inline_shapes
    picture = content.values.picture
    assert shape._inline.docPr.get("descr") == f"{picture.title}. {picture.description}"
    [part] = [rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/image")]
    assert part.blob.startswith(b"\x89PNG")
    assert "Bild 1. Förflyttning per moment" in texts_in(document, "Caption")


def test_it_is_in_swedish_and_says_what_it_is(content):
    data = printed(content, BuildFormat.WORD)
    with ZipFile(BytesIO(data)) as archive:
        styles, settings = (etree.fromstring(archive.read(f"word/{name}.xml")) for name in ("styles", "settings"))
        assert not [name for name in archive.namelist() if "thumbnail" in name]
    languages = {lang.get(qn("w:val")) for lang in styles.iter(qn("w:lang"))}
    assert languages == {"sv-SE"}
    assert dict(settings.find(qn("w:themeFontLang")).attrib) == {qn("w:val"): "sv-SE"}
    properties = Document(BytesIO(data)).core_properties
    assert (properties.title, properties.language) == (content.cover.title, "sv-SE")


def test_a_draft_and_a_demonstration_say_so_on_every_page():
    content = own_content(cohort_of_six(constructed=True, provenance="Påhittat."))
    said = {}
    for kind, each in (
        ("draft", content.as_draft()),
        ("edition", content.stamped(Stamp(2, frozen_on=date(2026, 3, 1)))),
    ):
        document = opened(each)
        said[kind] = document.sections[0].footer.paragraphs[0].text, "Arbetsmaterial" in texts_in(document, "Märkning")
    assert said["draft"] == ("Arbetsmaterial · Påhittade organisationer, värden och texter\tSida 1 av 1", True)
    assert said["edition"] == ("Påhittade organisationer, värden och texter\tSida 1 av 1", False)
    assert "Utgåva 2, 1 mars 2026" in [line.text for line in document.paragraphs]


def test_nothing_is_left_out(content):
    lines = [line.text for line in opened(content).paragraphs]
    own = "Fler frågar." if isinstance(content, JointContent) else WORDS
    assert any(own in line for line in lines)
    assert any("Tiderna delades om." in line for line in lines)
    cells = {cell.text for table in opened(content).tables for row in table.rows for cell in row.cells}
    assert {number.printed for number in content.numbers} <= cells


def test_any_text_makes_a_file_that_opens():
    section = OwnText("avsnitt-results", "Resultat", "", "results", True)
    report = ReportFactory()
    for kind, text in HOSTILE.items():
        content = replace(organisation_content(report), sections=(replace(section, text=text),))
        data = printed(content, BuildFormat.WORD)
        with ZipFile(BytesIO(data)) as archive:
            for name in archive.namelist():
                if name.endswith((".xml", ".rels")):
                    etree.fromstring(archive.read(name))
        links = [link for line in Document(BytesIO(data)).paragraphs for link in line.hyperlinks]
        assert (ADDRESS in {link.address for link in links}) == (kind == "address")


@pytest.mark.parametrize("columns", [2, 3, 5, 9, 14])
def test_the_columns_share_the_page(columns):
    table = PictureTable(
        "Tabell", ("Moment", *("2,5",) * (columns - 1)), (("Ett långt moment", *("2,5",) * (columns - 1)),)
    )
    words = PictureTable("Tabell", ("Ord",) * columns, (("Ett långt ord",) * columns,))
    for each in (table, words):
        assert sum(widths_of(each)) == pytest.approx(WIDTH, abs=0.01)
        assert min(widths_of(each)) > 0


def test_no_word_is_broken_beside_a_long_text():
    goal = "Minst tre av regionerna är mentorer i nästa omgång, och alla sex berättar om sitt arbete för andra."
    table = PictureTable("Tabell", ("Mål", "Deltagarna", "Utvärderaren", "SKR"), ((goal, "–", "Uppfyllt", "–"),))
    widths = widths_of(table)
    assert widths[2] >= len("Utvärderaren") * SIGN + PADDING
    assert widths[0] == max(widths)
