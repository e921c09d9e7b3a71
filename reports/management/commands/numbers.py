from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from kit.commands import OneLineCommand
from kit.references.reading import NotRead, figures_in


class Command(OneLineCommand):
    help = (
        "Prints every figure of a report's file (PDF, Word, PowerPoint, web pages or JSON) with its reference, one a "
        "line, so that two formats can be compared by diff. Slides hold some of the figures."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="made by build_report, or fetched from a report's page")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["file"]
        try:
            figures = figures_in(Path(name).read_bytes())
        except OSError as error:
            raise CommandError(f"{name}: expected a file that can be read, found {error.strerror}") from error
        except NotRead as error:
            raise CommandError(f"{name}: expected a report, but {error}") from error
        for ref, printed in figures.items():
            self.stdout.write(f"{ref}\t{printed}")
