"""What every PDF of ours must pass: PDF/UA-1, PDF/A-2a, and outloud without a remark."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import outloud
import page
import pikepdf
import pymupdf


def assert_accessible_pdf(data: bytes) -> None:
    complaints = [*conformance_failures(data), *outloud_remarks(data)]
    assert not complaints, "\n".join(complaints)


def conformance_failures(data: bytes) -> list[str]:
    profiles = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A)
    reports = [page.validate_pdf_bytes(data, profile=profile) for profile in profiles]
    return [f"{failure.rule_id}: {failure.message}" for report in reports for failure in report.failures]


def outloud_remarks(data: bytes) -> list[str]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rapport.pdf"
        path.write_bytes(data)
        result = outloud.check(str(path))
    assert result.error is None, result.error
    remarks = [finding for finding in result.findings if finding.severity in ("error", "warning")]
    return [f"{remark.rule} p. {remark.page}: {remark.message} [{remark.evidence}]" for remark in remarks]


def pdf_text(data: bytes) -> str:
    """All words, with a form feed between pages and single spaces between words."""
    return "\f".join(page_texts(data))


def page_texts(data: bytes) -> list[str]:
    with pymupdf.open(stream=data, filetype="pdf") as document:
        return [" ".join(sheet.get_text().split()) for sheet in document]


def pdf_pages(data: bytes) -> int:
    with pymupdf.open(stream=data, filetype="pdf") as document:
        return document.page_count


def missing_glyphs(data: bytes) -> list[str]:
    """The fonts of which a page shows glyph 0 (.notdef), read from the pages themselves."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return [
            f"{font.BaseFont} p. {number}"
            for number, sheet in enumerate(pdf.pages, start=1)
            for font, codes in shown_codes(sheet)
            if codes & codes_of_notdef(font)
        ]


def codes_of_notdef(font: pikepdf.Object) -> set[bytes]:
    """The codes that a font shows as glyph 0; WeasyPrint gives each missing sign a code of its own."""
    if isinstance(font.Encoding, pikepdf.Name):
        return {b"\0\0"}
    mapped = re.findall(rb"<(\w{4})> 0\s", font.Encoding.read_bytes())
    return {bytes.fromhex(code.decode()) for code in mapped} | {b"\0\0"}


def shown_codes(sheet: pikepdf.Page) -> Iterator[tuple[pikepdf.Object, set[bytes]]]:
    """The codes of each text on a page, two bytes each, with its font."""
    fonts = sheet.resources.get("/Font", {})
    font = None
    for operands, operator in pikepdf.parse_content_stream(sheet):
        if str(operator) == "Tf":
            font = fonts[str(operands[0])]
        elif str(operator) in ("Tj", "TJ"):
            texts = operands[0] if str(operator) == "TJ" else operands
            shown = b"".join(bytes(text) for text in texts if isinstance(text, pikepdf.String))
            yield font, {shown[place : place + 2] for place in range(0, len(shown), 2)}


def outside_the_margins(data: bytes, left: float, right: float) -> list[str]:
    """The words that begin or end outside the margins, given in points from each edge."""
    with pymupdf.open(stream=data, filetype="pdf") as document:
        return [
            f"p. {sheet.number + 1}: {word[4]}"
            for sheet in document
            for word in sheet.get_text("words")
            if word[0] < left or word[2] > sheet.rect.width - right
        ]


def addresses(data: bytes) -> set[str]:
    with pymupdf.open(stream=data, filetype="pdf") as document:
        return {link["uri"] for sheet in document for link in sheet.get_links() if link.get("uri")}


def lines_of(data: bytes) -> list[str]:
    with pymupdf.open(stream=data, filetype="pdf") as document:
        return [line.strip() for sheet in document for line in sheet.get_text().splitlines()]


def type_sizes(data: bytes) -> set[float]:
    """The sizes of all text, in points."""
    with pymupdf.open(stream=data, filetype="pdf") as document:
        blocks = [block for sheet in document for block in sheet.get_text("dict")["blocks"]]
    return {span["size"] for block in blocks for line in block.get("lines", ()) for span in line["spans"]}
