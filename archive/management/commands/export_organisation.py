from argparse import ArgumentParser
from io import BytesIO
from typing import Any

from django.core.management.base import CommandError

from archive.bundles import write_bundle
from cohorts.models import Participation
from kit.commands import OneLineCommand
from kit.exporting import log_export
from kit.output import write_output


class Command(OneLineCommand):
    help = "Write all that an organisation has in an omgång as one zip, for its registrator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="SLUG")
        parser.add_argument("--organisation", required=True, metavar="CODE")
        parser.add_argument("--output", required=True, metavar="FILE", help="- is standard output")

    def handle(self, *, slug: str, organisation: str, output: str, **options: Any) -> None:
        rows = Participation.objects.filter(cohort__slug=slug, code=organisation)
        participation = rows.select_related("cohort__plan__checklist", "cohort__contact", "organisation").first()
        if participation is None:
            raise CommandError(f"{slug}: expected an omgång with the organisation {organisation!r}, found none")
        file = BytesIO()
        write_bundle(participation, file)
        log_export(f"the papers of {participation.code}", by=None)
        write_output(str(output), file.getvalue(), self.stdout, f"{slug}, {organisation}: written to {output}")
