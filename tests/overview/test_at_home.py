"""The start page between the meetings, and after the last of them."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from cohorts.enums import Function
from overview.at_home import work_at_home
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    CycleFactory,
    DelegateFactory,
    ImprovementFactory,
    MeetingFactory,
    ParticipationFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 8, 25)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def own():
    return ParticipationFactory()


def home(client, participation, function=Function.STRATEGIST):
    client.force_login(DelegateFactory(participation=participation, function=function).user)
    return client.get(reverse("home"), follow=True)


class TestWorkAtHome:
    @pytest.mark.parametrize(
        ("cycle", "waits_for"),
        [
            (None, "Planera det första försöket."),
            ({"do": "", "study": "", "act": ""}, "Försök 1 är planerat. Skriv vad ni gjorde."),
            ({"do": "x", "study": "", "act": ""}, "Försök 1 är gjort. Skriv vad ni såg."),
            ({"do": "x", "study": "x", "act": ""}, "Besluta hur ni går vidare efter försök 1."),
            ({"do": "x", "study": "x", "act": "x", "decision": ""}, "Besluta hur ni går vidare efter försök 1."),
            (
                {"do": "x", "study": "x", "act": "x", "decision": "adapt"},
                "Ni ska ändra och pröva igen. Planera försök 2.",
            ),
        ],
    )
    def test_what_it_waits_for(self, own, cycle, waits_for):
        improvement = ImprovementFactory(participation=own)
        if cycle is not None:
            CycleFactory(improvement=improvement, number=1, plan="x", **{"decision": "", **cycle})
        assert [(work.improvement, work.waits_for) for work in work_at_home(own)] == [(improvement, waits_for)]

    @pytest.mark.parametrize("decision", ["adopt", "abandon"])
    def test_what_is_ended_waits_for_nothing(self, own, decision):
        CycleFactory(
            improvement=ImprovementFactory(participation=own),
            number=1,
            plan="x",
            do="x",
            study="x",
            act="x",
            decision=decision,
        )
        assert work_at_home(own) == []

    def test_it_stands_on_the_start_page(self, client, own):
        improvement = ImprovementFactory(participation=own)
        page = home(client, own)
        assert improvement.title in page.text
        assert "Planera det första försöket." in page.text

    def test_the_next_meeting_heads_until_the_self_assessment_opens(self, client, own):
        MeetingFactory(cohort=own.cohort, starts_on=TODAY + timedelta(days=43), name="Lärandeträff 3")
        page = home(client, own)
        assert page.context["head"].title == "Nästa träff är onsdag 7 oktober 2026: Lärandeträff 3."
        with time_machine.travel(TODAY + timedelta(days=1), tick=False):
            assert (
                home(client, own).context["head"].title
                == "Det är dags att börja med självskattningen inför Lärandeträff 3."
            )


class TestAfterwards:
    @pytest.fixture
    def ended(self):
        cohort = CohortFactory(starts_on=date(2024, 1, 1), ends_on=TODAY - timedelta(days=1))
        return ParticipationFactory(cohort=cohort)

    def open_to(self, client, participation, function=Function.STRATEGIST):
        return [open_.label for open_ in home(client, participation, function).context["afterwards"]]

    def test_nothing_while_it_runs(self, client):
        running = ParticipationFactory(cohort=CohortFactory(starts_on=date(2024, 1, 1), ends_on=TODAY))
        assert self.open_to(client, running) == []

    def test_from_the_day_after_the_last(self, client, ended):
        assert self.open_to(client, ended) == [
            "Svara om ni vill vara mentor i nästa omgång",
            "Skatta igen",
            "Fortsätt förbättringsarbetet",
        ]
        assert home(client, ended).context["head"].title == "Omgången är avslutad."

    def test_a_mentors_answer_is_asked_for_once(self, client, ended):
        type(ended).objects.update(mentor_next="yes")
        assert "Svara om ni vill vara mentor i nästa omgång" not in self.open_to(client, ended)

    def test_a_politician_has_it_on_laget(self, client, ended):
        AssessmentFactory(participation=ended)
        assert self.open_to(client, ended, Function.POLITICIAN) == ["Fortsätt förbättringsarbetet"]

    def test_the_coming_omgangs_form_knows_who_asks(self, client, ended):
        coming = CohortFactory(interest_opens_on=TODAY, interest_closes_on=TODAY, starts_on=TODAY + timedelta(days=90))
        assert self.open_to(client, ended)[0] == f"Anmäl intresse för {coming.name}"
        [first, *_] = home(client, ended).context["afterwards"]
        form = client.get(first.url).context["form"]
        assert form.initial["organisation"] == ended.organisation.code
        assert form.initial["email"].endswith("@exempel.invalid")

    def test_not_after_the_form_has_closed(self, client, ended):
        CohortFactory(interest_opens_on=TODAY - timedelta(days=9), interest_closes_on=TODAY - timedelta(days=1))
        assert not self.open_to(client, ended)[0].startswith("Anmäl")


def test_what_is_adopted_or_ended_is_not_at_home_any_longer(own):
    for state in ("adopted", "ended"):
        ImprovementFactory(participation=own, state=state)
    going = ImprovementFactory(participation=own, state="planned")
    assert [row.improvement for row in work_at_home(own)] == [going]
