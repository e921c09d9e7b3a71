"""What a backup holds, as its `manifest.json` says: the release it is of, and each file with size and checksum."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from modell.backup.refusals import BackupRefused

NAME = "manifest.json"
FORMAT, VERSION = "modell-backup", 1
FILES = "files"


@dataclass(frozen=True)
class BackedUpFile:
    """A file of the backup; `path` is its place in the backup's folder."""

    path: str
    size: int
    sha256: str

    @classmethod
    def of(cls, folder: Path, path: str) -> "BackedUpFile":
        with (folder / path).open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            return cls(path, file.tell(), digest)

    @property
    def stored_as(self) -> str:
        """The name that the storage knows the file by; empty for the database."""
        place, _, name = self.path.partition("/")
        return name if place == FILES else ""


@dataclass(frozen=True)
class Manifest:
    """`database` is its kind, `sqlite` or `postgresql`; `migrations` are those that its tables have, as `app.name`."""

    release: str
    created_at: str
    database: str
    migrations: list[str]
    files: list[BackedUpFile]
    format: str = FORMAT
    version: int = VERSION

    def write(self, folder: Path) -> None:
        (folder / NAME).write_text(json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n")

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        try:
            fields = json.loads((folder / NAME).read_text())
            if fields["format"] != FORMAT or fields["version"] != VERSION:
                raise BackupRefused(
                    f"{folder}: a backup of {fields['format']} {fields['version']}, not {FORMAT} {VERSION}"
                )
            manifest = cls(**{**fields, "files": [BackedUpFile(**file) for file in fields["files"]]})
        except (FileNotFoundError, NotADirectoryError) as error:
            raise BackupRefused(f"{folder}: there is no backup, since there is no {NAME}") from error
        except (ValueError, TypeError, KeyError) as error:
            raise BackupRefused(f"{folder}: {NAME} is damaged; take another backup") from error
        if not all(_is_inside(file.path) for file in manifest.files):
            raise BackupRefused(f"{folder}: {NAME} names a file outside the backup")
        return manifest

    def refuse_damaged(self, folder: Path) -> None:
        """Refuse the backup if any of its files is not, to the byte, the one that was written."""
        damaged = [file.path for file in self.files if not _is_whole(folder, file)]
        if damaged:
            which = damaged[0] if len(damaged) == 1 else f"{damaged[0]} and {len(damaged) - 1} more"
            raise BackupRefused(f"{folder}: {which} missing or not as it was written; take another backup")


def _is_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts


def _is_whole(folder: Path, file: BackedUpFile) -> bool:
    return (folder / file.path).is_file() and BackedUpFile.of(folder, file.path) == file
