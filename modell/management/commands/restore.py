from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from kit.commands import OneLineCommand
from modell.backup.refusals import told_in_one_line
from modell.backup.restoring import restore


class Command(OneLineCommand):
    help = "Put back a backup on a site that is stopped (docs/drift.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path)
        parser.add_argument("--replace", action="store_true", help="throw away what the database holds")

    def handle(self, *, folder: Path, replace: bool, **options: Any) -> None:
        with told_in_one_line():
            manifest = restore(folder, replace=replace)
        self.stdout.write(
            f"{folder}: the database and {len(manifest.files) - 1} files are as they were at {manifest.created_at}. "
            "No mail leaves until `manage.py release_mail`; add --discard if the site went on after the backup."
        )
