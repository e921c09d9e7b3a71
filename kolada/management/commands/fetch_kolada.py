import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from kit.commands import OneLineCommand
from kolada import fetching
from kolada.fetching import Fetched
from kolada.reading import is_code

EARLIEST = 1950
PRODUCTION = "https://api.kolada.se/v3"


class Command(OneLineCommand):
    help = "Fetch key figures and their values from Kolada. What fails is named; the rest is stored."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--kpi", action="append", default=[], metavar="ID", help="again for several")
        parser.add_argument("--organisation", action="append", default=[], metavar="CODE", help="again for several")
        parser.add_argument("--from", dest="first", type=int, metavar="YEAR")
        parser.add_argument("--catalogue", action="store_true", help="renew all key figures that are divided by sex")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *, kpi: list[str], organisation: list[str], first: int | None, **options: Any) -> None:
        if not settings.KOLADA_URL:
            raise CommandError(f"KOLADA_URL is empty: set it to {PRODUCTION}, or read files with load_kolada.")
        if wrong := [code for code in kpi if not is_code(code)]:
            raise CommandError(f"{wrong[0]!r} is not the id of a key figure; expected one such as N21704.")
        fetched = fetching.fetch(
            codes=sorted(set(kpi)) or fetching.followed(),
            places=_places(organisation),
            years=_years(first),
            catalogue=options["catalogue"],
            by=None,
        )
        self._print(fetched, as_json=options["format"] == "json")
        if fetched.failed:
            raise CommandError(f"{len(fetched.failed)} questions to Kolada failed; the rest is stored.")

    def _print(self, fetched: Fetched, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(fetched.as_json(), ensure_ascii=False))
            return
        self.stdout.write(
            f"kolada: {fetched.asked} questions, {fetched.rows} rows, {fetched.changed} changed, "
            f"{fetched.missing} with a missing value, withdrawn: {', '.join(fetched.withdrawn) or 'none'}"
        )
        for failed in fetched.failed:
            self.stdout.write(f"{failed['url']}: {failed['why']}")


def _places(codes: list[str]) -> list[str]:
    if not codes:
        return fetching.places_of_register()
    known = fetching.known_organisations().with_code(*codes)
    there = {code for row in known for code in (row.code, row.second_code)}
    if unknown := [code for code in codes if code not in there]:
        raise CommandError(f"the register has no kommun or region with the code {unknown[0]!r}")
    return fetching.places_of(known)


def _years(first: int | None) -> range:
    years = fetching.default_years()
    if first is None:
        return years
    if not EARLIEST <= first <= timezone.localdate().year:
        raise CommandError(f"--from: expected a year from {EARLIEST} to this one, found {first}")
    return range(first, years.stop)
