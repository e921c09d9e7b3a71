"""A test client that refuses pages no browser of ours should get."""

import re

from django.http import HttpResponseBase
from django.test import Client

FORBIDDEN = {
    "a template tag that was not rendered": re.compile(r"\{\{|\{%|\{#"),
    "a component that was not rendered": re.compile(r"</?c-[a-z]"),
    "a script in an attribute, which the content security policy stops": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.I),
    "a style in an attribute, which the content security policy stops": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.I),
    "a style element, which the content security policy stops": re.compile(r"<style\b(?![^>]*\snonce=)", re.I),
    "breadcrumbs under the omgång's menu, not above as elsewhere": re.compile(r"cohort-nav.*class=.crumbs", re.S),
    "an inline script without nonce": re.compile(r"<script\b(?![^>]*\s(?:src|nonce)=)", re.I),
}
ID = re.compile(r'<[a-z][^>]*\sid="([^"]*)"', re.I)


def faults(html: str) -> list[str]:
    """What is wrong with a page or a fragment, each with the place where it stands."""
    complaints = []
    for name, pattern in FORBIDDEN.items():
        hit = pattern.search(html)
        if hit:
            complaints.append(f"{name}: …{html[max(0, hit.start() - 60) : hit.end() + 60]}…")
    ids = ID.findall(html)
    twice = sorted({identity for identity in ids if ids.count(identity) > 1})
    if twice:
        complaints.append(f"the same id twice: {', '.join(twice)}")
    return complaints


class StrictClient(Client):
    """Django's client, but an HTML answer with a fault is a failed test."""

    def request(self, **request: object) -> HttpResponseBase:
        response = super().request(**request)
        if response.get("Content-Type", "").startswith("text/html") and not response.streaming:
            complaints = faults(response.content.decode(response.charset))
            assert not complaints, f"{response.wsgi_request.path}\n" + "\n".join(complaints)
        _kept_by_nobody_else(response)
        return response


def _kept_by_nobody_else(response: HttpResponseBase) -> None:
    """What a signed-in person gets is stored in no shared cache, and a file nowhere."""
    user = getattr(response.wsgi_request, "user", None)
    if user is not None and user.is_authenticated:
        is_page = response.get("Content-Type", "text/html").startswith("text/html")
        wanted = "private" if is_page or response.wsgi_request.path.endswith(".ics") else "no-store"
        assert wanted in response.get("Cache-Control", ""), f"{response.wsgi_request.path} may be kept by others"
