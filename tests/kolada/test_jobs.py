"""Fetching at night and on demand: the row, what the page says of it, and how it heals."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import SkrRole
from bench.kolada_server import CUT, at
from kit.enums import BuildState
from kit.models import AuditEvent
from kit.refusals import ActionRefused
from kolada import client as kolada_client
from kolada import fetching, jobs, tasks
from kolada.actions import FETCHES_AN_HOUR, order_fetch
from kolada.freshness import freshness
from kolada.models import Fetch, KeyFigure, OfficialValue
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
CODE = "N00905"
# Not the year before the day of the suite: a test that moves to another day would give a second value.
YEAR = 2024


@pytest.fixture
def site(settings, server, monkeypatch):
    """A site whose only starter is one key figure, and which waits for nothing."""
    settings.KOLADA_URL, settings.KOLADA_PER_SECOND = server.url, 1_000_000
    monkeypatch.setattr(jobs.time, "sleep", lambda _: None)
    monkeypatch.setattr(jobs.fetching, "followed", lambda: [CODE])
    monkeypatch.setattr(jobs.fetching, "places_of_register", lambda: ["0000", "1480"])
    monkeypatch.setattr(tasks, "send", lambda fetch_id: None)
    server.add(CODE, title="Nettoinkomst")
    give(server, 300)
    return server


def give(server, women):
    server.give(CODE, "1480", YEAR, K=women, M=350)


@pytest.fixture
def leader():
    return UserFactory(skr_role=SkrRole.PROCESS_LEADER)


def night():
    [made] = jobs.fetch_of_the_night()
    jobs.run(made)
    return Fetch.objects.get(pk=made)


def test_a_night_fetches_what_is_followed(site):
    row = night()
    assert (row.state, row.error, row.rows, row.failed) == (BuildState.READY, "", 1, [])
    assert row.step == row.steps == 2
    assert OfficialValue.objects.get().women == "300"
    assert AuditEvent.objects.filter(kind="kolada_fetched").exists()


def test_a_night_without_an_answer_leaves_the_figures_and_the_next_heals(site, time_machine, client, leader):
    time_machine.move_to(datetime(2026, 11, 14, 3, 15, tzinfo=UTC), tick=False)
    give(site, 300)
    night()
    assert freshness(timezone.now()).sentence == "Siffrorna hämtades från Kolada den 14 november 2026."
    time_machine.move_to(datetime(2026, 11, 15, 3, 15, tzinfo=UTC), tick=False)
    site.faults = [at("/v3/", CUT)]
    row = night()
    assert (row.state, row.error) == (BuildState.FAILED, jobs.NO_ANSWER)
    assert {failure["why"] for failure in row.failed} == {kolada_client.CUT_OFF}
    said = "Kolada svarade inte i natt. Siffrorna är från den 14 november 2026."
    assert freshness(timezone.now()).sentence == said
    client.force_login(leader)
    for name in ("kolada:search", "kolada:fetch"):
        assert said in client.get(reverse(name)).text
    assert said in client.get(reverse("kolada:key_figure", args=[CODE])).text
    assert OfficialValue.objects.get().women == "300"
    time_machine.move_to(datetime(2026, 11, 16, 3, 15, tzinfo=UTC), tick=False)
    assert "den 15 november 2026" in freshness(timezone.now()).sentence
    site.faults = []
    give(site, 301)
    assert night().changed == 1
    assert freshness(timezone.now()).is_fault is False
    assert OfficialValue.objects.get().women == "301"


def test_a_night_with_some_answers_says_so(site):
    site.faults = [at("/v3/kpi/", CUT)]
    row = night()
    assert (row.state, row.error) == (BuildState.READY, jobs.SOME_ANSWERS)
    assert freshness(timezone.now()).sentence.startswith("Kolada svarade inte på allt i natt.")


def test_without_an_address_nothing_fails(site, settings, client, leader):
    settings.KOLADA_URL = ""
    assert jobs.fetch_of_the_night() == []
    client.force_login(leader)
    assert jobs.NO_ADDRESS in client.get(reverse("kolada:search")).text
    with pytest.raises(ActionRefused, match="läses in från filer"):
        order_fetch(by=leader)
    row = jobs.make_fetch(None)
    jobs.run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.error) == (BuildState.FAILED, jobs.NO_ADDRESS)


def test_two_orders_are_one_fetch_and_the_night_does_not_disturb_it(site, leader):
    first = order_fetch(by=leader)
    assert order_fetch(by=leader) == first
    assert jobs.fetch_of_the_night() == []
    jobs.run(first.pk)
    assert order_fetch(by=leader) != first


def test_orders_are_limited_by_the_hour(site, leader, time_machine):
    time_machine.move_to(datetime(2026, 11, 14, 9, 15, tzinfo=UTC), tick=False)
    for _ in range(FETCHES_AN_HOUR.most):
        jobs.run(order_fetch(by=leader).pk)
    with pytest.raises(ActionRefused, match="Du kan beställa högst 6 hämtningar från Kolada i timmen"):
        order_fetch(by=leader)


def test_a_fetch_whose_worker_died_is_sent_again(site, monkeypatch):
    sent = []
    monkeypatch.setattr(tasks, "send", sent.append)
    row = jobs.make_fetch(None)
    jobs.take(row.pk)
    Fetch.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    tasks.requeue_lost_fetches()
    assert sent == [row.pk]
    jobs.run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.attempts) == (BuildState.READY, 2)


def test_a_worker_that_was_taken_for_dead_changes_nothing(site):
    row = jobs.make_fetch(None)
    late = jobs.take(row.pk)
    Fetch.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    jobs.take(row.pk)
    with pytest.raises(jobs.building.LeaseLost):
        late.tell(1, 2)


def test_an_error_of_ours_is_a_sentence_on_the_page(site, monkeypatch, client, leader):
    monkeypatch.setattr(fetching, "store_facts", lambda _: 1 / 0)
    row = night()
    assert (row.state, row.error) == (BuildState.FAILED, jobs.BROKEN)
    client.force_login(leader)
    assert jobs.BROKEN in client.get(reverse("kolada:fetch")).text


@pytest.mark.parametrize(("days", "kept"), [(-1, True), (1, False)])
def test_a_fetch_is_remembered_for_ninety_days(site, days, kept):
    row = jobs.make_fetch(None)
    Fetch.objects.update(state=BuildState.READY, ordered_at=timezone.now() - jobs.KEPT - timedelta(days=days))
    jobs.fetch_of_the_night()
    assert Fetch.objects.filter(pk=row.pk).exists() is kept


def test_the_page_shows_how_far_it_has_come(site, client, leader):
    client.force_login(leader)
    client.post(reverse("kolada:fetch"))
    assert "Hämtningen står i kö." in client.get(reverse("kolada:fetch")).text
    row = Fetch.objects.get()
    jobs.take(row.pk).tell(3, 40)
    page = client.get(reverse("kolada:fetch"), headers={"HX-Request": "true"})
    assert "Modell frågar Kolada: 3 av 40 frågor är klara." in page.text
    assert "<html" not in page.text


def test_a_withdrawn_key_figure_says_so_on_its_page(client, leader):
    KeyFigure.objects.filter(code=CODE).update(withdrawn_on=date(2026, 11, 14))
    client.force_login(leader)
    page = client.get(reverse("kolada:key_figure", args=[CODE])).text
    assert "Kolada har inte nyckeltalet längre. Modell märkte det den 14 november 2026." in page
