"""A person's browser, as the proxy passes its requests on."""

from __future__ import annotations

import time
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import uuid4

from chaos.site import HOST, wait_until

if TYPE_CHECKING:
    from chaos.site import Site

PATIENCE_SECONDS = 60.0
# As production names them.
SESSION_COOKIE, CSRF_COOKIE = "__Host-sessionid", "__Host-csrftoken"


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    goes_to: str
    retry_after: str
    seconds: float


class Visitor:
    def __init__(self, site: Site, address: str = "192.0.2.9") -> None:
        self.site, self.address = site, address
        self.cookies: dict[str, str] = {}

    def ask(
        self, path: str, posted: dict[str, object] | None = None, *, file: bytes | None = None, htmx: bool = False
    ) -> Answer:
        """Send one request on a connection of its own, and follow nowhere."""
        sent = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": self.address}
        sent |= {"HX-Request": "true"} if htmx else {}
        sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body: bytes | None = None
        if posted is not None:
            sent |= {"Referer": f"https://{HOST}/", "X-CSRFToken": self.cookies.get(CSRF_COOKIE, "")}
            body, sent["Content-Type"] = _body(posted, file)
        talk, begun = HTTPConnection("127.0.0.1", self.site.port, timeout=PATIENCE_SECONDS), time.monotonic()
        try:
            talk.request("GET" if body is None else "POST", path, body, sent)
            response = talk.getresponse()
            text = response.read().decode(errors="replace")
        finally:
            talk.close()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        goes_to, retry_after = response.getheader("Location", ""), response.getheader("Retry-After", "")
        return Answer(response.status, text, goes_to, retry_after, time.monotonic() - begun)

    def ask_for_code(self, email: str) -> Answer:
        self.ask("/logga-in/")
        return self.ask("/logga-in/", {"email": email})

    def sign_in(self, email: str) -> Visitor:
        asked = self.ask_for_code(email)
        assert asked.status == 302, f"asking for a code answered {asked.status}"
        wait_until(lambda: self.code_for(email), f"the code for {email}")
        return self.give_code(email)

    def code_for(self, email: str) -> str:
        """Return the code of the newest mail to the address, or an empty string."""
        return next(reversed(self.site.codes_for(email)), "")

    def give_code(self, email: str) -> Visitor:
        self.ask("/logga-in/kod/")
        answer = self.ask("/logga-in/kod/", {"code": self.code_for(email)})
        assert SESSION_COOKIE in self.cookies, f"the code of {email} was answered {answer.status}"
        return self


def _body(posted: dict[str, object], file: bytes | None) -> tuple[bytes, str]:
    if file is None:
        return urlencode(posted).encode(), "application/x-www-form-urlencoded"
    line = uuid4().hex
    part = f"--{line}\r\nContent-Disposition: form-data; name="
    fields = [f'{part}"{name}"\r\n\r\n{value}\r\n' for name, value in posted.items()]
    head = f'{part}"file"; filename="underlag.txt"\r\nContent-Type: text/plain\r\n\r\n'
    whole = "".join([*fields, head]).encode() + file + f"\r\n--{line}--\r\n".encode()
    return whole, f"multipart/form-data; boundary={line}"
