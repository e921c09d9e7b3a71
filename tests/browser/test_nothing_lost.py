"""Nothing typed is lost, whatever happens: three journeys and seven mishaps, in Chromium and in Firefox (`make slow`).

A report's sections save as one goes, a PDSA cycle is sent with a button to its own page, and the answer to a meeting to
an address that is only posted to. What a single browser can be asked is in test_guard.py.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.servers.basehttp import WSGIRequestHandler
from django.db import InternalError
from django.db.backends.utils import CursorWrapper
from django.urls import reverse
from django.utils import timezone

from improvements.models import Cycle
from meetings.models import Attendance
from reports.models import ReportSection
from tests.browser.hands import Chromium, Firefox, button, firefox, link, where_firefox_is
from tests.factories import ImprovementFactory, MeetingFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OFFLINE = "Inte sparat: ingen kontakt."
REFUSED = "Inte sparat: det gick inte att ta emot."
SIGNED_OUT = "Inte sparat: du är utloggad."
WORDS, OTHERS = "Det här ska inte försvinna.", "Skrivet i en annan flik."
IN_FIREFOX = [
    pytest.mark.firefox,
    pytest.mark.xdist_group("firefox"),
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="session")
def debians_firefox(tmp_path_factory) -> Iterator[Firefox]:
    binary = where_firefox_is()
    assert binary, "Firefox is missing; bin/setup firefox installs it"
    with firefox(binary, str(tmp_path_factory.mktemp("firefox") / "log")) as hands:
        yield hands


@pytest.fixture(params=["chromium", pytest.param("firefox", marks=IN_FIREFOX)])
def hands(request, live_server) -> Chromium | Firefox:
    if request.param == "chromium":
        return Chromium(request.getfixturevalue("page"))
    debian_firefox: Firefox = request.getfixturevalue("debians_firefox")
    debian_firefox.forget_all()
    return debian_firefox


class Journey:
    """Anna at a page where something is typed; `says` is where the page tells how it goes."""

    says = "form .saved"

    def __init__(self, hands, url: str, cast) -> None:
        self.hands, self.url, self.anna = hands, url, cast.anna
        hands.sign_in(url, cast.anna)

    def open(self, tab=None) -> None:
        (tab or self.hands).open(self.address)

    def type_and_send(self, tab=None, words: str = WORDS) -> None:
        self.type(tab or self.hands, words)
        self.send(tab or self.hands)

    def come_back(self) -> None:
        self.hands.open(f"{self.url}/om/")
        self.hands.back()


class Report(Journey):
    says = "#avsnitt-purpose"
    place = "#avsnitt-purpose [role=textbox]"

    def __init__(self, hands, url, cast):
        super().__init__(hands, url, cast)
        self.address = url + reverse("reports:section", args=[cast.own.cohort.slug, cast.own.code, "purpose"])

    def type(self, tab, words):
        tab.write(self.place, words)

    def send(self, tab):
        """It goes by itself."""

    def send_twice(self):
        self.hands.double_click(button("Spara"))

    def stays(self):
        self.hands.sees(self.place, WORDS)

    def arrives(self, tab=None):
        (tab or self.hands).sees(self.says, "✓ Sparat")

    def stored(self):
        return list(ReportSection.objects.filter(key="purpose").values_list("text", flat=True))

    def shows_both(self):
        self.hands.sees(self.says, "En annan text har sparats")
        self.hands.sees(self.says, OTHERS)
        self.stays()
        assert self.stored() == [OTHERS]

    def again(self):
        self.stays()


class PdsaCycle(Journey):
    place = "[name=plan]"

    def __init__(self, hands, url, cast):
        super().__init__(hands, url, cast)
        improvement = ImprovementFactory(participation=cast.own)
        self.address = url + reverse("improvements:cycle_add", args=[improvement.pk])
        self.leads_to = url + reverse("improvements:improvement", args=[improvement.pk])

    def type(self, tab, words):
        tab.write(self.place, words)

    def send(self, tab):
        tab.click(button("Spara"))

    def send_twice(self):
        self.hands.double_click(button("Spara"))

    def stays(self):
        self.hands.finds_written(self.place, WORDS)

    def arrives(self, tab=None):
        (tab or self.hands).is_at(self.leads_to)

    def stored(self):
        return list(Cycle.objects.order_by("pk").values_list("plan", flat=True))

    def shows_both(self):
        self.arrives()
        assert self.stored() == [OTHERS, WORDS]

    def come_back(self):
        self.hands.back()

    def again(self):
        self.stays()
        self.send(self.hands)
        self.hands.sees("main", "Det här hade du redan sparat.")
        self.arrives()


class AnswerToMeeting(Journey):
    def __init__(self, hands, url, cast):
        super().__init__(hands, url, cast)
        meeting = MeetingFactory(cohort=cast.own.cohort, starts_on=timezone.localdate() + timedelta(days=30))
        self.address = url + meeting.get_absolute_url()

    def type(self, tab, words):
        """Nothing: the button is the answer."""

    def type_and_send(self, tab=None, words=WORDS):
        (tab or self.hands).click(button("Jag kommer" if words == WORDS else "Jag kommer inte"))

    def send_twice(self):
        self.hands.double_click(button("Jag kommer"))

    def stays(self):
        self.hands.finds(button("Jag kommer"))

    def arrives(self, tab=None):
        (tab or self.hands).sees("main", f"Du har svarat att du {'inte ' if tab else ''}kommer.")

    def stored(self):
        return [WORDS if answer == "yes" else OTHERS for answer in Attendance.objects.values_list("answer", flat=True)]

    def shows_both(self):
        self.arrives()
        assert self.stored() == [WORDS]

    def again(self):
        self.hands.sees("#svar", "Du kommer")


@pytest.fixture(params=[Report, PdsaCycle, AnswerToMeeting])
def journey(request, hands, live_server, cast) -> Journey:
    made: Journey = request.param(hands, live_server.url, cast)
    made.open()
    return made


@contextmanager
def stopped_server() -> Iterator[None]:
    """The server hangs up on whatever it is asked."""

    def hang_up(handler: WSGIRequestHandler) -> bool:
        handler.close_connection = True
        return False

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WSGIRequestHandler, "parse_request", hang_up)
        yield


@contextmanager
def refusing_database() -> Iterator[None]:
    """The database reads, and writes nothing."""
    execute = CursorWrapper.execute

    def refuse(cursor: CursorWrapper, sql: str, params: object = None) -> object:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            raise InternalError("cannot execute in a read-only transaction")
        return execute(cursor, sql, params)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CursorWrapper, "execute", refuse)
        yield


def waits(journey: Journey, sentence: str) -> None:
    journey.hands.sees(journey.says, sentence)
    journey.stays()
    assert journey.stored() == []


def arrives(journey: Journey) -> None:
    journey.arrives()
    assert journey.stored() == [WORDS]


def test_the_network_is_off(journey):
    journey.hands.has_contact(False)
    journey.type_and_send()
    waits(journey, OFFLINE)
    journey.hands.has_contact(True)
    arrives(journey)


def test_the_server_is_stopped(journey):
    with stopped_server():
        journey.type_and_send()
        waits(journey, OFFLINE)
    arrives(journey)


def test_the_database_refuses(journey):
    with refusing_database():
        journey.type_and_send()
        waits(journey, REFUSED)
    arrives(journey)


def test_the_session_has_ended(journey):
    Session.objects.all().delete()
    journey.type_and_send()
    waits(journey, SIGNED_OUT)
    journey.hands.sign_in_by(link("Logga in i en ny flik"), journey.url, journey.anna)
    arrives(journey)


def test_the_same_page_in_a_second_tab(journey):
    with journey.hands.another_tab() as tab:
        journey.open(tab)
        journey.type_and_send(tab, OTHERS)
        journey.arrives(tab)
    journey.type_and_send()
    journey.shows_both()


def test_a_double_click(journey):
    journey.type(journey.hands, WORDS)
    journey.send_twice()
    arrives(journey)


def test_back(journey):
    journey.type_and_send()
    arrives(journey)
    journey.come_back()
    journey.again()
    assert journey.stored() == [WORDS]
