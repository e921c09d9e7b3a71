"""The formats a report is printed in. A printer gets the frozen value and does not read the database."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from reports.content import ReportContent
from reports.enums import BuildFormat
from reports.printers.json import printed as as_json
from reports.printers.pdf import printed as as_pdf

Progress = Callable[[], None] | None


@dataclass(frozen=True)
class Printer:
    """Raise `layout` when the format changes, so that the same content is built again."""

    print: Callable[[ReportContent, Progress], bytes]
    media_type: str
    layout: int


PRINTERS = {
    BuildFormat.PDF: Printer(as_pdf, "application/pdf", 3),
    BuildFormat.JSON: Printer(as_json, "application/json", 1),
}


def printed(content: ReportContent, file_format: str, progress: Progress = None) -> bytes:
    return PRINTERS[BuildFormat(file_format)].print(content, progress)


def media_type_of(file_format: str) -> str:
    return PRINTERS[BuildFormat(file_format)].media_type


def checksum_of(content: ReportContent, file_format: str) -> str:
    """Return a checksum that is the same for the same content in the same format."""
    layout = PRINTERS[BuildFormat(file_format)].layout
    return sha256(f"{file_format} {layout} {content.checksum}".encode()).hexdigest()
