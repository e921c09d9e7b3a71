"""Files that people send: which are taken, told by their bytes, and how they are given back."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import IO
from urllib.parse import urlsplit
from uuid import uuid4
from zipfile import BadZipFile, LargeZipFile, ZipFile

import filetype  # type: ignore[import-untyped]
from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404

from modell.refusals import ActionRefused

TITLE_LENGTH = 160
SCHEMES = ("http", "https")
KNOWN = "PDF, PNG, JPG, Word, Excel, PowerPoint, ODT, CSV eller TXT"
TEXTS = {"csv": "text/csv", "txt": "text/plain"}
WHOLE = {"application/pdf": ("pdf",), "image/png": ("png",), "image/jpeg": ("jpg", "jpeg")}
_OOXML = "application/vnd.openxmlformats-officedocument."
# What the main part of an office file calls itself, and the ending that goes with it.
OFFICE = {
    "docx": _OOXML + "wordprocessingml.document",
    "xlsx": _OOXML + "spreadsheetml.sheet",
    "pptx": _OOXML + "presentationml.presentation",
}
ODT = "application/vnd.oasis.opendocument.text"
MACROS = re.compile(
    r"vbaproject|vbadata|(^|/)(macrosheets|dialogsheets|activex)/|^(basic|scripts)/|macroenabled", re.IGNORECASE
)
MARKUP = re.compile(rb"\s*(<\?xml|<!doctype|<html|<svg|<script|<head|<body)", re.IGNORECASE)
# Of an office file only these parts are unpacked, and no more of them than this.
HEAD, LONGEST_PART, MOST_PARTS = 8192, 1_000_000, 10_000


@dataclass(frozen=True)
class Kind:
    """What a file is: its usual ending and what it is served as."""

    ending: str
    media_type: str


def host_of(url: str) -> str:
    """Whose page a link leads to; refuses what is no link on the web."""
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise ActionRefused("Länken ska börja med https:// eller http://.", field="url")
    return parts.hostname


def taken(file: File[bytes]) -> Kind:
    """What the file is, if it is neither too large nor of another kind than those taken."""
    if file.size > settings.EVIDENCE_MAX_MB * 1024 * 1024:
        raise ActionRefused(f"Filen är för stor. Den får vara högst {settings.EVIDENCE_MAX_MB} MB.", field="file")
    return recognised(file)


@contextmanager
def kept(field: FieldFile, file: File[bytes], ending: str) -> Iterator[None]:
    """Under a name of our own while its row is stored; gone again where that fails."""
    field.save(f"{uuid4().hex}.{ending}", file, save=False)
    try:
        yield
    except BaseException:
        field.storage.delete(field.name or "")
        raise


def forget(field: FieldFile) -> None:
    """Delete the file, if there is one, only when its row is gone for certain."""
    if field:
        transaction.on_commit(partial(field.storage.delete, field.name or ""))


def what_is_taken() -> str:
    """The sentence beside a file's field."""
    size = f"{settings.EVIDENCE_MAX_MB}\N{NO-BREAK SPACE}MB"
    return f"{KNOWN}, högst {size} och utan makron."


def title_of(text: str) -> str:
    """One line of printable text."""
    plain = "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in text)
    return " ".join(plain.split())[:TITLE_LENGTH].strip()


def name_of(file: File[bytes]) -> str:
    """What it was called on the sender's machine, without folder and ending."""
    return title_of(PurePosixPath((file.name or "").replace("\\", "/")).stem)


def same_content(stored: FieldFile, file: File[bytes]) -> bool:
    if not stored.name or not stored.storage.exists(stored.name):
        return False
    with stored.open("rb") as old:
        same = _digest(old) == _digest(file)
    file.seek(0)
    return same


def as_download(file: FieldFile, *, title: str, media_type: str) -> FileResponse:
    """The file to save, never to open within the site."""
    if not file.name or not file.storage.exists(file.name):
        raise Http404
    ending = ending_of(file)
    name = f"{title.removesuffix(f'.{ending}')}.{ending}".replace("/", "-")
    response = FileResponse(file.open("rb"), as_attachment=True, filename=name, content_type=media_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def ending_of(file: FieldFile) -> str:
    """What the file is, by the last part of its name: `pdf`."""
    return (file.name or "").rpartition(".")[2]


def recognised(file: File[bytes]) -> Kind:
    """What the file is by its content, if it is taken and its name says the same."""
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


def _kind(head: bytes, file: IO[bytes], ending: str) -> Kind | None:
    if head.startswith(b"PK\x03\x04"):  # at the very beginning: a program may carry an archive at its end
        return _office(file)
    guess = filetype.guess(head)
    if guess is not None and guess.mime in WHOLE:
        return Kind(WHOLE[guess.mime][0], guess.mime)
    # Not `guess is None`: a text may begin as a picture does, "BM" for one.
    return Kind(ending, TEXTS[ending]) if ending in TEXTS and _is_text(head, file) else None


def _office(file: IO[bytes]) -> Kind | None:
    try:
        with ZipFile(file) as archive:
            names = archive.namelist()
            if len(names) > MOST_PARTS:
                return None
            told = _part(archive, "[Content_Types].xml") or _part(archive, "mimetype")
    except (BadZipFile, LargeZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return None
    if MACROS.search(told) or any(MACROS.search(name) for name in names):
        raise ActionRefused("Filen innehåller makron. Spara den utan makron och försök igen.", field="file")
    if told.strip() == ODT:
        return Kind("odt", ODT)
    kinds = [Kind(ending, media) for ending, media in OFFICE.items() if f"{media}.main+xml" in told]
    return kinds[0] if len(kinds) == 1 else None


def _part(archive: ZipFile, name: str) -> str:
    """The beginning of one part as text; empty where there is none."""
    if name not in archive.namelist():
        return ""
    with archive.open(name) as part:
        return part.read(LONGEST_PART).decode("utf-8", errors="replace")


def _is_text(head: bytes, file: IO[bytes]) -> bool:
    """Text in any of the usual codings, and not a page for a browser under another name."""
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
