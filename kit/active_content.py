"""Files that would do something by themselves when somebody opens them: macros, outside templates, scripts in a PDF."""

import re
import zlib
from collections.abc import Iterator
from urllib.parse import unquote
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

from kit.refusals import ActionRefused
from kit.workbook.package import kinds_of_parts
from kit.workbook.refusing import WorkbookRefused

MACROS = re.compile(
    r"vbaproject|vbadata|(^|/)(macrosheets|dialogsheets|activex)/|^(basic|scripts)/|macroenabled", re.IGNORECASE
)
# What an office program fetches unasked. A link or a picture is only shown.
FETCHED = ("attachedTemplate", "oleObject", "frame", "subDocument", "aFChunk")
# Against a bomb: bytes read of a part, bytes unpacked of a PDF's objects, and its streams.
LONGEST_PART, MOST_UNPACKED, MOST_STREAMS = 1_000_000, 32_000_000, 20_000
BEFORE_STREAM = 4096

HAS_MACROS = "Filen innehåller makron. Spara den utan makron och försök igen."
FETCHES = (
    "Dokumentet hämtar en mall eller ett objekt från en annan plats när någon öppnar det. Spara det som PDF, eller ta "
    "bort kopplingen, och försök igen."
)
HAS_SCRIPT = "PDF:en innehåller ett skript. Skriv ut den som en ny PDF och försök igen."
IS_CLOSED = "PDF:en är skyddad eller skadad. Skriv ut den som en ny PDF utan lösenord och försök igen."


def refuse_active_office(archive: ZipFile, declared: str) -> None:
    """Refuse macros and what is fetched from elsewhere; an unreadable part raises what `ElementTree` raises."""
    if any(MACROS.search(words) for words in (*archive.namelist(), *_kinds_within(archive, declared))):
        raise ActionRefused(HAS_MACROS, field="file")
    if any(is_elsewhere(target) for target in _fetched(archive)):
        raise ActionRefused(FETCHES, field="file")


def _kinds_within(archive: ZipFile, declared: str) -> set[str]:
    # SheetJS declares kinds that no part of the file has. A declaration that is no XML is judged as a text.
    try:
        return kinds_of_parts(archive)
    except WorkbookRefused:
        return {declared}


def _fetched(archive: ZipFile) -> Iterator[str]:
    for name in archive.namelist():
        if not name.lower().endswith(".rels"):
            continue
        with archive.open(name) as part:
            for relation in fromstring(part.read(LONGEST_PART)):
                is_outside = relation.get("TargetMode", "").lower() == "external"
                if is_outside and relation.get("Type", "").rpartition("/")[2] in FETCHED:
                    yield relation.get("Target", "")


def is_elsewhere(target: str) -> bool:
    """True unless the target is a file on the writer's own disk, which is where Word says that its template was."""
    path = re.sub(r"^file:(///|//localhost/)?", "", unquote(target).strip(), flags=re.IGNORECASE)
    has_scheme = re.match(r"[a-z][a-z0-9+.-]+:", path, re.IGNORECASE)
    return bool(has_scheme) or path.startswith(("\\\\", "//", "\\/", "/\\"))


def _named(*names: str) -> re.Pattern[bytes]:
    """Return the pattern of PDF names; each of their letters may be written as #4A."""
    spelled = ("".join(f"(?:{letter}|#{ord(letter):x}|#{ord(letter):X})" for letter in name) for name in names)
    return re.compile(rf"/(?:{'|'.join(spelled)})(?=[\s\x00/<>\[\]()%]|$)".encode())


SCRIPT = _named("JavaScript", "Launch", "RichMedia", "XFA")
OBJECTS, CODED, FLATE, PREDICTED = _named("First"), _named("Filter"), _named("FlateDecode", "Fl"), _named("Predictor")


def refuse_active_pdf(content: bytes) -> None:
    """Refuse a PDF that has a script or starts a program, also where its objects are packed in streams."""
    if SCRIPT.search(content):
        raise ActionRefused(HAS_SCRIPT, field="file")
    room = MOST_UNPACKED
    for head, packed in _object_streams(content):
        unpacked = _unpacked(head, packed, room)
        room -= len(unpacked)
        if SCRIPT.search(unpacked):
            raise ActionRefused(HAS_SCRIPT, field="file")


def _object_streams(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield dictionary and data of each packed stream of objects; only such a dictionary must name `First`."""
    for number, start in enumerate(re.finditer(rb"(?<!end)stream\r?\n", content)):
        if number == MOST_STREAMS:
            raise ActionRefused(IS_CLOSED, field="file")
        before = content[max(0, start.start() - BEFORE_STREAM) : start.start()]
        head = before[max(before.rfind(b"endobj"), before.rfind(b"endstream"), 0) :]
        if OBJECTS.search(head) and CODED.search(head):
            end = content.find(b"endstream", start.end())
            yield head, content[start.end() : end if end > 0 else None]


def _unpacked(head: bytes, packed: bytes, room: int) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        unpacked = unpacking.decompress(packed, max(room, 1))
    except zlib.error:
        unpacked = b""
    if not unpacking.eof or PREDICTED.search(head) or not FLATE.search(head):
        raise ActionRefused(IS_CLOSED, field="file")
    return unpacked
