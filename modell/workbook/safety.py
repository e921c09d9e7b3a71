"""What must be true of a file before anything in it is read as a workbook. No number in the file is trusted."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import DefusedXMLParser  # type: ignore[import-untyped]

from modell.workbook.refusing import WorkbookRefused

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 25 * 1024 * 1024
MAX_PARTS = 400
MAX_ELEMENTS = 400_000
CHUNK = 64 * 1024

SAVE_AS = "Spara om den som .xlsx i Excel och försök igen."
TOO_BIG = "Filen är större än 5 MB. Det är mycket mer än som behövs, så kontrollera att det är rätt fil."
EMPTY = "Filen är tom."
OLD = f"Filen är i ett äldre Excelformat (.xls). {SAVE_AS}"
BINARY = f"Filen är i Excels binära format (.xlsb). {SAVE_AS}"
OTHER_OFFICE = f"Filen är ett kalkylblad i ett annat format än Excels. {SAVE_AS}"
ENCRYPTED = "Filen är skyddad med lösenord. Ta bort lösenordet i Excel och försök igen."
NO_WORKBOOK = "Filen är ingen Excelarbetsbok (.xlsx)."
BROKEN = "Filen är skadad och kan inte läsas. Öppna den i Excel, spara om den och försök igen."
MACROS = "Arbetsboken har makron och läses därför inte in. Spara om den som .xlsx utan makron."
BOMB = "Filen packas upp till mer än en sådan arbetsbok kan innehålla och läses därför inte in."
EMBEDDED = "Arbetsboken har andra filer inbäddade och läses därför inte in. Ta bort dem och försök igen."
OUTSIDE = "Arbetsboken hämtar uppgifter från andra filer eller adresser och läses därför inte in."
ENTITIES = "Filen har ett innehåll som en arbetsbok aldrig har och läses därför inte in."
TOO_MUCH = "Arbetsboken har för många blad, rader eller kolumner för att läsas in här."

_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_MAIN = re.compile(rb"spreadsheetml\.(?:sheet|template)\.main\+xml|spreadsheetml/main", re.I)
_PACKED_AS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What `zipfile` and `zlib` raise at a mangled file; a RuntimeError is a kind of packing they do not know.
_ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError)


@dataclass(frozen=True)
class Package:
    """A harmless workbook's parts, unpacked, by name."""

    parts: Mapping[str, bytes]


def opened(raw: bytes) -> Package:
    """The file's parts, or `WorkbookRefused` with the sentence that says why not."""
    _refuse_by_first_bytes(raw)
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            _refuse_by_list(archive.infolist())
            parts = dict(_unpacked(archive))
    except _ZIP_FAULTS as fault:
        raise WorkbookRefused(BROKEN) from fault
    _refuse_by_content(parts)
    return Package(parts)


def _refuse_by_first_bytes(raw: bytes) -> None:
    if not raw:
        raise WorkbookRefused(EMPTY)
    if len(raw) > MAX_BYTES:
        raise WorkbookRefused(TOO_BIG)
    if raw.startswith(b"\xd0\xcf\x11\xe0"):  # Excel's container before 2007, and that of a locked file since
        raise WorkbookRefused(ENCRYPTED if _ENCRYPTED_STREAM in raw else OLD)
    if not raw.startswith(b"PK"):
        raise WorkbookRefused(NO_WORKBOOK)


def _refuse_by_list(members: list[zipfile.ZipInfo]) -> None:
    names = [member.filename.lower() for member in members]
    if len(members) > MAX_PARTS:
        raise WorkbookRefused(BOMB)
    if any(member.flag_bits & 0x1 for member in members):
        raise WorkbookRefused(ENCRYPTED)
    if len(set(names)) < len(names) or any(member.compress_type not in _PACKED_AS for member in members):
        raise WorkbookRefused(BROKEN)
    if any("vbaproject" in name or "/macrosheets/" in name or "/dialogsheets/" in name for name in names):
        raise WorkbookRefused(MACROS)
    if any("/embeddings/" in name or name.endswith((".zip", ".xlsx", ".xlsm", ".docx", ".exe")) for name in names):
        raise WorkbookRefused(EMBEDDED)
    if any(name.startswith(("xl/externallinks/", "xl/querytables/")) or name == "xl/connections.xml" for name in names):
        raise WorkbookRefused(OUTSIDE)


def _unpacked(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Counted as it is read: what a header says of a size is what a bomb says of itself."""
    total = 0
    for member in archive.infolist():
        pieces = []
        with archive.open(member) as part:
            while piece := part.read(CHUNK):
                total += len(piece)
                if total > MAX_UNPACKED:
                    raise WorkbookRefused(BOMB)
                pieces.append(piece)
        yield member.filename.lstrip("/").lower(), b"".join(pieces)


def _refuse_by_content(parts: Mapping[str, bytes]) -> None:
    types = parts.get("[content_types].xml", b"")
    if b"opendocument" in parts.get("mimetype", b""):
        raise WorkbookRefused(OTHER_OFFICE)
    if b"sheet.binary" in types:
        raise WorkbookRefused(BINARY)
    if b"macroenabled" in types.lower() or b"vbaproject" in types.lower():
        raise WorkbookRefused(MACROS)
    if not _MAIN.search(types):
        raise WorkbookRefused(NO_WORKBOOK)
    for name, part in parts.items():
        if name.endswith(".rels"):
            _refuse_links(part)


def _refuse_links(part: bytes) -> None:
    """A link that a reader may click is harmless, and not followed here; all else that points out is refused."""

    class Relations(Walk):
        def start(self, tag: str, attributes: Mapping[str, str]) -> None:
            kind = attributes.get("Type", "")
            if attributes.get("TargetMode", "").lower() == "external" and not kind.endswith("/hyperlink"):
                raise WorkbookRefused(OUTSIDE)
            if kind.endswith(("/vbaProject", "/xlMacrosheet", "/xlIntlMacrosheet")):
                raise WorkbookRefused(MACROS)

    walk(part, Relations())


class Walk:
    """What `walk` calls for each element, whose names come without their namespace: nothing is kept in a tree."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None: ...

    def end(self, tag: str) -> None: ...

    def data(self, text: str) -> None: ...


class _Target:
    """Between the parser and a walk: plain names, and a stop where there is more than a workbook of ours has."""

    def __init__(self, walker: Walk) -> None:
        self.walker, self.elements = walker, 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.elements += 1
        if self.elements > MAX_ELEMENTS:
            raise WorkbookRefused(TOO_MUCH)
        self.walker.start(plain_name(tag), attributes)

    def end(self, tag: str) -> None:
        self.walker.end(plain_name(tag))

    def data(self, text: str) -> None:
        self.walker.data(text)

    def close(self) -> None: ...


def plain_name(tag: str) -> str:
    return tag.rpartition("}")[2]


def walk(part: bytes, walker: Walk) -> None:
    """Read a part's XML, with every document type, entity and reference out of it refused."""
    parser = DefusedXMLParser(target=_Target(walker), forbid_dtd=True)
    try:
        parser.feed(part)
        parser.close()
    except DefusedXmlException as fault:
        raise WorkbookRefused(ENTITIES) from fault
    except (ParseError, ValueError, LookupError) as fault:  # LookupError: an encoding that does not exist
        raise WorkbookRefused(BROKEN) from fault
