import csv
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest

from archive import sheets
from archive.packing import LIST, pack


@pytest.fixture
def unprinted(monkeypatch):
    """Papers as their HTML, without the cost of setting pages."""
    monkeypatch.setattr(sheets, "render_pdf", lambda html, *, progress: progress() or html.encode())


def zipped(entries):
    file = BytesIO()
    pack(file, entries, beat=lambda: None)
    return ZipFile(file)


def text_of(archive):
    """All that can be read in the zip, names included."""
    return "\n".join(
        [*archive.namelist(), *(archive.read(name).decode(errors="replace") for name in archive.namelist())]
    )


def listed(archive):
    return list(csv.DictReader(StringIO(archive.read(LIST).decode().removeprefix("\ufeff")), delimiter=";"))
