from typing import Any

from django.core.management.base import CommandError, CommandParser

from accounts.models import User
from kit.commands import OneLineCommand
from kit.refusals import ActionRefused
from privacy.actions.erasing import erase_person, kept_because
from privacy.persons import person_at
from privacy.plan import ErasurePlan, plan_of


class Command(OneLineCommand):
    help = (
        "Erase what is stored about the person with the address, and print how many rows of each table were changed or "
        "deleted. What stays, and why, is in docs/personuppgifter.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--dry-run", action="store_true", help="print the counts and change nothing")

    def handle(self, *, email: str, dry_run: bool, **options: Any) -> None:
        if dry_run:
            self._print(self._planned(email))
            return
        try:
            self._print(erase_person(email=email, by=None))
        except ActionRefused as refusal:
            raise CommandError(refusal.sentence) from refusal

    def _planned(self, email: str) -> ErasurePlan:
        person = person_at(email)
        if person is None:
            raise CommandError("Nothing is stored about that address.")
        user = None if person.key is None else User.objects.get(pk=person.key)
        if sentence := kept_because(user):
            raise CommandError(sentence)
        return plan_of(person)

    def _print(self, plan: ErasurePlan) -> None:
        for line in plan.lines():
            self.stdout.write(line)
        for place in plan.doubtful:
            columns = ", ".join(place.doubtful)
            self.stdout.write(
                f"look yourself: {place.model._meta.db_table} {place.key} ({columns}): the name may be somebody else's"
            )
        for model, rows in plan.excepted.items():
            self.stdout.write(f"stays for a time: {model._meta.db_table}: {rows}")
