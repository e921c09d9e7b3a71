"""Files that somebody has sent, and files that are built already, as entries of the zip."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from django.db.models.fields.files import FieldFile
from django.utils import timezone

from archive.packing import Beat, PackedFile
from archive.sheets import pdf_entry
from kit.link_or_file import LinkOrFile
from kit.uploads import ending_of
from reports.content import content_of_edition
from reports.enums import BuildFormat
from reports.models import ReportEdition
from reports.printers.pdf import html_of


def uploaded(folder: str, row: LinkOrFile) -> PackedFile:
    title = row.title.removesuffix(f".{row.ending}")
    return stored(folder, title, row.file, day=timezone.localdate(row.added_at))


def stored(folder: str, title: str, file: FieldFile, *, day: date, version: str = "") -> PackedFile:
    return PackedFile(folder, title, ending_of(file), partial(_pieces, file), day, version, is_uploaded=True)


def _pieces(file: FieldFile, _beat: Beat) -> Iterator[bytes]:
    with file.storage.open(file.name or "", "rb") as opened:
        yield from opened.chunks()


def edition_entry(folder: str, title: str, edition: ReportEdition) -> PackedFile:
    """Return the edition as it was built, or print it anew where there is no file of it."""
    content = content_of_edition(edition)
    day, version = content.stamp.day, str(edition.number)
    ready = [build for build in edition.builds.all() if build.format == BuildFormat.PDF and build.has_file]
    if ready:
        return PackedFile(folder, title, "pdf", partial(_pieces, ready[0].file), day, version)
    return pdf_entry(folder, title, partial(html_of, content), day=day, version=version)
