"""Checks of a file before anything in it is read as a workbook."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO

from kit.workbook.package import TYPES, ZIP_FAULTS, Package, PartTypes, Walk, plain_part
from kit.workbook.refusing import (
    BINARY,
    BOMB,
    BROKEN,
    EMBEDDED,
    EMPTY,
    ENCRYPTED,
    MACROS,
    NO_WORKBOOK,
    OLD,
    OTHER_OFFICE,
    OUTSIDE,
    TOO_BIG,
    WorkbookRefused,
)

MAX_BYTES = 5 * 1024 * 1024
MAX_PARTS = 400

_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_MAIN = re.compile(r"spreadsheetml\.(?:sheet|template)\.main\+xml|spreadsheetml/main", re.IGNORECASE)
_PACKED_AS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@contextmanager
def opened(raw: bytes) -> Iterator[Package]:
    """Open the file; raise `WorkbookRefused` with the reason if it is not a harmless workbook."""
    _refuse_by_first_bytes(raw)
    try:
        archive = zipfile.ZipFile(BytesIO(raw))
        _refuse_by_list(archive.infolist())
    except ZIP_FAULTS as fault:
        raise WorkbookRefused(BROKEN) from fault
    with archive:
        package = Package(archive)
        _refuse_by_types(package)
        for part in package.members:
            if part.endswith(".rels"):
                package.walk(part, _HarmlessRelations())
        yield package


def _refuse_by_first_bytes(raw: bytes) -> None:
    if not raw:
        raise WorkbookRefused(EMPTY)
    if len(raw) > MAX_BYTES:
        raise WorkbookRefused(TOO_BIG)
    if raw.startswith(b"\xd0\xcf\x11\xe0"):  # the container of Excel before 2007, and of a locked file today
        raise WorkbookRefused(ENCRYPTED if _ENCRYPTED_STREAM in raw else OLD)
    if not raw.startswith(b"PK"):
        raise WorkbookRefused(NO_WORKBOOK)


def _refuse_by_list(members: list[zipfile.ZipInfo]) -> None:
    names = [plain_part(member.filename) for member in members]
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


def _refuse_by_types(package: Package) -> None:
    if b"opendocument" in package.begins_with("mimetype"):
        raise WorkbookRefused(OTHER_OFFICE)
    if TYPES not in package.members:
        raise WorkbookRefused(NO_WORKBOOK)
    types = PartTypes()
    package.walk(TYPES, types)
    main = types.of(package.main_part())
    if "sheet.binary" in main:
        raise WorkbookRefused(BINARY)
    if "macroenabled" in main or any("vbaproject" in types.of(part) for part in package.members):
        raise WorkbookRefused(MACROS)
    if not _MAIN.search(main):
        raise WorkbookRefused(NO_WORKBOOK)


class _HarmlessRelations(Walk):
    """A link that a reader may click is harmless and not followed here; every other way out of the file is refused."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        kind = attributes.get("Type", "")
        if attributes.get("TargetMode", "").lower() == "external" and not kind.endswith("/hyperlink"):
            raise WorkbookRefused(OUTSIDE)
        if kind.endswith(("/vbaProject", "/xlMacrosheet", "/xlIntlMacrosheet")):
            raise WorkbookRefused(MACROS)
