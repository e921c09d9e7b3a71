from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from kit.commands import OneLineCommand
from kolada.files import read_files, store_contents
from kolada.reading import NotAsListed


class Command(OneLineCommand):
    help = "Store what Kolada has answered to /kpi or /data, from files: all of them or none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)

    def handle(self, *, files: list[Path], **options: Any) -> None:
        try:
            contents = read_files(files)
        except NotAsListed as error:
            raise CommandError(" ".join(str(error).split())) from error
        stored = store_contents(contents, by=None)
        self.stdout.write(
            f"kolada: {len(contents.facts)} key figures and {stored.rows} rows, "
            f"{stored.changed} changed, {stored.missing} with a missing value"
        )
