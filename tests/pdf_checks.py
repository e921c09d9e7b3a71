"""What every PDF of ours must pass: PDF/UA-1, PDF/A-2a, and outloud without a remark."""

from pathlib import Path
from tempfile import TemporaryDirectory

import outloud
import page
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
    return [f"{found.rule} p. {found.page}: {found.message} [{found.evidence}]" for found in remarks]


def pdf_text(data: bytes) -> str:
    """All words, with a form feed between pages and single spaces between words."""
    return "\f".join(page_texts(data))


def page_texts(data: bytes) -> list[str]:
    with pymupdf.open(stream=data, filetype="pdf") as document:
        return [" ".join(sheet.get_text().split()) for sheet in document]


def pdf_pages(data: bytes) -> int:
    with pymupdf.open(stream=data, filetype="pdf") as document:
        return document.page_count
