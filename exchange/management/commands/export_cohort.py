from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from cohorts.models import Cohort
from exchange.exporting import export_document, render
from exchange.parsing import one_line
from kit.commands import OneLineCommand
from kit.output import write_output


class Command(OneLineCommand):
    help = "Write a cohort package (data/FORMAT.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="SLUG")
        parser.add_argument("--output", required=True, metavar="FILE", help="- is standard output")

    def handle(self, *, slug: str, output: str, **options: Any) -> None:
        cohort = Cohort.objects.filter(slug=slug).first()
        if cohort is None:
            raise CommandError(one_line(f"{slug}: expected the slug of an omgång, found none with it"))
        if cohort.rehearsal:
            raise CommandError(f"{slug}: expected an omgång that counts, found a rehearsal")
        if not hasattr(cohort, "plan"):
            raise CommandError(f"{slug}: expected an omgång with a checklist, found none chosen")
        data = render(export_document(cohort)).encode()
        write_output(str(output), data, self.stdout, f"{slug}: written to {output}")
