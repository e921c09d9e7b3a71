from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from exchange.importing import Imported, PackageRefused, import_files
from kit.commands import OneLineCommand


class Command(OneLineCommand):
    help = "Read cohort packages (data/FORMAT.md). All files are stored, or none of them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
        parser.add_argument("--replace", action="store_true", help="let submitted assessments change")

    def handle(self, *, files: list[Path], replace: bool, **options: Any) -> None:
        try:
            imported = import_files([Path(file) for file in files], replace=replace)
        except PackageRefused as error:
            raise CommandError(str(error)) from error
        for result in imported:
            self.stdout.write(f"{result.cohort.slug}: {_outcome(result)}")


def _outcome(result: Imported) -> str:
    if result.created:
        return "created"
    return "updated" if result.changed else "unchanged"
