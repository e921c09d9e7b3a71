from typing import Any

from django.core.management.base import CommandError, CommandParser

from accounts.models import User
from kit.canonical import canonical_address
from kit.commands import OneLineCommand
from kit.refusals import ActionRefused
from people.actions.own_sign_in import reset_factors


class Command(OneLineCommand):
    help = "Take away the passkeys, app and recovery codes of someone who has lost them. Make sure who asks, by phone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *, email: str, **options: Any) -> None:
        user = User.objects.filter(email=canonical_address(email)).first()
        if user is None:
            raise CommandError(f"Nobody signs in with {email!r}.")
        try:
            reset_factors(user=user, by=None)
        except ActionRefused as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(f"{user.email}: signs in by a mailed code only, and was signed out everywhere.")
