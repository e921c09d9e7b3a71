"""Conversion of HTML to a PDF that is both PDF/UA-1 (accessible) and PDF/A-2a (archivable).

WeasyPrint writes PDF/A-2a; `finish` adds what PDF/UA-1 also asks for before the file is closed (tests/kit/test_pdf.py
has the proof). The same HTML always gives the same bytes.
"""

import logging
import mimetypes
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pydyf
import weasyprint
from django.contrib.staticfiles import finders
from weasyprint.text.ffi import ffi, fontconfig, gobject, pangoft2
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from kit.fonts import faces, unpacked
from kit.references.in_pdf import name_figures
from kit.signs import on_paper

# Font subsets carry a time stamp, which must be fixed for two builds of the same content to be equal byte for byte.
os.environ.setdefault("SOURCE_DATE_EPOCH", "1577836800")

PDFUA = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
  <pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
  <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
  <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
  <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
    <pdfaProperty:name>part</pdfaProperty:name>
    <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
    <pdfaProperty:category>internal</pdfaProperty:category>
    <pdfaProperty:description>Part of PDF/UA standard</pdfaProperty:description>
  </rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
UNCLEAR_ENDS = (b"\r\nendstream", b"\n\nendstream")
MOST_SPARE = 8  # about a sixtieth of the files need a spare object
ffi.cdef("FcConfig * FcConfigCreate (void);")
POINTS_IN_A_PIXEL = 0.75
NO_TEXT = b"<200b>"
CONTENTS_PARTS = {"/LBody": "/Reference", "/LI": "/TOCI", "/L": "/TOC"}
PAGINATION = pydyf.Dictionary({"Type": "/Pagination"})


class ForbiddenAddress(Exception):
    """The document refers to something else than our static files."""


@dataclass(frozen=True)
class ContentsLine:
    """A line of the table of contents; `anchor` is the id of the heading in the text."""

    anchor: str
    text: str
    level: int = 2


@dataclass(frozen=True)
class Cover:
    """The first page and the file's metadata, printed by `templates/kit/pdf/base.html`."""

    title: str
    subtitle: str
    sender: tuple[str, ...]
    day: date | None = None
    demonstration: bool = False
    draft: bool = False

    @property
    def sender_lines(self) -> tuple[str, ...]:
        # SKR must never appear as the sender of invented figures.
        if self.demonstration and any("SKR" in line or "Sveriges Kommuner" in line for line in self.sender):
            return ("Demonstration av Modell", "Ingen organisation står bakom innehållet")
        return self.sender

    @property
    def author(self) -> str:
        return self.sender_lines[0] if self.sender_lines else "Modell"


class StaticFetcher(URLFetcher):
    """A fetcher that reads our own static files (`static:kit/print-report.css`) and nothing else."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        path = static_file(url)
        if path is None:
            # The error must be fatal: WeasyPrint only logs others, and the report would have a hole.
            raise FatalURLFetchingError(url)
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        content = unpacked(path) if path.suffix == ".woff2" else path.read_bytes()
        return URLFetcherResponse(url, content, {"Content-Type": kind})


def static_file(url: str) -> Path | None:
    if not url.startswith("static:") or ".." in url:
        return None
    path = finders.find(url.removeprefix("static:").lstrip("/"))
    return Path(path) if isinstance(path, str) else None


def render_pdf(html: str, *, progress: Callable[[], None] | None = None) -> bytes:
    """Return the PDF; raise `ForbiddenAddress` if the HTML refers to something else than static files.

    `progress` is called at each page and step, to renew a lease; an exception from it stops the build.
    """
    try:
        with watched(progress):
            return write(page_document(html))
    except FatalURLFetchingError as error:
        # WeasyPrint's error is a BaseException, which a task's `except Exception` would let through.
        raise ForbiddenAddress(f"A report may not load {error}") from error


def write(document: weasyprint.Document) -> bytes:
    # pydyf packs two streams after `finish`. If one of them has an unclear end, an unused object changes both.
    for spare in range(MOST_SPARE):
        data = document.write_pdf(finisher=partial(finish, spare=spare), pdf_variant="pdf/a-2a")
        if not any(end in data for end in UNCLEAR_ENDS):
            break
    return data


class OurFonts(FontConfiguration):
    """A font configuration without the machine's fonts: the same signs look the same, and are missing, everywhere."""

    def __init__(self) -> None:
        # As WeasyPrint does it, but for the empty FcConfig.
        self._config = fontconfig.FcConfigCreate()
        self.font_map = ffi.gc(pangoft2.pango_ft2_font_map_new(), gobject.g_object_unref)
        pangoft2.pango_fc_font_map_set_config(ffi.cast("PangoFcFontMap *", self.font_map), self._config)
        fontconfig.FcConfigDestroy(self._config)
        self._folder: Path | None = None
        self.strut_layouts: dict[Any, Any] = {}
        self.font_features: dict[Any, Any] = {}


def page_document(html: str) -> weasyprint.Document:
    fonts, fetcher = OurFonts(), StaticFetcher()
    rules = weasyprint.CSS(string=faces(), base_url="static:", url_fetcher=fetcher, font_config=fonts)
    source = weasyprint.HTML(string=on_paper(html), base_url="static:", url_fetcher=fetcher)
    return source.render(font_config=fonts, stylesheets=[rules], pdf_variant="pdf/a-2a")


class _Beat(logging.Handler):
    """A log handler, since WeasyPrint reports its progress only in its log."""

    def __init__(self, progress: Callable[[], None]) -> None:
        super().__init__()
        self.progress, self.thread = progress, threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if threading.get_ident() == self.thread:
            self.progress()


@contextmanager
def watched(progress: Callable[[], None] | None) -> Iterator[None]:
    if progress is None:
        yield
        return
    logger, beat = logging.getLogger("weasyprint.progress"), _Beat(progress)
    logger.addHandler(beat)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(beat)


def finish(document: weasyprint.Document, pdf: pydyf.PDF, spare: int = 0) -> None:
    set_header_scopes(pdf)
    name_figures(document, pdf)
    mark_contents(pdf)
    place_figures(pdf)
    make_margin_boxes_artifacts(pdf)
    map_every_glyph(pdf)
    declare_pdfua(pdf)
    end_streams_clearly(pdf)
    for _ in range(spare):
        pdf.add_object(pydyf.Dictionary())


def set_header_scopes(pdf: pydyf.PDF) -> None:
    for cell in structure_elements(pdf, "/TH"):
        if "A" not in cell:
            continue  # an anonymous box inside a cell has the same tag
        row = referred(pdf, cell["P"])
        kinds = {referred(pdf, kid)["S"] for kid in row["K"]}
        cell["A"]["Scope"] = "/Row" if "/TD" in kinds else "/Column"


def mark_contents(pdf: pydyf.PDF) -> None:
    """Turn a list whose links lead into the file from a plain list into a table of contents."""
    for link in structure_elements(pdf, "/Link"):
        if not any(leads_into_the_file(pdf, kid) for kid in link["K"]):
            continue
        element = link
        while element["S"] in CONTENTS_PARTS or element is link:
            element["S"] = CONTENTS_PARTS.get(element["S"], element["S"])
            element = referred(pdf, element["P"])


def leads_into_the_file(pdf: pydyf.PDF, kid: object) -> bool:
    # A kid is the number of a marked content, or a reference to the object of an annotation.
    return isinstance(kid, bytes) and "Dest" in referred(pdf, referred(pdf, kid).get("Obj", kid))


def place_figures(pdf: pydyf.PDF) -> None:
    # WeasyPrint gives a figure's place in pixels from the top of the page; PDF counts points from the bottom.
    for figure in structure_elements(pdf, "/Figure"):
        left, top, right, bottom = (number * POINTS_IN_A_PIXEL for number in figure["A"]["BBox"])
        height = referred(pdf, figure["Pg"])["MediaBox"][3]
        figure["A"]["BBox"] = pydyf.Array([left, height - bottom, right, height - top])


def map_every_glyph(pdf: pydyf.PDF) -> None:
    # A glyph that only completes another, as a tone mark in Thai, would have an empty text, which no profile allows.
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and b"begincmap" in item.stream:
            item.stream = [line.replace(b"<>", NO_TEXT) for line in item.stream]


def make_margin_boxes_artifacts(pdf: pydyf.PDF) -> None:
    # A screen reader would read running heads and page numbers in the middle of a sentence.
    root = referred(pdf, pdf.catalog["StructTreeRoot"])
    document = root["K"][0]
    spoken = set(referred(pdf, document)["K"])
    numbers = referred(pdf, root["ParentTree"])["Nums"]
    for page, reference in enumerate(pdf.page_references):
        elements = numbers[2 * page + 1]
        silent = {mcid for mcid, element in enumerate(elements) if topmost(pdf, element, document) not in spoken}
        silence(referred(pdf, referred(pdf, reference)["Contents"]).stream, silent)
        for mcid in silent:
            elements[mcid] = "null"


def topmost(pdf: pydyf.PDF, element: bytes, document: bytes) -> bytes:
    """Return the element's ancestor directly under the document."""
    while (parent := referred(pdf, element)["P"]) != document:
        element = parent
    return element


def silence(stream: list[Any], mcids: set[int]) -> None:
    """Turn the marked content with these ids into pagination artifacts, in a page's stream."""
    for place, item in enumerate(stream):
        if item == b"BDC" and stream[place - 1].get("MCID") in mcids:
            stream[place - 2 : place] = ["/Artifact", PAGINATION]


def declare_pdfua(pdf: pydyf.PDF) -> None:
    # Archives read the metadata, so its stream is not compressed.
    metadata = referred(pdf, pdf.catalog["Metadata"])
    metadata.compress = False
    metadata.stream = [part.replace(b"</rdf:RDF>", PDFUA + b"</rdf:RDF>") for part in metadata.stream]


def end_streams_clearly(pdf: pydyf.PDF) -> None:
    """Store a stream unpacked if its packed bytes end in a line break, since its end could not be told then.

    This happens to about a stream in a hundred and thirty; a validator that counts from the end gets a byte too few.
    """
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and item.compress and item.data.endswith(UNCLEAR_ENDS):
            item.compress = False


def referred(pdf: pydyf.PDF, reference: bytes) -> pydyf.Object:
    return pdf.objects[int(reference.split()[0])]


def structure_elements(pdf: pydyf.PDF, kind: str) -> Iterator[pydyf.Dictionary]:
    for item in pdf.objects:
        if isinstance(item, pydyf.Dictionary) and item.get("S") == kind and item.get("Type") == "/StructElem":
            yield item
