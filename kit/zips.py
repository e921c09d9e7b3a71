"""Zip files that hold the same bytes whenever they are made."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# The earliest day that a zip can name.
NO_TIME = (1980, 1, 1, 0, 0, 0)
# A draft is of no day; an office document's own properties must have some.
NO_DAY = date(2020, 1, 1)


def made_on(day: date | None) -> datetime:
    """Return the time that a document's properties say it was made at: midnight of its day."""
    return datetime.combine(day or NO_DAY, time(), UTC)


def packed(files: Mapping[str, bytes]) -> bytes:
    stored = BytesIO()
    with ZipFile(stored, "w") as archive:
        for name, data in files.items():
            info = ZipInfo(name, NO_TIME)
            info.compress_type, info.external_attr = ZIP_DEFLATED, 0o644 << 16
            archive.writestr(info, data)
    return stored.getvalue()


def dated(data: bytes) -> bytes:
    """Return a zip with the same files in the same order, without the times at which they were written."""
    with ZipFile(BytesIO(data)) as archive:
        return packed({name: archive.read(name) for name in archive.namelist()})
