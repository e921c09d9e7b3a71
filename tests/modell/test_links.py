"""A link is drawn only where its reader may follow it: every link on every page is followed as the page's reader.

The pages are those of the access table, as each role that may open them, and those that are looked at in the browser,
as they are before anything is done there. A link is followed where it stands, since what it leads to may be gone later.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import Resolver404, resolve, reverse

from tests.access import ROLES
from tests.browser.scene import set_up
from tests.conftest import files_in
from tests.modell.test_access import NO_HTML, written
from tests.pages import PAGES, TABLE
from tests.strict import StrictClient
from tests.world import place, undone

# Access itself is tested for every row in each run (test_access.py); a link that leads nowhere can wait for its turn.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.in_turn(4)]

MOST_ALIKE = 4
SITE = "http://testserver"
# Leads to another site, which nobody is at in the suite; its page says so with a 503.
AWAY = "openid_connect_login"
WITH_LINKS = [row for row in TABLE if not row.post and row.where not in NO_HTML]
LOOKED_AT = sorted({page.who for page in PAGES})


class Links(HTMLParser):
    """The addresses that a page leads to, or fetches a part of itself from."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if (tag == "a" and name == "href") or name == "hx-get":
                self.addresses.append(value or "")


@dataclass(frozen=True)
class Opened:
    status: int
    links: tuple[str, ...]


class Reader:
    """Someone who opens pages and follows the links on them, each once; `faults` tells what led to nothing."""

    def __init__(self, user=None) -> None:
        self.client = StrictClient(raise_request_exception=False)
        if user:
            self.client.force_login(user)
        self.opened: dict[str, Opened] = {}
        self.faults: list[str] = []

    @property
    def fault_lines(self) -> str:
        return "\n".join(self.faults)

    def read(self, address: str, status: int = 200, *, anew: bool = False) -> None:
        """Open a page and follow its links; `anew` where what it shows is another state than before."""
        page = self._open(address, anew=anew)
        if page.status not in (status, 422):  # what is asked about stands in the address of some pages
            self.faults.append(f"{address}: {page.status}")
        for link in few_of_each(page.links):
            known = link in self.opened
            if self._open(link).status >= 400 and not known and view_of(link) != AWAY:
                self.faults.append(f"{address} leads to {link}: {self.opened[link].status}")

    def _open(self, address: str, *, anew: bool = False) -> Opened:
        if anew or address not in self.opened:
            answer = self.client.get(address, follow=True)
            is_page = answer.get("Content-Type", "").startswith("text/html")
            links = links_of(answer.text, answer.wsgi_request.get_full_path()) if is_page else ()
            self.opened[address] = Opened(answer.status_code, tuple(links))
            for close in answer._resource_closers:  # not close(): that would also let the database go
                close()
        return self.opened[address]


def few_of_each(links: Iterable[str]) -> Iterator[str]:
    """Leave out what a long list repeats: of links to the same view, from one page, the first few are followed."""
    followed = Counter[str]()
    for link in links:
        name = view_of(link)
        followed[name] += 1
        if followed[name] <= MOST_ALIKE:
            yield link


def view_of(link: str) -> str:
    try:
        return resolve(urlsplit(link).path).view_name
    except Resolver404:
        return link


def links_of(html: str, page: str) -> Iterator[str]:
    parser = Links()
    parser.feed(html)
    for link in dict.fromkeys(parser.addresses):
        address = urldefrag(urljoin(f"{SITE}{page}", link)).url
        if address.startswith(f"{SITE}/") and not urlsplit(address).path.startswith(settings.STATIC_URL):
            yield address.removeprefix(SITE)


@dataclass(frozen=True)
class Place:
    """Where a page lies, and whether the world has to be changed to get there."""

    find: Callable[[], str]
    status: int
    changes: bool


def read_all(reader: Reader, places: Iterable[tuple[Callable[[], str], int]]) -> None:
    """Read what stands first, and then what rows made for one page only give."""
    spots = [Place(find, status, _changes(find)) for find, status in places]
    for spot in sorted(spots, key=lambda spot: spot.changes):
        with undone():
            reader.read(spot.find(), spot.status, anew=spot.changes)


def _changes(find: Callable[[], str]) -> bool:
    with undone(), CaptureQueriesContext(connection) as queries:
        find()
    return bool(written(queries))


@pytest.fixture(autouse=True)
def papers_are_not_drawn(monkeypatch) -> None:
    """That a paper can be opened is the question here, and drawing each takes a second."""
    monkeypatch.setattr("kit.pdf.page_document", lambda html: None)
    monkeypatch.setattr("kit.pdf.write", lambda document: b"%PDF-1.7")


@pytest.mark.parametrize("role", ROLES)
def test_every_link_of_the_access_table_is_open_to_its_reader(world, role):
    reader = Reader(world.users[role])
    read_all(reader, [(partial(address_of, world, row), 200) for row in WITH_LINKS if role in row.ok])
    assert not reader.faults, reader.fault_lines
    assert len(reader.opened) > 10


def address_of(world, row) -> str:
    return reverse(row.name, args=place(world, row.where))


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demonstration with what it lacks, loaded once, and where its files are."""
    stored = files_in(tmp_path_factory.mktemp("files"))
    with django_db_blocker.unblock(), undone(), override_settings(STORAGES=stored):
        call_command("load_demo", verbosity=0)
        yield set_up(), stored


@pytest.fixture
def scene(loaded, settings):
    loaded_scene, settings.STORAGES = loaded
    return loaded_scene


# Together, since loading the demonstration takes as long as a few of them.
@pytest.mark.in_turn("links")
@pytest.mark.parametrize("who", LOOKED_AT)
def test_every_link_of_the_pages_looked_at_is_open_to_its_reader(scene, who):
    reader = Reader(scene.users[who] if who else None)
    read_all(reader, [(partial(page.path, scene), page.status) for page in PAGES if page.who == who])
    assert not reader.faults, reader.fault_lines
