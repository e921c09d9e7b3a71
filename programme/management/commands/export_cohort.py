from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from cohorts.models import Cohort
from modell.commands import OneLineCommand
from programme.exchange.parsing import one_line
from programme.exchange.writing import export_document, render, write_file


class Command(OneLineCommand):
    help = "Write a cohort package (data/FORMAT.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="SLUG")
        parser.add_argument("--output", required=True, metavar="FILE", type=Path)

    def handle(self, *, slug: str, output: Path, **options: Any) -> None:
        cohort = Cohort.objects.filter(slug=slug).first()
        if cohort is None:
            raise CommandError(one_line(f"{slug}: expected the slug of an omgång, found none with it"))
        if not hasattr(cohort, "plan"):
            raise CommandError(f"{slug}: expected an omgång with a checklist, found none chosen")
        try:
            write_file(Path(output), render(export_document(cohort)))
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "a name that no file can have"
            raise CommandError(one_line(f"{output}: expected a file that can be written, found {reason}")) from error
        self.stdout.write(f"{slug}: written to {output}")
