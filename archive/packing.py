"""The zip file itself: names that any computer takes, and a list of what is in it.

The same rows give the same list, byte for byte: papers are printed the same each time, and nothing tells the hour.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kit.canonical import canonical_line, folded
from kit.csv_files import rows_as_csv

LIST = "innehall.csv"
COLUMNS = ("fil", "rubrik", "datum", "version", "dnr", "sha256")
GONE = "{}: filen finns inte kvar"
# Windows allows 260 signs for the whole way to a file, the folder where it is unpacked included.
LONGEST_NAME = 90
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
# The first day that a zip file can hold.
NO_DAY = date(1980, 1, 1)

Beat = Callable[[], None]


@dataclass(frozen=True)
class PackedFile:
    """A file to be packed. `read` yields its bytes; `is_uploaded` if somebody sent it, so that it may be gone."""

    folder: str
    title: str
    ending: str
    read: Callable[[Beat], Iterable[bytes]]
    day: date | None = None
    version: str = ""
    diary_number: str = ""
    is_uploaded: bool = False

    @property
    def wanted_name(self) -> str:
        return f"{self.day.isoformat()} {self.title}" if self.day else self.title


def pack(file: IO[bytes], entries: Iterable[PackedFile], *, beat: Beat, before_files: Beat = lambda: None) -> None:
    """Write the zip: what is printed first, then what was sent in, and last the list of it all."""
    named = list(with_names(entries))
    sums: dict[str, str] = {}
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for is_uploaded in (False, True):
            if is_uploaded:
                before_files()
            for name, entry in named:
                if entry.is_uploaded is is_uploaded and (checksum := _write(archive, name, entry, beat)):
                    sums[name] = checksum
        archive.writestr(_info(LIST, None), contents(named, sums))


def contents(named: Iterable[tuple[str, PackedFile]], sums: dict[str, str]) -> str:
    """Return the list as CSV; what is gone from the disk has a row without a file."""
    return rows_as_csv([COLUMNS, *(_row(name, entry, sums.get(name, "")) for name, entry in named)])


def _row(name: str, entry: PackedFile, checksum: str) -> tuple[str, ...]:
    day = entry.day.isoformat() if entry.day else ""
    about = (day, entry.version, entry.diary_number, checksum)
    return (name, entry.title, *about) if checksum else ("", GONE.format(entry.title), *about)


def _write(archive: ZipFile, name: str, entry: PackedFile, beat: Beat) -> str:
    """Write one file and return its checksum, or "" if it is gone."""
    beat()
    try:
        pieces = iter(entry.read(beat))
        first = next(pieces, b"")
    except FileNotFoundError:
        if not entry.is_uploaded:
            raise
        return ""
    summed = sha256(first)
    with archive.open(_info(name, entry.day), "w", force_zip64=True) as target:
        target.write(first)
        for piece in pieces:
            beat()
            summed.update(piece)
            target.write(piece)
    return summed.hexdigest()


def _info(name: str, day: date | None) -> ZipInfo:
    day = max(day or NO_DAY, NO_DAY)
    info = ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def with_names(entries: Iterable[PackedFile]) -> Iterator[tuple[str, PackedFile]]:
    """Give each file its name, no two alike on a computer that does not tell capitals from small letters."""
    taken = {folded(LIST)}
    for entry in entries:
        name = _free(safe_name(entry.folder), safe_name(entry.wanted_name), entry.ending, taken)
        taken.add(folded(name))
        yield name, entry


def _free(folder: str, stem: str, ending: str, taken: set[str]) -> str:
    number, name = 1, f"{folder}/{stem}.{ending}"
    while folded(name) in taken:
        number += 1
        name = f"{folder}/{stem} ({number}).{ending}"
    return name


def safe_name(text: str) -> str:
    """Return a text as the name of a file or folder in Windows, macOS and Linux."""
    name = _FORBIDDEN.sub("-", canonical_line(text))[:LONGEST_NAME].strip(" .")
    # Bare, these are devices in Windows, whatever the ending.
    return f"{name}_" if _RESERVED.fullmatch(name) else name or "utan namn"
