from datetime import date
from typing import Any

from django.core.management.base import CommandError, CommandParser

from cohorts.models import Cohort, Evaluator
from kit.commands import OneLineCommand, OneLineParser
from kit.refusals import ActionRefused
from people.actions.evaluators import appoint_evaluator, change_last_day, end_evaluator
from people.management.commands.staff import address, name_or_address


class Command(OneLineCommand):
    help = "Let an evaluator read what is handed in, in an omgång, until a day, or end it at once."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True, parser_class=OneLineParser)
        adding = what.add_parser("add", help="appoint the person, or give them another last day")
        adding.add_argument("--name", default="", help="first name and surname; as in the address if it is left out")
        adding.add_argument("--until", required=True, metavar="DAY", help="the last day, as 2027-12-31")
        ending = what.add_parser("end", help="end the reading")
        ending.add_argument("--until", metavar="DAY", help="the last day; at once if it is left out")
        for each in (adding, ending):
            each.add_argument("email")
            each.add_argument("--cohort", required=True, metavar="SLUG")

    def handle(self, *, what: str, email: str, **options: Any) -> None:
        cohort = Cohort.objects.filter(slug=options["cohort"]).first()
        if cohort is None:
            raise CommandError(f"There is no omgång with the address {options['cohort']!r}.")
        email = address(email)
        try:
            if what == "add":
                name, until = name_or_address(options["name"], email), _day(options["until"])
                row = appoint_evaluator(cohort=cohort, email=email, name=name, until=until, by=None)
            elif options["until"]:
                row = change_last_day(evaluator=_one(cohort, email), until=_day(options["until"]), by=None)
            else:
                row = end_evaluator(evaluator=_one(cohort, email), by=None)
        except ActionRefused as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(f"{row.user.email}: till och med {row.until.isoformat()}")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"{text!r} is no day. Write it as 2027-12-31.") from error


def _one(cohort: Cohort, email: str) -> Evaluator:
    row = Evaluator.objects.filter(cohort=cohort, user__email=email).first()
    if row is None:
        raise CommandError(f"{email} is no evaluator in {cohort.slug}.")
    return row
