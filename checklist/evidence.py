"""What an organisation has to show at each moment, and which files are taken for that: told by their bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO
from zipfile import BadZipFile, LargeZipFile, ZipFile

import filetype  # type: ignore[import-untyped]
from django.core.files import File

from checklist.models import Assessment, Evidence
from cohorts.roles import Roles
from modell.refusals import ActionRefused

AT_MOST = 10
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


def evidence_of(assessment: Assessment, roles: Roles) -> dict[int, list[Evidence]]:
    """By moment, in the order it was added, what the reader may see."""
    found: dict[int, list[Evidence]] = {}
    for evidence in Evidence.objects.visible_to(roles).filter(assessment=assessment).order_by("pk"):
        found.setdefault(evidence.item_id, []).append(evidence)
    return found


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
