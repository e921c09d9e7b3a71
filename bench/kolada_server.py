"""A server on the loopback that speaks Kolada's API, version 3, for tests and the bench; it misbehaves as it is told.

`faults` are functions of a path that return None, or the answer that goes out instead: a status with its headers and
body, or `CUT`, `CLOSE` and `SILENT`. Each is asked in turn until one answers.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

PER_PAGE = 5000
MOST_IDS = 25
CUT, CLOSE, SILENT = "cut", "close", "silent"


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)


Fault = Callable[[str], Answer | str | None]


@dataclass
class KoladaServer:
    """`figures` by id, and rows by key figure, place and year; both as Kolada lists them."""

    figures: dict[str, dict[str, Any]] = field(default_factory=dict)
    rows: dict[tuple[str, str, int], dict[str, Any]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    per_page: int = PER_PAGE
    url: str = ""
    over: threading.Event = field(default_factory=threading.Event)

    def add(self, code: str, **more: Any) -> None:
        facts: dict[str, Any] = {
            "title": f"Nyckeltal {code}",
            "description": "Andel. Källa: SCB.",
            "municipality_type": "A",
        }
        facts |= {"is_divided_by_gender": True, "has_ou_data": False, "auspice": "X", "operating_area": "Skola"}
        dates = {"publication_date": "2026-12-15", "prel_publication_date": None, "publ_period": "2025"}
        self.figures[code] = {"id": code, "perspective": "Resurser", **facts, **dates, **more}

    def give(self, code: str, place: str, year: int, *entries: dict[str, Any], **values: Any) -> None:
        """Give a row its entries; `K`, `M` and `T` are their values where nothing else is said of them."""
        given = [*entries, *(entry(sex, value) for sex, value in values.items())]
        self.rows[code, place, year] = {"values": given, "kpi": code, "period": year, "municipality": place}

    def listed(self, path: str) -> list[Any] | None:
        """Return what an address lists; None is 404."""
        parts = [part for part in path.split("/") if part][1:]
        ids = parts[-1].split(",") if parts else []
        match parts:
            case ["kpi"]:
                return list(self.figures.values())
            case ["kpi", _] if len(ids) <= MOST_IDS:
                return [self.figures[code] for code in ids if code in self.figures] or None
            case ["data", "kpi", kpis, "municipality", places, "year", years]:
                asked = [joined.split(",") for joined in (kpis, places, years)]
                if any(len(ids) > MOST_IDS for ids in asked):
                    return None
                keys = ((kpi, place, int(year)) for kpi in asked[0] for place in asked[1] for year in asked[2])
                return [self.rows[key] for key in keys if key in self.rows]
        return None

    def answer(self, target: str) -> Answer | str:
        self.asked.append(target)
        for fault in self.faults:
            if (answer := fault(target)) is not None:
                return answer
        address = urlsplit(target)
        listed = self.listed(address.path)
        if listed is None:
            return Answer(404, b'{"detail": "Not Found"}')
        page = int(parse_qs(address.query).get("page", ["1"])[0])
        shown = listed[(page - 1) * self.per_page : page * self.per_page]
        host = self.url.removesuffix("/v3")
        is_last = page * self.per_page >= len(listed)
        following = None if is_last else f"{host}{address.path}?page={page + 1}&per_page={self.per_page}"
        envelope = {"values": shown, "next_url": following, "previous_url": None, "count": len(shown)}
        return Answer(200, json.dumps(envelope).encode())


def entry(sex: str, value: Any, *, status: str = "", isdeleted: bool = False, count: int = 1) -> dict[str, Any]:
    return {"gender": sex, "count": count, "status": status, "value": value, "isdeleted": isdeleted}


def once(fault: Fault) -> Fault:
    """Return a fault that happens once."""
    done: list[str] = []

    def only_once(path: str) -> Answer | str | None:
        answer = None if done else fault(path)
        if answer is not None:
            done.append(path)
        return answer

    return only_once


def at(part: str, answer: Answer | str) -> Fault:
    """Return a fault at addresses that have the part."""
    return lambda path: answer if part in path else None


@contextmanager
def speaking(server: KoladaServer) -> Iterator[KoladaServer]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            answer = server.answer(self.path)
            if answer == SILENT:
                server.over.wait(30)
            if isinstance(answer, str):
                self.close_connection = True
                if answer == CUT:
                    self.say(Answer(200, b'{"values": [{"kpi": '), length=200)
                return
            self.say(answer, length=len(answer.body))

        def say(self, answer: Answer, *, length: int) -> None:
            self.send_response(answer.status)
            for name, value in {"Content-Type": "application/json", **answer.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(length))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_: Any) -> None:
            pass

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listening.daemon_threads = True
    server.url = f"http://127.0.0.1:{listening.server_address[1]}/v3"
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        listening.shutdown()
        listening.server_close()
        thread.join()
