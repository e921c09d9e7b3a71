"""The PDF is accessible, archivable, the same every time, and reads nothing but our own files."""

import logging
import re
import zlib
from datetime import date
from io import BytesIO

import pikepdf
import pydyf
import pytest
import weasyprint
from celery.signals import worker_init
from django.template import engines
from django.template.loader import render_to_string

from kit import fonts
from kit.pdf import (
    ContentsLine,
    Cover,
    ForbiddenAddress,
    end_streams_clearly,
    finish,
    page_document,
    render_pdf,
    static_file,
    write,
)
from kit.pictures import PictureTable
from modell.celery import app
from tests.pdf_checks import assert_accessible_pdf, conformance_failures, page_texts, pdf_pages, pdf_text
from tests.picture_samples import pictures

# WeasyPrint leaves its own colour profile to the garbage collector to close.
pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed file .*sRGB2014.icc:ResourceWarning"),
    pytest.mark.one_database,
]

COVER = Cover(
    title="Region Granviks resultat av Modellregioner 2018–2020",
    subtitle="Resultatrapport till regionstyrelsen",
    sender=("Region Granvik", "Anna Åkerström, processledare"),
    day=date(2020, 12, 3),
    demonstration=True,
    draft=True,
)
HEADINGS = (
    ContentsLine("sammanfattning", "Sammanfattning"),
    ContentsLine("moment", "Moment för moment"),
    ContentsLine("rorelsen", "Rörelsen sedan starten", 3),
    ContentsLine("tabell", "Alla värden"),
)
# So many that the list has a page of its own, with dots; the few have the text after them.
MANY_HEADINGS = HEADINGS * 3
BODY = """{% extends "kit/pdf/base.html" %}{% block content %}
<h2 id="sammanfattning">Sammanfattning</h2>
<p class="lead">Sex av tio moment har gått framåt – största steget är +1, minsta −0,5 ● ”så här”.</p>
<div class="key-figures">
<div class="key-figure"><p class="value">22,5</p><p>sammanlagt, på en skala från 10 till 30</p></div>
<div class="key-figure"><p class="value">+3</p><p>sedan oktober 2019</p></div>
<div class="key-figure"><p class="value">7</p><p>bedömare</p></div></div>
<p>{{ prose }}</p>
<blockquote><p>”Vi har slutat fråga om vi ska göra det, och börjat fråga hur.”</p>
<p class="source">Ordförande i regionstyrelsen</p></blockquote>
<ul><li>Fortsätt med uppföljningen.</li><li>Fråga efter könsuppdelad statistik.</li></ul>
<p>Läs mer om <a href="https://example.org/metod">metoden</a>.</p>
<h2 id="moment" class="new-page">Moment för moment</h2>
<h3 id="rorelsen">Rörelsen sedan starten</h3>
{% for picture in pictures %}{{ picture.for_print }}<p>{{ prose }}</p>
{% include "kit/pdf/table.html" with table=picture.table %}{% endfor %}
<h2 id="tabell" class="new-page">Alla värden</h2>
{% include "kit/pdf/table.html" with table=long %}
{% endblock %}"""
PROSE = "Regionen har arbetat med jämställdhetsintegrering i tre år och följt arbetet i självskattningar. " * 6
LONG = PictureTable(
    "Värden för alla organisationer",
    ("Organisation", "2019", "2020", "Skillnad"),
    tuple((f"Organisation {number}", "2", "2,5" if number % 3 else "", "+0,5") for number in range(60)),
)


@pytest.fixture(scope="module")
def html() -> str:
    context = {"cover": COVER, "headings": MANY_HEADINGS, "pictures": pictures(), "prose": PROSE, "long": LONG}
    return engines["django"].from_string(BODY).render(context)


@pytest.fixture(scope="module")
def report(html: str) -> bytes:
    return render_pdf(html)


def test_the_report_is_accessible_and_archivable(report):
    assert_accessible_pdf(report)


@pytest.mark.parametrize("lines", [2, 6, 10])
def test_wherever_a_page_ends_no_table_leaves_a_lone_row(lines):
    words = [f"Stycke {number} {'åäö'[number % 3] * (number + 2)}." for number in range(lines)]
    body = BODY.replace(
        "{{ picture.for_print }}", "{{ picture.for_print }}" + "".join(f"<p>{word}</p>" for word in words)
    )
    context = {"cover": COVER, "headings": HEADINGS, "pictures": pictures(), "prose": "Kort text.", "long": LONG}
    data = render_pdf(engines["django"].from_string(body).render(context))
    assert "Alla värden sida" in page_texts(data)[1]
    assert "Sex av tio moment" in page_texts(data)[1]
    assert_accessible_pdf(data)


def test_the_same_content_is_the_same_file(html, report):
    assert render_pdf(html) == report


def test_what_stands_on_the_pages(report):
    text = pdf_text(report)
    for words in (
        "Arbetsmaterial",
        "Konstruerade demonstrationsuppgifter",
        "Sida 2 av",
        "åkerström",
        "−0,5 ● ”så här”",
    ):
        assert words.lower() in text.lower()


def test_the_head_of_a_long_table_is_repeated_and_its_last_rows_stay_together(report):
    with_head = [sheet for sheet in page_texts(report) if "Skillnad" in sheet and "Organisation 5" in sheet]
    assert len(with_head) >= 2
    assert all(f"Organisation {number}" in with_head[-1] for number in (57, 58, 59))


def test_progress_is_told_at_every_page_and_then_no_more(html, report):
    beats: list[None] = []
    render_pdf(html, progress=lambda: beats.append(None))
    n_beats = len(beats)
    assert n_beats >= pdf_pages(report)
    logging.getLogger("weasyprint.progress").info("another report")
    assert len(beats) == n_beats


def test_what_progress_raises_stops_the_building(html):
    def lost() -> None:
        raise RuntimeError("the lease is lost")

    with pytest.raises(RuntimeError, match="the lease is lost"):
        render_pdf(html, progress=lost)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/bild.png",
        "https://example.org/bild.png",
        "file:///etc/passwd",
        "static:finns-inte.png",
        "static:../modell/settings.py",
        "static:/etc/passwd",
        "/etc/passwd",
        "data:image/png;base64,AAAA",
    ],
)
def test_a_report_reads_our_static_files_and_nothing_else(address):
    with pytest.raises(ForbiddenAddress):
        render_pdf(f'<html lang="sv"><title>x</title><body><img alt="x" src="{address}">')


def test_our_own_static_file_is_read():
    file = static_file("static:kit/print-report.css")
    assert file is not None
    assert file.name == "print-report.css"


def test_skr_is_never_the_sender_of_made_up_figures():
    sender = ("Sveriges Kommuner och Regioner", "Jämställdhet")
    assert Cover("T", "U", sender, demonstration=True).author == "Demonstration av Modell"
    assert Cover("T", "U", sender).author == "Sveriges Kommuner och Regioner"
    shown = render_to_string(
        "kit/pdf/base.html", {"cover": Cover("T", "U", sender, demonstration=True), "headings": ()}
    )
    assert "Sveriges Kommuner" not in shown


def test_the_file_says_what_it_is(html):
    metadata = page_document(html).metadata
    assert metadata.title == COVER.title
    assert metadata.authors == ["Region Granvik"]
    assert metadata.lang == "sv"


def test_no_running_head_on_the_cover(report):
    first, second = page_texts(report)[:2]
    assert "Sida" not in first
    assert "Sida 2 av" in second


def test_a_stream_that_ends_by_chance_in_a_line_break_is_written_so_that_its_end_is_seen():
    """The last byte packed is that of the checksum: a number is looked for that makes it a carriage return."""
    unclear = next(n for n in range(100_000) if zlib.adler32(f"({n}) Tj".encode()) % 256 == 13)
    stream, clear = (pydyf.Stream([f"({n}) Tj".encode()], compress=True) for n in (unclear, unclear + 1))
    assert stream.data.endswith(b"\r\nendstream")
    document = pydyf.PDF()
    document.add_object(stream)
    document.add_object(clear)

    end_streams_clearly(document)

    assert f"({unclear}) Tj\nendstream".encode() in stream.data
    assert clear.compress


@pytest.mark.in_turn(3)
def test_nor_does_the_list_of_objects_at_its_end_end_in_one():
    """Packed when all else is written: short files are made until one would end so."""
    documents = (page_document(f"<html lang=sv><title>Nr</title><body><h1>{3**n}</h1>") for n in range(1000))
    unclear = next(document for document in documents if is_unclear(document))
    assert conformance_failures(write(unclear)) == []


def is_unclear(document: weasyprint.Document) -> bool:
    data = document.write_pdf(finisher=finish, pdf_variant="pdf/a-2a")
    return "PDFA2A-STREAM-LENGTH-001" in " ".join(conformance_failures(data))


class TestTheContents:
    """A contents list is announced as one, and read as titles and pages: no dots, no link inside a link."""

    def parts(self, report):
        with pikepdf.open(BytesIO(report)) as pdf:
            yield from below(pdf.Root.StructTreeRoot.K[0])

    def test_it_is_a_table_of_contents_to_a_reader(self, report):
        kinds = [str(part.S) for part in self.parts(report)]
        assert kinds.count("/TOC") == 1
        assert kinds.count("/TOCI") == kinds.count("/Reference") == len(MANY_HEADINGS)
        assert "/L" in kinds, "Lists of the text are still lists."

    def test_no_link_lies_in_a_link(self, report):
        for part in self.parts(report):
            if part.S == "/Link":
                assert "/Link" not in [str(inner.S) for inner in below(part)][1:]

    def test_no_dots_are_read_out(self, report):
        assert ". . ." not in page_texts(report)[1]
        assert re.search(r"Rörelsen sedan starten \d Alla värden \d", page_texts(report)[1])


def test_a_figure_lies_where_it_is_drawn(report):
    with pikepdf.open(BytesIO(report)) as pdf:
        figures = [part for part in below(pdf.Root.StructTreeRoot.K[0]) if part.S == "/Figure"]
        assert figures
        for figure in figures:
            left, bottom, right, top = (float(number) for number in figure.A.BBox)
            assert 60 < left < right < 596 - 60
            assert 60 < bottom < top < 842 - 60


def below(part):
    yield part
    kids = part.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from below(kid)


def test_it_is_set_in_our_fonts_only(report):
    with pikepdf.open(BytesIO(report)) as pdf:
        names = {str(font.BaseFont) for sheet in pdf.pages for font in sheet.resources.get("/Font", {}).values()}
    assert {name.partition("+")[2].split("-")[0] for name in names} == {"Inter"}


def test_a_worker_has_unpacked_the_fonts_before_its_first_pdf():
    fonts.unpacked.cache_clear()
    worker_init.send(sender=app)
    before = fonts.unpacked.cache_info().misses
    render_pdf("<p>Den första.</p>")
    assert fonts.unpacked.cache_info().misses == before == len(fonts.INTER)
