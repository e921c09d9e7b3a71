from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from kit.commands import OneLineCommand
from kit.exporting import log_export
from kit.output import write_output
from privacy.export import file_of
from privacy.persons import person_at


class Command(OneLineCommand):
    help = "Write all that is stored about the person with the address to a zip file: JSON, and a page to read."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--output", required=True, metavar="FILE.zip", help="- is standard output")

    def handle(self, *, email: str, output: str, **options: Any) -> None:
        person = person_at(email)
        if person is None:
            raise CommandError("Nothing is stored about that address.")
        log_export("the data of a person", by=None)
        write_output(output, file_of(person, timezone.localdate()), self.stdout, f"{output}: written.")
