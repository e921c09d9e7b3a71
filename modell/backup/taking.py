"""Taking a backup while the site goes on."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.files.storage import default_storage
from django.utils import timezone

from kit.orphans import files_in
from modell.backup.databases import database_file
from modell.backup.manifest import FILES, BackedUpFile, Manifest
from modell.backup.refusals import BackupRefused
from modell.release import RELEASE


@dataclass(frozen=True)
class Taken:
    """A backup that was taken; `missing` are files that its rows name and the storage did not have."""

    manifest: Manifest
    missing: list[str]


def back_up(folder: Path) -> Taken:
    """Write a backup into a folder that is absent or empty, whole or not at all, and readable by its owner alone."""
    folder = folder.resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupRefused(f"{folder}: expected a folder that is empty or absent; name another")
    with _for_the_owner_alone():
        folder.parent.mkdir(parents=True, exist_ok=True)
        half = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))
        try:
            taken = _take(half)
            half.replace(folder)
        except BaseException:
            shutil.rmtree(half, ignore_errors=True)
            raise
    return taken


def _take(folder: Path) -> Taken:
    created_at = timezone.now().isoformat(timespec="seconds")
    database = database_file()
    dumped = database.dump(folder / database.name)
    copied = [name for name in sorted(stored_names()) if _copy(name, folder)]
    paths = [database.name, *(f"{FILES}/{name}" for name in copied)]
    files = [BackedUpFile.of(folder, path) for path in paths]
    manifest = Manifest(RELEASE, created_at, database.kind, dumped.migrations, files)
    manifest.write(folder)
    return Taken(manifest, sorted(dumped.named - set(copied)))


def stored_names() -> Iterator[str]:
    return files_in(default_storage)


def _copy(name: str, folder: Path) -> bool:
    """Copy a stored file into the backup; return False if it has been deleted since it was listed."""
    path = folder / FILES / name
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with default_storage.open(name) as stored, path.open("wb") as copy:
            shutil.copyfileobj(stored, copy)
    except FileNotFoundError:
        path.unlink(missing_ok=True)
        return False
    return True


@contextmanager
def _for_the_owner_alone() -> Iterator[None]:
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)
