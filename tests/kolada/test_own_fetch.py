"""A fetch that an organisation orders of its own key figures: who may, how often, and what the page tells."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from bench.kolada_server import CUT, at
from indicators.models import Indicator
from kit.enums import BuildState
from kit.models import AuditEvent
from kolada import jobs, tasks
from kolada.actions import FETCHES_AN_HOUR, order_own_fetch
from kolada.freshness import freshness
from kolada.models import Fetch, KeyFigure, OfficialValue
from tests.factories import CohortFactory, DelegateFactory, OrganisationFactory, ParticipationFactory
from tests.refusing import refused

pytestmark = pytest.mark.django_db
CODE, NOON = "N00905", datetime(2026, 11, 14, 12, 0, tzinfo=UTC)
BUTTON = "Hämta från Kolada nu"


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def site(settings, server, monkeypatch):
    settings.KOLADA_URL, settings.KOLADA_PER_SECOND = server.url, 1_000_000
    monkeypatch.setattr(jobs.time, "sleep", lambda _: None)
    monkeypatch.setattr(tasks, "send", lambda fetch_id: None)
    server.add(CODE, title="Nettoinkomst")
    give(server, 300)
    return server


def give(server, women):
    for place in ("2601", "2602", "0000"):
        server.give(CODE, place, 2025, K=women, M=350)


def participating(code, **more):
    organisation = OrganisationFactory(code=code, **{"invented": False, **more})
    return ParticipationFactory(organisation=organisation, code=code)


def follow(participation, code=CODE):
    return Indicator.objects.create(
        participation=participation,
        key=code.lower(),
        title=f"Nyckeltal {code}",
        unit="kronor",
        direction="higher",
        kind="mean",
        source="kolada",
        key_figure=KeyFigure.objects.get(code=code),
    )


@pytest.fixture
def own(site):
    participation = participating("2601")
    follow(participation)
    return participation


@pytest.fixture
def strategist(own):
    return DelegateFactory(participation=own).user


def order(participation, by, codes=(CODE,)):
    return order_own_fetch(participation=participation, codes=codes, by=by)


def fetched(participation, by):
    row = order(participation, by)
    jobs.run(row.pk)
    row.refresh_from_db()
    return row


def place(participation):
    return [participation.cohort.slug, participation.code]


def page(client, participation, **more):
    return client.get(reverse("indicators:indicators", args=place(participation)), **more).text


def post(client, participation):
    return client.post(reverse("indicators:own_fetch", args=place(participation)), follow=True)


class TestOrdering:
    def test_it_fetches_the_own_key_figures_for_the_own_place_and_the_country(self, own, strategist):
        row = fetched(own, strategist)
        assert (row.state, row.error, row.codes) == (BuildState.READY, "", [CODE])
        assert set(OfficialValue.objects.values_list("place", flat=True)) == {"2601", "0000"}
        events = AuditEvent.objects.of_organisation(own.organisation.code)
        assert set(events.values_list("kind", flat=True)) == {"kolada_fetch_ordered", "kolada_fetched"}

    def test_a_second_click_gets_the_one_under_way(self, own, strategist):
        first = order(own, strategist)
        assert order(own, strategist) == first
        # Another organisation, and the night, have fetches of their own.
        other = participating("2602")
        assert order(other, DelegateFactory(participation=other).user) != first
        assert len(jobs.fetch_of_the_night()) == 1

    @pytest.mark.parametrize(("minutes", "may"), [(59, False), (61, True)])
    def test_not_again_within_an_hour_after_a_success(self, own, strategist, time_machine, minutes, may):
        first = fetched(own, strategist)
        time_machine.move_to(NOON + timedelta(minutes=minutes), tick=False)
        if may:
            assert order(own, strategist) != first
        else:
            with refused("Ni har nyss hämtat från Kolada. Ni kan hämta igen klockan 14.00."):
                order(own, strategist)

    def test_what_failed_may_be_ordered_again_at_once(self, own, strategist, site):
        site.faults = [at("/v3/", CUT)]
        first = fetched(own, strategist)
        assert (first.state, first.error) == (BuildState.FAILED, jobs.NO_ANSWER)
        site.faults = []
        assert fetched(own, strategist).state == BuildState.READY

    def test_one_person_is_limited_by_the_hour_too(self, own, strategist, site):
        site.faults = [at("/v3/", CUT)]
        for _ in range(FETCHES_AN_HOUR.most):
            fetched(own, strategist)
        with refused("Du kan beställa högst 6 hämtningar från Kolada i timmen. Försök igen efter klockan 14.00."):
            order(own, strategist)

    def test_without_an_address_nothing_is_ordered(self, own, strategist, settings):
        settings.KOLADA_URL = ""
        with refused(jobs.NO_ADDRESS):
            order(own, strategist)

    def test_without_a_key_figure_nothing_is_ordered(self, own, strategist):
        with refused("Ni har inget nyckeltal från Kolada."):
            order(own, strategist, codes=())

    @pytest.mark.parametrize(("code", "more"), [("2603", {"invented": True}), ("999", {})])
    def test_kolada_knows_neither_invented_organisations_nor_kommunalforbund(self, site, code, more):
        unknown = participating(code, **more)
        with refused("Kolada har inga siffror om er organisation."):
            order(unknown, DelegateFactory(participation=unknown).user)

    def test_it_says_nothing_of_how_new_the_figures_of_the_site_are(self, own, strategist):
        fetched(own, strategist)
        assert freshness(timezone.now()).sentence == "Modell har inte hämtat några siffror från Kolada än."
        assert jobs.latest_fetch() is None


class TestThePage:
    def test_the_button_the_progress_and_the_result(self, client, own, strategist, site):
        client.force_login(strategist)
        assert BUTTON in page(client, own)
        answered = post(client, own)
        assert answered.redirect_chain[0][0].endswith("#hamtning")
        answered = answered.text
        assert "Hämtningen står i kö." in answered
        assert BUTTON not in answered
        assert 'hx-trigger="load' in answered
        row = Fetch.objects.get()
        jobs.take(row.pk).tell(1, 2)
        part = page(client, own, headers={"HX-Request": "true"})
        assert "Modell frågar Kolada: 1 av 2 frågor är klara." in part
        assert "<html" not in part
        Fetch.objects.update(state=BuildState.QUEUED)
        jobs.run(row.pk)
        done = page(client, own)
        for said in ("Hämtningen är klar.", "Två rader kom från Kolada.", "Ni kan hämta igen klockan 14.00."):
            assert said in done
        assert BUTTON not in done
        assert "hx-trigger" not in done.split('id="hamtning"')[1]

    def test_new_values_are_a_link_where_the_page_asked_by_itself(self, client, own, strategist, site, time_machine):
        fetched(own, strategist)
        give(site, 301)
        time_machine.move_to(NOON + timedelta(minutes=61), tick=False)
        fetched(own, strategist)
        client.force_login(strategist)
        assert "Visa de nya värdena" in page(client, own, headers={"HX-Request": "true"})
        assert "Visa de nya värdena" not in page(client, own)

    @pytest.mark.parametrize(
        ("path", "said"),
        [("/v3/", jobs.NO_ANSWER), ("/v3/kpi/", jobs.SOME_ANSWERS)],
    )
    def test_a_fault_is_one_sentence_and_the_button_is_back(self, client, own, strategist, site, path, said):
        site.faults = [at(path, CUT)]
        fetched(own, strategist)
        client.force_login(strategist)
        page_text = page(client, own)
        assert said in page_text
        assert BUTTON in page_text

    def test_the_page_asks_the_database_little(self, client, own, strategist, django_assert_max_num_queries):
        fetched(own, strategist)
        client.force_login(strategist)
        with django_assert_max_num_queries(25):
            page(client, own)

    def test_a_refusal_is_told_on_the_page(self, client, own, strategist):
        fetched(own, strategist)
        client.force_login(strategist)
        assert "Ni har nyss hämtat från Kolada. Ni kan hämta igen klockan 14.00." in post(client, own).text

    def test_the_result_is_told_until_a_night_has_passed(self, client, own, strategist, time_machine):
        fetched(own, strategist)
        client.force_login(strategist)
        time_machine.move_to(NOON + timedelta(hours=14), tick=False)
        assert "Hämtningen är klar." in page(client, own)
        [night] = jobs.fetch_of_the_night()
        Fetch.objects.filter(pk=night).update(state=BuildState.READY)
        page_text = page(client, own)
        assert "Hämtningen är klar." not in page_text
        assert BUTTON in page_text

    def test_key_figures_of_every_omgang_are_fetched(self, client, own, strategist, site):
        later = CohortFactory()
        again = ParticipationFactory(cohort=later, organisation=own.organisation, code=own.code)
        follow(again, "N00053")
        client.force_login(strategist)
        post(client, own)
        assert Fetch.objects.get().codes == ["N00053", CODE]

    def test_nothing_is_shown_without_an_address(self, client, own, strategist, settings):
        settings.KOLADA_URL = ""
        client.force_login(strategist)
        assert BUTTON not in page(client, own)

    def test_nothing_is_shown_without_a_key_figure_from_kolada(self, client, own, strategist):
        own.indicators.all().delete()
        client.force_login(strategist)
        assert BUTTON not in page(client, own)

    def test_nothing_is_shown_to_an_invented_organisation(self, client, own, strategist):
        own.organisation.invented = True
        own.organisation.save()
        client.force_login(strategist)
        assert BUTTON not in page(client, own)

    @pytest.mark.parametrize("function", ["politician", "manager"])
    def test_those_who_do_not_edit_see_no_button(self, client, own, function):
        client.force_login(DelegateFactory(participation=own, function=function).user)
        assert BUTTON not in page(client, own)
        assert post(client, own).status_code == 403
