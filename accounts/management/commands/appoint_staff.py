from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser

from accounts.actions import appoint_staff
from accounts.enums import SkrRole
from accounts.naming import validate_name
from kit.canonical import canonical_address, validate_address
from kit.commands import OneLineCommand
from kit.refusals import ActionRefused


class Command(OneLineCommand):
    help = "Give a person at SKR their role: the way in on a new site. They sign in by a code mailed to the address."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name", help="first name and surname, in quotes")
        parser.add_argument("--role", choices=SkrRole.values, default=SkrRole.PROCESS_LEADER)

    def handle(self, *, email: str, name: str, role: str, **options: Any) -> None:
        try:
            validate_address(canonical_address(email))
        except ValidationError as error:
            raise CommandError(f"{email!r} is no e-mail address.") from error
        try:
            validate_name(name)
        except ValidationError as error:
            raise CommandError(f"{name!r} is no name.") from error
        try:
            user = appoint_staff(email=email, name=name, role=SkrRole(role), by=None)
        except ActionRefused as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(f"{user.email}: {user.get_skr_role_display()}")
