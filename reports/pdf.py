"""From HTML to a PDF that is PDF/UA-1 (accessible) and PDF/A-2a (archivable) at once.

WeasyPrint writes PDF/A-2a; three things that PDF/UA-1 also asks for are put in by `finish` before the file is closed
(docs/adr and tests/test_pdf.py hold the proof). The same HTML always gives the same bytes.
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
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

# Font subsets carry a time stamp; a fixed one makes two builds of the same content equal, byte for byte.
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
MOST_SPARE = 8  # one file in sixty needs one
PAGINATION = pydyf.Dictionary({"Type": "/Pagination"})


class ForbiddenAddress(Exception):
    """The document asked for something that is not one of our static files."""


@dataclass(frozen=True)
class Heading:
    """A line of the table of contents; `anchor` is the id of the heading in the text."""

    anchor: str
    text: str
    level: int = 2


@dataclass(frozen=True)
class Cover:
    """What `templates/pdf/base.html` prints on the first page and in the file's metadata."""

    title: str
    subtitle: str
    sender: tuple[str, ...]
    day: date | None = None
    demonstration: bool = False
    draft: bool = False

    @property
    def sender_lines(self) -> tuple[str, ...]:
        """SKR never stands as the sender of figures that are made up."""
        if self.demonstration and any("SKR" in line or "Sveriges Kommuner" in line for line in self.sender):
            return ("Demonstration av Modell", "Ingen organisation står bakom innehållet")
        return self.sender

    @property
    def author(self) -> str:
        return self.sender_lines[0] if self.sender_lines else "Modell"


class StaticFetcher(URLFetcher):
    """Reads our own static files (`static:css/print-report.css`) and nothing else."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        path = static_file(url)
        if path is None:
            # Fatal: a report with a hole in it must not come out.
            raise FatalURLFetchingError(url)
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})


def static_file(url: str) -> Path | None:
    if not url.startswith("static:") or ".." in url:
        return None
    found = finders.find(url.removeprefix("static:").lstrip("/"))
    return Path(found) if isinstance(found, str) else None


def render_pdf(html: str, *, progress: Callable[[], None] | None = None) -> bytes:
    """The file. `progress` is called at every page and step, to renew a lease; what it raises stops the building."""
    try:
        with watched(progress):
            return write(page_document(html))
    except FatalURLFetchingError as error:
        # WeasyPrint's is a BaseException, which a task's `except Exception` would let through.
        raise ForbiddenAddress(f"A report may not load {error}") from error


def write(document: weasyprint.Document) -> bytes:
    """The file. pydyf packs two streams after `finish`: where one ends unclearly, an unused object alters both."""
    for spare in range(MOST_SPARE):
        data = document.write_pdf(finisher=partial(finish, spare=spare), pdf_variant="pdf/a-2a")
        if not any(end in data for end in UNCLEAR_ENDS):
            break
    return data


def page_document(html: str) -> weasyprint.Document:
    """The laid out pages, before they are a file: for tests and measurements."""
    source = weasyprint.HTML(string=html, base_url="static:", url_fetcher=StaticFetcher())
    return source.render(font_config=FontConfiguration(), pdf_variant="pdf/a-2a")


class _Beat(logging.Handler):
    """WeasyPrint tells of its progress only in its log."""

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
    make_margin_boxes_artifacts(pdf)
    declare_pdfua(pdf)
    end_streams_clearly(pdf)
    for _ in range(spare):
        pdf.add_object(pydyf.Dictionary())


def set_header_scopes(pdf: pydyf.PDF) -> None:
    """Every header cell says whether it heads its column or its row."""
    for cell in structure_elements(pdf, "/TH"):
        row = referred(pdf, cell["P"])
        kinds = {referred(pdf, kid)["S"] for kid in row["K"]}
        cell["A"]["Scope"] = "/Row" if "/TD" in kinds else "/Column"


def make_margin_boxes_artifacts(pdf: pydyf.PDF) -> None:
    """Running heads and page numbers are decoration to a screen reader, not text in the middle of a sentence."""
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
    """The ancestor that stands directly under the document."""
    while (parent := referred(pdf, element)["P"]) != document:
        element = parent
    return element


def silence(stream: list[Any], mcids: set[int]) -> None:
    """In a page's stream, turn these pieces of marked content into pagination artifacts."""
    for place, item in enumerate(stream):
        if item == b"BDC" and stream[place - 1].get("MCID") in mcids:
            stream[place - 2 : place] = ["/Artifact", PAGINATION]


def declare_pdfua(pdf: pydyf.PDF) -> None:
    """Say in the metadata that the file is PDF/UA-1 too; archives read it, so it stands uncompressed."""
    metadata = referred(pdf, pdf.catalog["Metadata"])
    metadata.compress = False
    metadata.stream = [part.replace(b"</rdf:RDF>", PDFUA + b"</rdf:RDF>") for part in metadata.stream]


def end_streams_clearly(pdf: pydyf.PDF) -> None:
    """Packed bytes may by chance end in a line break, and then it cannot be seen where they end: write those unpacked.

    One stream in a hundred and thirty does; a validator that counts from the end finds it a byte too short.
    """
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and item.compress and item.data.endswith(UNCLEAR_ENDS):
            item.compress = False


def referred(pdf: pydyf.PDF, reference: bytes) -> pydyf.Object:
    return pdf.objects[int(reference.split()[0])]


def structure_elements(pdf: pydyf.PDF, kind: str) -> Iterator[pydyf.Dictionary]:
    for item in pdf.objects:
        # An anonymous box in a cell is a StructElem of the same tag without attributes.
        if isinstance(item, pydyf.Dictionary) and item.get("S") == kind and "A" in item:
            yield item
