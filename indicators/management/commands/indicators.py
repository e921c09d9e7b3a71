import json
from typing import Any

from django.core.management.base import CommandError, CommandParser

from cohorts.models import Participation
from indicators.document import document_of
from kit.commands import OneLineCommand


class Command(OneLineCommand):
    help = (
        "Print an organisation's indicators with their series, targets, movement and signals, as any reader outside "
        "its editors sees them: small numbers are not in it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="the omgång's address, as in /omgangar/SLUG/")
        parser.add_argument("--organisation", metavar="CODE", required=True)
        parser.add_argument("--indicator", metavar="KEY", help="one of them; all if left out")
        parser.add_argument("--format", choices=("json",), default="json")

    def handle(self, *args: Any, **options: Any) -> None:
        slug, code, key = options["slug"], options["organisation"], options["indicator"]
        participation = Participation.objects.filter(cohort__slug=slug, code=code).first()
        if participation is None:
            raise CommandError(f"There is no organisation {code!r} in an omgång {slug!r}.")
        rows = participation.indicators.select_related("participation__organisation").order_by("position", "pk")
        if key:
            rows = rows.filter(key=key)
            if not rows:
                raise CommandError(f"There is no indicator {key!r} of {code} in {slug}.")
        self.stdout.write(json.dumps(document_of(rows), ensure_ascii=False, indent=2))
