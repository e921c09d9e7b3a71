"""The formats a report is printed in. A printer gets the frozen value and does not read the database."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from kit.slides import MEDIA_TYPE as SLIDES_TYPE
from kit.word import MEDIA_TYPE as WORD_TYPE
from reports.content import ReportContent
from reports.enums import BuildFormat
from reports.printers.json import printed as as_json
from reports.printers.pdf import printed as as_pdf
from reports.printers.slides import printed as as_slides
from reports.printers.web import MEDIA_TYPE as WEB_TYPE
from reports.printers.web import printed as as_web
from reports.printers.word import printed as as_word

Progress = Callable[[], None] | None


@dataclass(frozen=True)
class Printer:
    """Raise `layout` when the format changes, so that the same content is built again.

    `ending` is that of the file's name where it is not the format's own.
    """

    print: Callable[[ReportContent, Progress], bytes]
    media_type: str
    layout: int
    ending: str = ""


PRINTERS = {
    BuildFormat.PDF: Printer(as_pdf, "application/pdf", 3),
    BuildFormat.WORD: Printer(as_word, WORD_TYPE, 1),
    BuildFormat.SLIDES: Printer(as_slides, SLIDES_TYPE, 1),
    BuildFormat.WEB: Printer(as_web, WEB_TYPE, 1, "zip"),
    BuildFormat.JSON: Printer(as_json, "application/json", 1),
}


def printed(content: ReportContent, file_format: str, progress: Progress = None) -> bytes:
    return PRINTERS[BuildFormat(file_format)].print(content, progress)


def media_type_of(file_format: str) -> str:
    return PRINTERS[BuildFormat(file_format)].media_type


def ending_of(file_format: str) -> str:
    return PRINTERS[BuildFormat(file_format)].ending or file_format


def checksum_of(content: ReportContent, file_format: str) -> str:
    layout = PRINTERS[BuildFormat(file_format)].layout
    return sha256(f"{file_format} {layout} {content.checksum}".encode()).hexdigest()
