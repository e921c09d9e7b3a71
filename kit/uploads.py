"""Files that people send: recognised by their bytes, stored under names of our own, and served only as downloads."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import IO
from urllib.parse import urlsplit
from uuid import uuid4
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, LargeZipFile, ZipFile

import filetype  # type: ignore[import-untyped]
from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from kit import limits
from kit.active_content import LONGEST_PART, refuse_active_office, refuse_active_pdf
from kit.audit import Actor
from kit.canonical import canonical_line
from kit.constraints import NOT_ON_THE_WEB
from kit.refusals import ActionRefused
from kit.responses import PRIVATE_FILE

log = logging.getLogger(__name__)

MB = 1024 * 1024
FILES_AN_HOUR = limits.Hourly("files", 60, "Du kan skicka in högst {} filer i timmen. Försök igen efter klockan {}.")
BYTES_AN_HOUR = limits.Hourly(
    "bytes",
    30 * settings.EVIDENCE_MAX_MB * MB,
    "Du har skickat in mycket den här timmen. Försök igen efter klockan {1}.",
)
NOT_STORED = "Filen gick inte att spara just nu. Försök igen om en stund, och hör av dig till SKR om det inte hjälper."
ADDED_AGAIN = "Be den som lade upp filen att lägga upp den igen."
TITLE_LENGTH = 160
SCHEMES = ("http", "https")
KNOWN = "PDF, PNG, JPG, Word, Excel, PowerPoint, ODT, CSV eller TXT"
TEXTS = {"csv": "text/csv", "txt": "text/plain"}
WHOLE = {"application/pdf": ("pdf",), "image/png": ("png",), "image/jpeg": ("jpg", "jpeg")}
_OOXML = "application/vnd.openxmlformats-officedocument."
# The media type of an office file's main part, by the ending that belongs to it.
OFFICE = {
    "docx": _OOXML + "wordprocessingml.document",
    "xlsx": _OOXML + "spreadsheetml.sheet",
    "pptx": _OOXML + "presentationml.presentation",
}
ODT = "application/vnd.oasis.opendocument.text"
MARKUP = re.compile(rb"\s*(<\?xml|<!doctype|<html|<svg|<script|<head|<body)", re.IGNORECASE)
UNREADABLE = (
    *(BadZipFile, LargeZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError, ValueError),
    ParseError,
)
# Bytes read of a file's beginning, bytes within which a PDF must begin, and against a bomb: parts of an office file.
HEAD, PDF_WITHIN, MOST_PARTS = 8192, 1024, 10_000


@dataclass(frozen=True)
class FileKind:
    """A kind of file: its usual ending and the media type that it is served as."""

    ending: str
    media_type: str


PDF = FileKind("pdf", "application/pdf")


def host_of(url: str) -> str:
    """Return the host of a link; refuse anything but a link on the web."""
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise ActionRefused(NOT_ON_THE_WEB, field="url")
    return parts.hostname


def taken(file: File[bytes], *, by: Actor) -> FileKind:
    """Return the file's kind; refuse one that is too large or of another kind, or one too many by this person."""
    if file.size > settings.EVIDENCE_MAX_MB * MB:
        raise ActionRefused(f"Filen är för stor. Den får vara högst {settings.EVIDENCE_MAX_MB} MB.", field="file")
    FILES_AN_HOUR.use(by, field="file")
    BYTES_AN_HOUR.use(by, file.size, field="file")
    return recognised(file)


@contextmanager
def kept(field: FieldFile, file: File[bytes], ending: str) -> Iterator[None]:
    """Store the file under a random name, and delete it again if the block fails to store its row."""
    try:
        field.save(f"{uuid4().hex}.{ending}", file, save=False)
    except OSError as error:
        log.exception("A file could not be stored.")
        raise ActionRefused(NOT_STORED, field="file") from error
    try:
        yield
    except BaseException:
        field.storage.delete(field.name or "")
        raise


def forget(field: FieldFile) -> None:
    # The file may go only when it is certain that its row is gone.
    if field:
        transaction.on_commit(partial(field.storage.delete, field.name or ""))


def what_is_taken() -> str:
    size = f"{settings.EVIDENCE_MAX_MB}\N{NO-BREAK SPACE}MB"
    return f"{KNOWN}, högst {size} och utan makron."


def title_of(text: str) -> str:
    return canonical_line(text)[:TITLE_LENGTH].strip()


def name_of(file: File[bytes]) -> str:
    """Return the file's name on the sender's machine, without folder and ending."""
    return title_of(PurePosixPath((file.name or "").replace("\\", "/")).stem)


def same_content(stored: FieldFile, file: File[bytes]) -> bool:
    if not is_there(stored):
        return False
    with stored.open("rb") as old:
        same = _digest(old) == _digest(file)
    file.seek(0)
    return same


def is_there(file: FieldFile) -> bool:
    """True if the file that the row names exists; with a bucket it costs a question to it."""
    return bool(file.name) and file.storage.exists(file.name or "")


def gone(request: HttpRequest, cure: str) -> HttpResponse:
    """Answer that a file is lost, as after a restore without it, and what can be done."""
    return render(request, "kit/file_gone.html", {"cure": cure}, status=404)


def as_download(request: HttpRequest, file: FieldFile, *, title: str, media_type: str) -> HttpResponseBase:
    # A file must never open within the site, where a script in it would have the reader's rights.
    if not is_there(file):
        return gone(request, ADDED_AGAIN)
    ending = ending_of(file)
    name = f"{title.removesuffix(f'.{ending}')}.{ending}".replace("/", "-")
    response = FileResponse(file.open("rb"), as_attachment=True, filename=name, content_type=media_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = PRIVATE_FILE
    return response


def ending_of(file: FieldFile) -> str:
    return (file.name or "").rpartition(".")[2]


def recognised(file: File[bytes]) -> FileKind:
    """Return the kind by the content; refuse a kind that is not accepted, or a name that says another kind."""
    ending = PurePosixPath((file.name or "").replace("\\", "/")).suffix.lower().lstrip(".")
    file.seek(0)
    head = file.read(HEAD)
    kind = _kind(head, file.open("rb"), ending)
    file.seek(0)
    if kind is None:
        raise ActionRefused(f"Filen är av ett slag som inte tas emot. Välj {KNOWN}.", field="file")
    if ending not in (kind.ending, *WHOLE.get(kind.media_type, ())):
        raise ActionRefused(
            f"Filens namn slutar på .{ending}, men innehållet är {kind.ending.upper()}. Ge filen rätt ändelse.",
            field="file",
        )
    return kind


def _kind(head: bytes, file: IO[bytes], ending: str) -> FileKind | None:
    if head.startswith(b"PK\x03\x04"):  # only at the beginning: a program may carry an archive at its end
        return _office(file)
    guess = filetype.guess(head)
    if _is_pdf(head, ending) or (guess is not None and guess.mime == PDF.media_type):
        file.seek(0)
        refuse_active_pdf(file.read())
        return PDF
    if guess is not None and guess.mime in WHOLE:
        return FileKind(WHOLE[guess.mime][0], guess.mime)
    # The guess may be wrong here: a text may begin as a picture does, for example with "BM".
    return FileKind(ending, TEXTS[ending]) if ending in TEXTS and _is_text(head, file) else None


def _is_pdf(head: bytes, ending: str) -> bool:
    # Scanners and web pages write a line or so before it, and the standard allows that.
    begins = head.find(b"%PDF-")
    return begins == 0 or (ending == PDF.ending and 0 < begins < PDF_WITHIN)


def _office(file: IO[bytes]) -> FileKind | None:
    try:
        with ZipFile(file) as archive:
            names = archive.namelist()
            if len(names) > MOST_PARTS:
                return None
            declared = _part(archive, "[Content_Types].xml") or _part(archive, "mimetype")
            refuse_active_office(archive, declared)
    except UNREADABLE:
        return None
    if declared.strip() == ODT:
        return FileKind("odt", ODT)
    kinds = [FileKind(ending, media) for ending, media in OFFICE.items() if f"{media}.main+xml" in declared]
    return kinds[0] if len(kinds) == 1 else None


def _part(archive: ZipFile, name: str) -> str:
    if name not in archive.namelist():
        return ""
    with archive.open(name) as part:
        return part.read(LONGEST_PART).decode("utf-8", errors="replace")


def _is_text(head: bytes, file: IO[bytes]) -> bool:
    # A page for a browser under another name must not pass as a text.
    file.seek(0)
    content = file.read()
    if not content or MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")):
        return False
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):  # Excel's "Unicode-text"
        return _decodes(content, "utf-16")
    return not re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", content)


def _decodes(content: bytes, coding: str) -> bool:
    try:
        return "\x00" not in content.decode(coding)
    except UnicodeDecodeError:
        return False


def _digest(file: File[bytes]) -> bytes:
    file.seek(0)
    summed = hashlib.sha256()
    for chunk in file.chunks():
        summed.update(chunk)
    return summed.digest()
