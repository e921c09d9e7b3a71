from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from kit.commands import OneLineCommand
from modell.backup.refusals import told_in_one_line
from modell.backup.taking import back_up


class Command(OneLineCommand):
    help = "Write database and files into a folder, while the site goes on (docs/drift.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path, help="absent or empty")

    def handle(self, *, folder: Path, **options: Any) -> None:
        with told_in_one_line():
            taken = back_up(folder)
        for name in taken.missing:
            self.stderr.write(f"{name}: a row names it, and the storage does not have it")
        size = sum(file.size for file in taken.manifest.files)
        self.stdout.write(f"{folder}: the database and {len(taken.manifest.files) - 1} files, {size:,} bytes")
