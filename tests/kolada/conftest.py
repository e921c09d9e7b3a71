"""A server that speaks Kolada's API, and a client whose waits take no time."""

import pytest

from bench.kolada_server import KoladaServer, speaking
from kolada.client import Client
from kolada.fetching import fetch


class Clock:
    """A clock that goes only when somebody waits, and notes for how long."""

    def __init__(self):
        self.now = 0.0
        self.waits = []

    def __call__(self):
        return self.now

    def wait(self, seconds):
        self.waits.append(seconds)
        self.now += seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def server():
    with speaking(KoladaServer()) as kolada_server:
        yield kolada_server


@pytest.fixture
def kolada(server, clock):
    return Client(server.url, 5, clock=clock, pause=clock.wait)


@pytest.fixture
def get(server, clock, db):
    """Fetch from the server, each time with a client of its own, as each night does."""

    def fetched(*codes, places=("0000", "1480"), years=(2023, 2024), **more):
        client = Client(server.url, 5, clock=clock, pause=clock.wait)
        return fetch(codes=codes, places=places, years=years, by=None, client=client, **more)

    return fetched
