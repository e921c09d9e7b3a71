"""Time of fetching a national set of key figures from Kolada, with a local server in Kolada's place."""

import random
from time import perf_counter, process_time

from django.utils import timezone

from bench.kolada_server import KoladaServer, entry, speaking
from bench.results import Measure, Table
from kolada.client import Client
from kolada.fetching import fetch, followed, places_of_register
from kolada.models import OfficialValue
from kolada.places import COUNTRY

YEARS, PER_SECOND = 10, 5
AT_MOST = 60.0


def measure_kolada() -> Table:
    OfficialValue.objects.filter(invented=False).delete()
    codes, places = followed(), places_of_register()
    this_year = timezone.localdate().year
    years = range(this_year - YEARS, this_year)
    server = _server(codes, places, years)
    with speaking(server):
        first = _measured(server, codes, places, years)
        again = _measured(server, codes, places, years)
    organisations = len(places) - (COUNTRY in places)
    return {
        f"First time, {organisations} places, {len(codes)} key figures, {YEARS} years": first,
        "The next night": again,
    }


def _measured(server: KoladaServer, codes: list[str], places: list[str], years: range) -> list[Measure]:
    client = Client(server.url, PER_SECOND)
    started, worked = perf_counter(), process_time()
    fetched = fetch(codes=codes, places=places, years=years, by=None, client=client)
    took, work = perf_counter() - started, process_time() - worked
    return [
        Measure("seconds", round(took, 1), AT_MOST),
        Measure("rows", fetched.rows),
        Measure("questions", fetched.asked),
        Measure("failed", len(fetched.failed), 0),
        # The server's own share is in it.
        Measure("processor seconds", round(work, 1)),
    ]


def _server(codes: list[str], places: list[str], years: range) -> KoladaServer:
    server, chance = KoladaServer(), random.Random(14)
    for code in codes:
        server.add(code)
        for place in places:
            for year in years:
                entries = [entry(sex, round(chance.uniform(0, 100), 6)) for sex in "KMT"]
                chance.shuffle(entries)
                server.give(code, place, year, *entries)
    return server
