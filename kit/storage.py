"""The folder in which files are stored. A bucket needs nothing of the kind: it has a file whole or not at all."""

import os
from pathlib import Path, PurePosixPath
from typing import Any
from uuid import uuid4

from django.core.files.storage import FileSystemStorage


class WholeFiles(FileSystemStorage):
    """A folder without half files: a file gets its name when all of it is written."""

    def _save(self, name: str, content: Any) -> str:
        begun = str(PurePosixPath(name).with_name(f"{uuid4().hex}.part"))
        try:
            super()._save(begun, content)  # type: ignore[misc]
            name = self._taken(name)
            Path(self.path(begun)).replace(self.path(name))
        except BaseException:
            self.delete(begun)
            raise
        return name

    def _taken(self, name: str) -> str:
        """Return the name, or one like it, taken by an empty file: two may want the same at once."""
        while True:
            try:
                os.close(os.open(self.path(name), os.O_CREAT | os.O_EXCL, 0o600))
            except FileExistsError:
                name = self.get_available_name(name)
            else:
                return name
