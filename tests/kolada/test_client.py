"""The client of Kolada's API against a server that misbehaves; nothing waits for real."""

import socket
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from bench.kolada_server import CLOSE, CUT, SILENT, Answer, at, once
from kolada import client as kolada_client
from kolada.client import AskFailed, Client, Gone


@pytest.fixture(autouse=True)
def with_a_row(server):
    server.add("N21704")
    server.give("N21704", "1480", 2023, K=19.468967, T=17.012982)


PATH = "/data/kpi/N21704/municipality/1480/year/2023"


def value_in(kolada):
    [row] = kolada.values(PATH)
    return row["values"][0]["value"]


def test_a_number_is_the_text_that_came(kolada):
    assert value_in(kolada) == "19.468967"


@pytest.mark.parametrize(
    ("fault", "waits"),
    [
        (Answer(429, headers={"Retry-After": "7"}), [7.0]),
        (Answer(429), [1.0]),
        (Answer(429, headers={"Retry-After": "om en stund"}), [1.0]),
        (Answer(500), [1.0]),
        (Answer(503), [1.0]),
        (CUT, [1.0]),
        (CLOSE, [1.0]),
        (Answer(200, b'{"values": ['), [1.0]),
    ],
)
def test_what_may_pass_is_asked_again_after_a_while(server, kolada, clock, fault, waits):
    server.faults = [once(at("data", fault))]
    assert value_in(kolada) == "19.468967"
    assert clock.waits == waits
    assert (kolada.asked, len(server.asked)) == (1, 2)


def test_a_wait_until_an_hour_of_the_clock(server, kolada, clock):
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=30))
    server.faults = [once(at("data", Answer(429, headers={"Retry-After": until})))]
    assert value_in(kolada) == "19.468967"
    [wait] = clock.waits
    assert 25 < wait <= 30


@pytest.mark.parametrize(
    ("fault", "why", "asked"),
    [
        (Answer(500), "Kolada svarade med felet 500.", 4),
        (Answer(429), "Kolada hade för mycket att göra.", 4),
        (Answer(429, headers={"Retry-After": "61"}), kolada_client.TOO_BUSY, 1),
        (Answer(400), "Kolada svarade med felet 400.", 1),
        (Answer(302, headers={"Location": "http://exempel.invalid/"}), "Kolada svarade med felet 302.", 1),
        (Answer(410), "Kolada svarade med felet 410.", 1),
        (CUT, kolada_client.CUT_OFF, 4),
        (CLOSE, kolada_client.NO_ANSWER, 4),
        (Answer(200, b"<html>"), kolada_client.UNREADABLE, 4),
        (Answer(200, b'{"values": [NaN]}'), kolada_client.UNREADABLE, 4),
        (Answer(200, b"[" * 100_000), kolada_client.UNREADABLE, 4),
        (Answer(200, b"[]"), kolada_client.UNREADABLE, 1),
        (Answer(200, b'{"count": 0}'), kolada_client.UNREADABLE, 1),
        (Answer(200, b'{"values": [], "next_url": "http://exempel.invalid/v3"}'), kolada_client.OTHER_HOST, 1),
        (Answer(200, b'{"values": [], "next_url": "http://127.0.0.1:1/v3"}'), kolada_client.OTHER_HOST, 1),
        (Answer(200, b'{"values": [], "next_url": "http://[::1"}'), kolada_client.OTHER_HOST, 1),
    ],
)
def test_a_question_fails_with_its_reason_after_a_bounded_number_of_tries(server, kolada, fault, why, asked):
    server.faults = [at("data", fault)]
    with pytest.raises(AskFailed) as failed:
        kolada.values(PATH)
    assert failed.value.why == why
    assert len(server.asked) == asked


def test_waits_double(server, kolada, clock):
    server.faults = [at("data", Answer(500))]
    with pytest.raises(AskFailed):
        kolada.values(PATH)
    assert clock.waits == [1.0, 2.0, 4.0]


def test_nothing_at_the_address(kolada):
    with pytest.raises(Gone):
        kolada.values("/kpi/N00001")


def test_a_silent_server_is_waited_for_a_while(server, kolada, monkeypatch):
    monkeypatch.setattr(kolada_client, "SECONDS_TO_READ", 0.05)
    server.faults = [at("data", SILENT)]
    with pytest.raises(AskFailed, match="svarade inte"):
        kolada.values(PATH)


def test_a_slow_answer_is_left(kolada, clock, monkeypatch):
    monkeypatch.setattr(kolada_client, "SECONDS_IN_ALL", -1.0)
    with pytest.raises(AskFailed, match="för lång tid"):
        kolada.values(PATH)


def test_too_big_an_answer_is_left(kolada, monkeypatch):
    monkeypatch.setattr(kolada_client, "MOST_BYTES", 10)
    with pytest.raises(AskFailed, match="för stort"):
        kolada.values(PATH)


def test_nobody_there_is_found_out_and_the_rest_is_not_asked(clock):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    kolada = Client(f"http://127.0.0.1:{port}/v3", 5, clock=clock, pause=clock.wait)
    whys = []
    for _ in range(5):
        with pytest.raises(AskFailed) as failed:
            kolada.values(PATH)
        whys.append(failed.value.why)
    assert whys == [kolada_client.NO_ANSWER] * 3 + [kolada_client.NOT_ASKED] * 2
    assert kolada.asked == 3


def test_all_pages_are_read(server, kolada):
    server.per_page = 1
    for year in (2021, 2022, 2023):
        server.give("N21704", "1480", year, T=year)
    rows = kolada.values("/data/kpi/N21704/municipality/1480/year/2021,2022,2023")
    assert [row["period"] for row in rows] == ["2021", "2022", "2023"]
    assert kolada.asked == 3


def test_the_next_page_stays_on_our_host_whatever_scheme_it_names(server, kolada):
    # A server behind a proxy may think that it is spoken to without TLS.
    port = server.url.rpartition(":")[2].removesuffix("/v3")
    second = f'{{"values": [], "next_url": "https://127.0.0.1:{port}{"/v3/kpi"}"}}'
    server.faults = [once(at("data", Answer(200, second.encode())))]
    assert [row["id"] for row in kolada.values(PATH)] == ["N21704"]


def test_pages_that_lead_round_in_a_circle(server, kolada):
    server.faults = [at("data", Answer(200, f'{{"values": [], "next_url": "/v3{PATH}"}}'.encode()))]
    with pytest.raises(AskFailed, match="för många sidor"):
        kolada.values(PATH)


def test_at_most_so_many_questions_a_second(kolada, clock, server):
    began = []
    server.faults = [lambda path: began.append(clock.now)]
    for _ in range(12):
        kolada.values(PATH)
    assert max(sum(start <= moment < start + 1 for moment in began) for start in began) <= 5
    assert clock.now >= 11 / 5
