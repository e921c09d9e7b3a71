"""Examples of every omgång, read by everyone who is signed in; a withdrawn one leaves a sentence."""

from datetime import date
from unicodedata import normalize

import pytest
import time_machine
from django.urls import reverse

from accounts.enums import SkrRole
from cohorts.enums import CohortKind
from improvements.enums import Stage, StepState
from improvements.models import Effort, WithdrawnExample
from improvements.views.library import PER_PAGE
from tests.factories import (
    CohortFactory,
    DelegateFactory,
    EffortFactory,
    EffortStepFactory,
    OrganisationFactory,
    ParticipationFactory,
    UserFactory,
)
from tests.improvements.test_improvements import follow, sign_in

pytestmark = pytest.mark.django_db

LIBRARY = "/exempel/"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(date(2026, 11, 22), tick=False):
        yield


@pytest.fixture
def reader(client):
    return sign_in(client, DelegateFactory().user)


@pytest.fixture
def kommun():
    return ParticipationFactory(organisation=OrganisationFactory(code="8801", name="Provby kommun"))


@pytest.fixture
def region():
    cohort = CohortFactory(kind=CohortKind.REGIONER)
    return ParticipationFactory(cohort=cohort, organisation=OrganisationFactory(code="88", name="Region Prov"))


def offered(
    participation, title, *, stage=Stage.PRACTICE, year=2025, state=StepState.REACHED, text="Så gjorde vi", item=None
):
    effort = EffortFactory(participation=participation, title=title, item=item, shared=True, example=True)
    EffortStepFactory(effort=effort, stage=stage, year=year, state=state, text=text)
    return effort


def titles(client, **asked):
    return [row.effort.title for row in client.get(LIBRARY, asked).context["page"]]


class TestReading:
    def test_everyone_reads_what_is_offered_and_nothing_else(self, client, reader, kommun):
        row = offered(kommun, "Simhallens tider")
        EffortFactory(participation=kommun, title="Delad", shared=True)
        EffortFactory(participation=kommun, title="Hemlig")
        assert titles(client) == ["Simhallens tider"]
        page = client.get(reverse("improvements:effort", args=[row.pk]))
        assert (page.status_code, page.context["may_edit"]) == (200, False)
        assert [crumb.url for crumb in page.context["crumbs"]] == [LIBRARY]

    def test_someone_without_a_seat_reads_too(self, client, kommun):
        offered(kommun, "Simhallens tider")
        sign_in(client, UserFactory(skr_role=SkrRole.ADMINISTRATOR))
        assert titles(client) == ["Simhallens tider"]

    def test_invented_ones_say_so(self, client, reader, kommun):
        offered(kommun, "Simhallens tider")
        type(kommun.cohort).objects.update(constructed=True)
        assert "(påhittat)" in client.get(LIBRARY).text
        type(kommun.cohort).objects.update(constructed=False)
        assert "(påhittat)" not in client.get(LIBRARY).text

    def test_none_at_all(self, client, reader):
        assert "Ingen organisation erbjuder något exempel än." in client.get(LIBRARY).text


class TestSearching:
    @pytest.fixture(autouse=True)
    def examples(self, reader, kommun, region):
        item = kommun.cohort.plan.items[3]
        offered(kommun, "Simhallens tider", item=item, year=2024, text="Flickor simmar på kvällar")
        offered(kommun, "Bibliotekets öppettider", stage=Stage.OUTCOME, year=2025)
        offered(region, "ÖPPENVÅRD i kvällstid", stage=Stage.OUTCOME, year=2024)
        offered(region, "Påbörjat", stage=Stage.OUTCOME, year=2026, state=StepState.UNDER_WAY)
        return item

    def test_the_latest_stand_first(self, client):
        assert titles(client) == ["Påbörjat", "ÖPPENVÅRD i kvällstid", "Bibliotekets öppettider", "Simhallens tider"]

    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            ("öppenvård", ["ÖPPENVÅRD i kvällstid"]),
            ("flickor kvällar", ["Simhallens tider"]),
            ("provby", ["Bibliotekets öppettider", "Simhallens tider"]),
            ("flickor region", []),
        ],
    )
    def test_all_words_are_somewhere(self, client, words, expected):
        assert titles(client, sok=words) == expected

    def test_by_kind_moment_stage_and_year(self, client, examples):
        assert titles(client, slag="region") == ["Påbörjat", "ÖPPENVÅRD i kvällstid"]
        assert titles(client, moment=examples.short) == ["Simhallens tider"]
        assert titles(client, steg="outcome") == ["ÖPPENVÅRD i kvällstid", "Bibliotekets öppettider"]
        assert titles(client, ar="2024") == ["ÖPPENVÅRD i kvällstid", "Simhallens tider"]

    def test_a_stage_and_a_year_are_of_the_same_step(self, client, kommun):
        both = offered(kommun, "Båda", stage=Stage.PRACTICE, year=2023)
        EffortStepFactory(effort=both, stage=Stage.OUTCOME, year=2024, state=StepState.REACHED)
        assert titles(client, steg="practice", ar="2024") == ["Simhallens tider"]
        assert titles(client, steg="practice", ar="2023") == ["Båda"]

    def test_what_is_written_in_another_way_is_found(self, client):
        assert titles(client, sok=normalize("NFD", "öppenvård")) == ["ÖPPENVÅRD i kvällstid"]
        assert titles(client, sok="  FLICKOR\u00a0\u00a0kvällar ") == ["Simhallens tider"]

    @pytest.mark.parametrize("words", ["\x00", "🙂", "学校", "a" * 10_000, "%_\\", "<script>", "\u202e", "' OR 1=1"])
    def test_absurd_words_find_nothing_and_break_nothing(self, client, words):
        page = client.get(LIBRARY, {"sok": words, "ar": words, "sida": words})
        assert (page.status_code, "Inget matchar filtret." in page.text) == (200, True)

    def test_a_value_that_is_no_choice_finds_nothing_and_says_so(self, client):
        page = client.get(LIBRARY, {"slag": "planet"})
        assert (page.status_code, "Inget matchar filtret." in page.text) == (200, True)

    def test_the_next_page_keeps_what_one_looks_for(self, client, kommun):
        for number in range(PER_PAGE):
            offered(kommun, f"Insats {number}")
        page = client.get(LIBRARY, {"sok": "provby & co", "slag": "kommun"})
        assert page.context["page"].paginator.num_pages == 0 or not page.context["page"].object_list
        page = client.get(LIBRARY, {"sok": "provby", "slag": "kommun"})
        assert "?sok=provby&amp;slag=kommun&amp;sida=2" in page.text
        assert len(titles(client, sok="provby", slag="kommun", sida="2")) == 2


class TestWithdrawn:
    @pytest.fixture
    def own(self, kommun):
        return DelegateFactory(participation=kommun).user

    def withdraw(self, client, own, row):
        sign_in(client, own)
        address = reverse("improvements:effort_edit", args=[row.pk])
        seen = client.get(address).context["form"]["seen"].value()
        follow(client, address, {"title": row.title, "readers": "group", "seen": seen})

    def test_its_address_says_so_to_those_who_read_it(self, client, own, kommun):
        row = offered(kommun, "Simhallens tider")
        self.withdraw(client, own, row)
        assert titles(client) == []
        assert client.get(reverse("improvements:effort", args=[row.pk])).status_code == 200  # one's own
        sign_in(client, DelegateFactory().user)
        page = client.get(reverse("improvements:effort", args=[row.pk]))
        assert (page.status_code, "Exemplet är återtaget." in page.text) == (410, True)
        assert "Simhallens" not in page.text

    def test_offered_again_it_is_read_again(self, client, own, kommun):
        row = offered(kommun, "Simhallens tider")
        self.withdraw(client, own, row)
        address = reverse("improvements:effort_edit", args=[row.pk])
        seen = client.get(address).context["form"]["seen"].value()
        follow(client, address, {"title": row.title, "readers": "everyone", "seen": seen})
        assert not WithdrawnExample.objects.exists()
        sign_in(client, DelegateFactory().user)
        assert client.get(reverse("improvements:effort", args=[row.pk])).status_code == 200

    def test_a_removed_one_says_so_too(self, client, own, kommun):
        row = offered(kommun, "Simhallens tider")
        sign_in(client, own)
        address = reverse("improvements:effort_remove", args=[kommun.cohort.slug, kommun.code, row.pk])
        follow(client, address, {})
        assert not Effort.objects.exists()
        assert client.get(reverse("improvements:effort", args=[row.pk])).status_code == 410

    def test_one_that_was_never_offered_is_not_found(self, client, own, kommun):
        row = EffortFactory(participation=kommun, title="Delad", shared=True)
        self.withdraw(client, own, row)
        sign_in(client, DelegateFactory().user)
        assert client.get(reverse("improvements:effort", args=[row.pk])).status_code == 404
