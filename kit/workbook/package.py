"""The parts of a workbook, unpacked a piece at a time while they are read. No number in the file is trusted."""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Mapping
from xml.parsers import expat

from kit.workbook.refusing import BOMB, BROKEN, ENTITIES, TOO_MUCH, WorkbookRefused

# A sheet may be long because of rows that hold nothing but a format; no other part is.
MAX_UNPACKED, MAX_SHEETS_UNPACKED = 25 * 1024 * 1024, 160 * 1024 * 1024
MAX_ELEMENTS = 2_500_000
CHUNK = 64 * 1024
TYPES = "[content_types].xml"
# Errors that `zipfile` and `zlib` raise for a mangled file; RuntimeError is for an unknown compression.
ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError)


class Walk:
    """The receiver of a part's elements, each by its name without prefix. No tree is kept in memory."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None: ...

    def end(self, tag: str) -> None: ...

    def data(self, text: str) -> None: ...


class Package:
    """An open workbook. All its parts together may hold so much, and so many elements."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.members = {plain_part(member.filename): member for member in archive.infolist()}
        self.room = {False: MAX_UNPACKED, True: MAX_SHEETS_UNPACKED}
        self.elements = 0

    def walk(self, part: str, walker: Walk, *, is_sheet: bool = False) -> None:
        """Read a part's XML; refuse every document type, and with it every entity and outward reference."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_document_type
        parser.StartElementHandler = self._started(walker)
        parser.EndElementHandler = lambda tag: walker.end(plain_name(tag))
        parser.CharacterDataHandler = walker.data
        member = self.members[part]
        try:
            with self.archive.open(member) as unpacking:
                while piece := unpacking.read(CHUNK):
                    self._count(len(piece), is_sheet)
                    parser.Parse(piece, False)
            parser.Parse(b"", True)
        except (*ZIP_FAULTS, expat.ExpatError, LookupError) as fault:  # LookupError is for an encoding nobody knows
            raise WorkbookRefused(BROKEN) from fault

    def main_part(self) -> str:
        listed = self.relations("_rels/.rels", "").values()
        return next((target for kind, target in listed if kind.endswith("/officeDocument")), "")

    def relations_of(self, part: str) -> dict[str, tuple[str, str]]:
        """Return the kind and the name of each part that a part refers to, by its key."""
        folder, name = posixpath.split(part)
        listed = f"{folder}/_rels/{name}.rels"
        return self.relations(listed, folder) if listed in self.members else {}

    def relations(self, listed: str, folder: str) -> dict[str, tuple[str, str]]:
        walker = _Relations()
        self.walk(listed, walker)
        return {
            key: (kind, plain_part(posixpath.normpath(posixpath.join("/", folder, target))))
            for key, kind, target in walker.listed
        }

    def begins_with(self, part: str) -> bytes:
        if part not in self.members:
            return b""
        try:
            with self.archive.open(self.members[part]) as unpacking:
                return unpacking.read(200)
        except ZIP_FAULTS as fault:
            raise WorkbookRefused(BROKEN) from fault

    def _started(self, walker: Walk):  # type: ignore[no-untyped-def]  # noqa: ANN202
        def started(tag: str, attributes: dict[str, str]) -> None:
            self.elements += 1
            if self.elements > MAX_ELEMENTS:
                raise WorkbookRefused(TOO_MUCH)
            walker.start(plain_name(tag), attributes)

        return started

    def _count(self, size: int, is_sheet: bool) -> None:
        # The size is counted while unpacking, since a bomb's header lies about it.
        self.room[is_sheet] -= size
        if self.room[is_sheet] < 0:
            raise WorkbookRefused(BOMB)


class PartTypes(Walk):
    """What each part is. SheetJS gives an ending a kind though no part has that ending, so only a part is judged."""

    def __init__(self) -> None:
        self.overrides: dict[str, str] = {}
        self.defaults: dict[str, str] = {}

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        kind = attributes.get("ContentType", "").lower()
        if tag == "Override":
            self.overrides[plain_part(attributes.get("PartName", ""))] = kind
        if tag == "Default":
            self.defaults[attributes.get("Extension", "").lower()] = kind

    def of(self, part: str) -> str:
        return self.overrides.get(part) or self.defaults.get(part.rpartition(".")[2], "")


def kinds_of_parts(archive: zipfile.ZipFile) -> set[str]:
    """Return what the parts of an office file are, none if it does not say; raise `WorkbookRefused` if it is broken."""
    package, types = Package(archive), PartTypes()
    if TYPES in package.members:
        package.walk(TYPES, types)
    return {types.of(part) for part in package.members}


class _Relations(Walk):
    def __init__(self) -> None:
        self.listed: list[tuple[str, str, str]] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "Relationship" and attributes.get("TargetMode", "").lower() != "external":
            self.listed.append((attributes["Id"], attributes["Type"], attributes["Target"].replace("\\", "/")))


def plain_part(name: str) -> str:
    # Some programs write backslashes, and Excel compares without case.
    return name.replace("\\", "/").lstrip("/").lower()


def plain_name(tag: str) -> str:
    return tag.rpartition(":")[2]


def _refuse_document_type(*declared: object) -> None:
    raise WorkbookRefused(ENTITIES)
