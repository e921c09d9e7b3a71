from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from accounts.enums import SkrRole
from accounts.models import User
from accounts.naming import validate_name
from kit.canonical import canonical_address, validate_address
from kit.commands import OneLineCommand, OneLineParser
from kit.ordering import by_name
from kit.refusals import ActionRefused
from people.actions.staff import appoint_staff, end_staff


def address(text: str) -> str:
    try:
        validate_address(canonical_address(text))
    except ValidationError as error:
        raise CommandError(f"{text!r} is no e-mail address.") from error
    return canonical_address(text)


def name_or_address(name: str, email: str) -> str:
    name = name or email.partition("@")[0].replace(".", " ").title()
    try:
        validate_name(name)
    except ValidationError as error:
        raise CommandError(f"{name!r} is no name.") from error
    return name


class Command(OneLineCommand):
    help = (
        "List SKR's own people, give one their role, or end it. The way in on a new site: they sign in by a code "
        "mailed to the address. Ending signs the person out at once and closes the account."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True, parser_class=OneLineParser)
        what.add_parser("list", help="print address, role and name of each")
        adding = what.add_parser("add", help="give the role, or another role")
        adding.add_argument("email")
        adding.add_argument("--name", default="", help="first name and surname; as in the address if it is left out")
        adding.add_argument("--role", choices=SkrRole.values, default=SkrRole.PROCESS_LEADER.value)
        what.add_parser("end", help="end the role").add_argument("email")

    def handle(self, *, what: str, **options: Any) -> None:
        try:
            if what == "list":
                self._list()
            elif what == "add":
                email = address(options["email"])
                name = name_or_address(options["name"], email)
                user = appoint_staff(email=email, name=name, role=options["role"], by=None)
                self.stdout.write(f"{user.email}: {user.get_skr_role_display()}")
            else:
                user = end_staff(user=self._one(address(options["email"])), by=None)
                self.stdout.write(f"{user.email}: avslutad")
        except ActionRefused as refusal:
            raise CommandError(refusal.sentence) from refusal

    def _list(self) -> None:
        for user in User.objects.staff().order_by("-skr_role", by_name("name")):
            seen = timezone.localtime(user.last_login).date().isoformat() if user.last_login else "aldrig"
            since = user.skr_since.isoformat() if user.skr_since else "okänt"
            self.stdout.write(
                f"{user.email}: {user.get_skr_role_display()}, {user.name}, sedan {since}, inloggad {seen}"
            )

    def _one(self, email: str) -> User:
        user = User.objects.staff().filter(email=email).first()
        if user is None:
            raise CommandError(f"{email} has no role at SKR.")
        return user
