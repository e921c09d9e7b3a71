from argparse import ArgumentParser
from typing import Any

from kit.commands import OneLineCommand
from modell.backup.releasing import release


class Command(OneLineCommand):
    help = "Let mail leave again after a restore."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--discard", action="store_true", help="never send what may have been sent already")

    def handle(self, *, discard: bool, **options: Any) -> None:
        left, going = release(discard=discard)
        self.stdout.write(f"mail: {going} leave within a minute, {left} are left for good")
