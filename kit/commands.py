from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError


class OneLineParser(CommandParser):
    """A parser that reports bad arguments in a single line and exits with 1, as for other bad input."""

    def error(self, message: str) -> NoReturn:
        if self.called_from_command_line:
            self.exit(1, f"{self.prog}: {message}\n")
        raise CommandError(f"{self.prog}: {message}")


class OneLineCommand(BaseCommand):
    """A command whose every failure is a single line and exit code 1, also with a missing or empty database."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        # Django names the parser's class inside the method, so it can only be replaced afterwards.
        parser.__class__ = OneLineParser
        return parser

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except DatabaseError as error:
            reason = str(error).splitlines()[0]
            raise CommandError(f"The database says: {reason}. Has `manage.py migrate` been run?") from error
