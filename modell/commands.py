from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError


class OneLineParser(CommandParser):
    """Says what is wrong with a command's arguments in one line, and ends with 1 as other bad input does."""

    def error(self, message: str) -> NoReturn:
        if self.called_from_command_line:
            self.exit(1, f"{self.prog}: {message}\n")
        raise CommandError(f"{self.prog}: {message}")


class OneLineCommand(BaseCommand):
    """A command whose every failure is one line and exit code 1, a missing or empty database too."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.__class__ = OneLineParser  # Django names its parser's class in the method itself
        return parser

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except DatabaseError as error:
            reason = str(error).splitlines()[0]
            raise CommandError(f"The database says: {reason}. Has `manage.py migrate` been run?") from error
