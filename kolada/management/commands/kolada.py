import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from cohorts.models import Organisation
from kit.commands import OneLineCommand
from kolada.models import KeyFigure, OfficialValue
from kolada.places import COUNTRY, place_of


class Command(OneLineCommand):
    help = "Print an organisation's values of a key figure, by year, as Kolada gave them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--kpi", required=True, metavar="ID")
        parser.add_argument("--organisation", required=True, metavar="CODE", help=f"{COUNTRY} is the whole country")
        parser.add_argument("--format", choices=("json",), default="json")

    def handle(self, *, kpi: str, organisation: str, **options: Any) -> None:
        figure = KeyFigure.objects.filter(code=kpi).first()
        if figure is None:
            raise CommandError(f"expected the id of a key figure, found {kpi!r}")
        if organisation != COUNTRY and not Organisation.objects.with_code(organisation).exists():
            raise CommandError(f"the register has no organisation with the code {organisation!r}")
        rows = figure.values.filter(place=place_of(organisation)).order_by("year")
        document = {
            "kpi": figure.code,
            "title": figure.title,
            "organisation": organisation,
            "source": "Kolada",
            "original_source": figure.source,
            "values": [_value(row) for row in rows],
        }
        self.stdout.write(json.dumps(document, ensure_ascii=False))


def _value(row: OfficialValue) -> dict[str, str | None]:
    return {
        "period": str(row.year),
        "women": row.women or None,
        "men": row.men or None,
        "total": row.total or None,
        "gap": None if row.gap is None else f"{row.gap:f}",
        "status": row.status,
    }
