"""Läget: the sentences are the answer, so the sentences are what is tested."""

import re
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from checklist.enums import Audience
from cohorts.enums import Function
from meetings.kinds import MeetingKind
from questions.actions import note_question
from tests.factories import (
    TODAY,
    AssessmentFactory,
    DelegateFactory,
    EffortFactory,
    EffortStepFactory,
    IndicatorFactory,
    MeetingFactory,
    ParticipationFactory,
    UserFactory,
    ValueFactory,
)

pytestmark = pytest.mark.django_db
THEN = [2, 2, 2, 2, 2, 2, 2, 2, 2, 2]


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY):
        yield


@pytest.fixture
def seat():
    return DelegateFactory(function=Function.POLITICIAN)


def answered(participation, month, values, assessors=6):
    day = date(2026, month, 10)
    meeting = MeetingFactory(cohort=participation.cohort, starts_on=day)
    return AssessmentFactory(
        participation=participation,
        meeting=meeting,
        submitted=True,
        submitted_on=day,
        assessors=assessors,
        values=values,
    )


def followed(participation, **fields):
    """An indicator whose gap has shrunk since the men wait longer."""
    row = IndicatorFactory(participation=participation, **fields)
    ValueFactory(indicator=row, period="2024", women=51, men=42)
    ValueFactory(indicator=row, period="2025", women=51, men=47)
    return row


def opened(client, user, participation):
    client.force_login(user)
    return client.get(reverse("overview:brief", args=[participation.cohort.slug, participation.code]))


def brief(client, seat):
    return opened(client, seat.user, seat.participation).context["brief"]


class TestHeadlineAndLead:
    def test_nothing_handed_in(self, client, seat):
        shown = brief(client, seat)
        assert (shown.headline, shown.picture) == ("Ni har inte lämnat in någon självskattning än.", None)

    def test_a_draft_is_not_told_of(self, client, seat):
        AssessmentFactory(participation=seat.participation, values=[3])
        assert brief(client, seat).headline == "Ni har inte lämnat in någon självskattning än."

    def test_the_first(self, client, seat):
        answered(seat.participation, 4, [3, *THEN[1:9], 1])
        shown = brief(client, seat)
        assert shown.headline == "Det här är er första självskattning."
        assert shown.lead == ("Högst värde har ”Politiskt beslut”: 3. Nästa gång ser du vad som har flyttat sig.")
        assert shown.left == "Lägst ligger ”Går att systematisera och överföra”, på 1 av 3."

    def test_forward_with_the_largest_step_the_rest_and_what_is_left(self, client, seat):
        answered(seat.participation, 4, [1, *THEN[1:]])
        answered(seat.participation, 11, [3, 3, 3, 3, 3, 3, 2, 2, 2, 1.5])
        shown = brief(client, seat)
        assert shown.eyebrow == f"{seat.participation.cohort.name} · självskattning november 2026"
        assert shown.headline == "Sex av tio moment har gått framåt sedan i april."
        assert shown.lead == (
            "Störst är steget i ”Politiskt beslut”, från 1 till 3. Tre står stilla. Lägre än förra gången är "
            "”Går att systematisera och överföra”, från 2 till 1,5. Ett lägre värde kan bero på att man ser mer än "
            "förra gången."
        )
        assert shown.left == "Lägst ligger ”Går att systematisera och överföra”, på 1,5 av 3."
        assert shown.raters == "Sex bedömare har skattat. Lika många skattade förra gången."
        assert shown.total == "Sammanlagt 25,5 på en skala från 10 till 30."

    @pytest.mark.parametrize(
        ("now", "headline"),
        [
            (THEN, "Inget moment har flyttat sig sedan i april."),
            ([3] * 10, "Alla tio moment har gått framåt sedan i april."),
            ([3, *THEN[1:]], "Ett av tio moment har gått framåt sedan i april."),
            ([1, 1, *THEN[2:]], "Två av tio moment har ett lägre värde än i april."),
        ],
    )
    def test_states(self, client, seat, now, headline):
        answered(seat.participation, 4, THEN)
        answered(seat.participation, 11, now)
        assert brief(client, seat).headline == headline

    def test_the_year_stands_once_it_has_passed(self, client, seat):
        answered(seat.participation, 4, THEN)
        answered(seat.participation, 11, [3, *THEN[1:]])
        with time_machine.travel(date(2027, 1, 15)):
            assert brief(client, seat).headline == "Ett av tio moment har gått framåt sedan april 2026."

    @pytest.mark.parametrize(
        ("now", "sentence"),
        [
            (7, "Sju bedömare har skattat. Förra gången var det sex bedömare. Jämför därför med försiktighet."),
            (6, "Sex bedömare har skattat. Lika många skattade förra gången."),
            (None, "Vilka som skattade är inte registrerat. Förra gången var det sex bedömare."),
        ],
    )
    def test_who_rated_stands_beside_the_movement(self, client, seat, now, sentence):
        answered(seat.participation, 4, THEN, assessors=6)
        answered(seat.participation, 11, [3, *THEN[1:]], assessors=now)
        assert sentence in brief(client, seat).raters

    def test_the_sum_never_stands_in_a_headline(self, client, seat):
        answered(seat.participation, 4, THEN)
        page_text = opened(client, seat.user, seat.participation).content.decode()
        headings = re.findall(r"<h[12][^>]*>(.*?)</h[12]>", page_text, re.S)
        assert not [heading for heading in headings if "20" in heading.replace("2026", "")]


class TestQuestions:
    def asked(self, client, seat):
        return [(ask.item.number, ask.value) for ask in brief(client, seat).questions]

    def test_the_three_lowest_own_moment_first_then_by_number(self, client, seat):
        answered(seat.participation, 4, [3, 3, 2, 2, 2, 1, 2, 3, 3, 3])
        assert self.asked(client, seat) == [(6, 1), (5, 2), (3, 2)]

    def test_one_that_has_been_asked_gives_place_to_the_next(self, client, seat):
        answered(seat.participation, 4, [3, 3, 2, 2, 2, 1, 2, 3, 3, 3])
        item = seat.participation.cohort.plan.checklist.items.get(number=6)
        fields = {"item": item, "text": "Varför?", "place": "Nämnden", "answer": ""}
        note_question(
            participation=seat.participation, audience=Audience.POLITICIAN, by=seat.user, asked_on=TODAY, **fields
        )
        assert self.asked(client, seat) == [(5, 2), (3, 2), (4, 2)]
        manager = DelegateFactory(participation=seat.participation, function=Function.MANAGER)
        assert self.asked(client, manager)[0] == (6, 1)

    def test_one_asked_before_the_self_assessment_may_be_asked_again(self, client, seat):
        answered(seat.participation, 4, [3, 3, 2, 2, 2, 1, 2, 3, 3, 3])
        item = seat.participation.cohort.plan.checklist.items.get(number=6)
        fields = {"item": item, "text": "Varför?", "place": "Nämnden", "answer": ""}
        for day, number in ((date(2026, 4, 9), 6), (date(2026, 4, 10), 5)):
            note_question(
                participation=seat.participation, audience=Audience.POLITICIAN, by=seat.user, asked_on=day, **fields
            )
            assert self.asked(client, seat)[0][0] == number

    def test_others_readers_are_not_told_what_has_been_asked(self, client, seat):
        answered(seat.participation, 4, [3, 3, 2, 2, 2, 1, 2, 3, 3, 3])
        item = seat.participation.cohort.plan.checklist.items.get(number=6)
        fields = {"item": item, "text": "Varför?", "place": "Nämnden", "answer": ""}
        note_question(
            participation=seat.participation, audience=Audience.POLITICIAN, by=seat.user, asked_on=TODAY, **fields
        )
        leader = UserFactory(skr_role="process_leader")
        page = opened(client, leader, seat.participation)
        assert page.context["brief"].questions[0].item.number == 6
        assert "Anteckna en ställd fråga" not in page.text

    def test_a_manager_has_the_managers_questions_and_moment(self, client, seat):
        answered(seat.participation, 4, [2, 3, 3, 3, 2, 3, 2, 2, 3, 3])
        manager = DelegateFactory(participation=seat.participation, function=Function.MANAGER)
        assert self.asked(client, manager) == [(7, 2), (8, 2), (1, 2)]
        texts = {ask.text for ask in brief(client, manager).questions}
        assert texts.isdisjoint({ask.text for ask in brief(client, seat).questions})

    def test_nothing_is_asked_of_what_is_done(self, client, seat):
        answered(seat.participation, 4, [3] * 10)
        response = opened(client, seat.user, seat.participation)
        assert response.context["brief"].questions == ()
        assert "Inget moment ligger under det högsta steget." in response.content.decode()


class TestTheRestOfThePage:
    def test_next_meeting_and_when_to_hand_in(self, client, seat):
        MeetingFactory(
            cohort=seat.participation.cohort,
            name="Resultatkonferens",
            kind=MeetingKind.RESULTS_CONFERENCE,
            starts_on=date(2026, 12, 3),
        )
        text = " ".join(opened(client, seat.user, seat.participation).content.decode().split())
        assert ">Resultatkonferens</a>, digital <br>Ledning och styrning <br>Torsdag" in text
        assert "Lämna in självskattningen senast 26 november 2026." in text

    def test_what_the_work_has_led_to(self, client, seat):
        effort = EffortFactory(participation=seat.participation)
        EffortStepFactory(effort=effort, stage="practice")
        assert opened(client, seat.user, seat.participation).context["chain_in_words"] == (
            "En insats är på väg längs resultatkedjan. "
            "Längst har ni kommit till steget ”nytt eller ändrat arbetssätt”. "
            "Inget nytt eller ändrat utfall är registrerat än. Det brukar ta mer än en omgång."
        )

    def test_what_the_organisation_has_chosen_to_follow_in_words(self, client, seat):
        followed(seat.participation, chosen=True, says="väntar längre")
        followed(seat.participation)
        text = " ".join(opened(client, seat.user, seat.participation).content.decode().split())
        assert "Kvinnor väntar fyra dagar längre än män." in text
        assert text.count("Lägre är bättre.") == 1
        assert "Skillnaden har minskat" in text

    def test_what_is_chosen_and_not_shared_is_the_organisations_own(self, client, seat):
        leader = UserFactory(skr_role="process_leader")
        for shared in (False, True):
            followed(seat.participation, chosen=True, shared=shared)
            chosen = opened(client, leader, seat.participation).context["chosen"]
            assert [row.indicator.shared for row in chosen] == [True] * shared

    def test_who_reads_anothers_page_is_told_whose_it_is(self, client, seat):
        text = opened(client, UserFactory(skr_role="process_leader"), seat.participation).content.decode()
        assert f"{seat.participation.organisation.short_name} har inte lämnat in någon självskattning än." in text

    def test_access(self, client, seat):
        other = DelegateFactory(participation=ParticipationFactory(cohort=seat.participation.cohort))
        assert opened(client, other.user, seat.participation).status_code == 403
        assert opened(client, UserFactory(skr_role="administrator"), seat.participation).status_code == 403
        assert opened(client, DelegateFactory().user, seat.participation).status_code == 404

    def test_queries(self, client, seat, django_assert_max_num_queries):
        for month in (4, 9, 11):
            answered(seat.participation, month, THEN)
        client.force_login(seat.user)
        with django_assert_max_num_queries(45):
            client.get(reverse("overview:brief", args=[seat.participation.cohort.slug, seat.participation.code]))


class TestOnPaper:
    def test_one_a4(self, client, seat, live_server, page):
        """The fullest page there is: everything moved, in both directions, with a long name of the next meeting."""
        answered(seat.participation, 4, [2, 1, 2, 2, 3, 3, 3, 2, 2, 2])
        answered(seat.participation, 11, [3, 2, 2, 3, 2, 2, 2, 1, 1, 1], assessors=7)
        for stage in ("activity", "practice"):
            EffortStepFactory(effort=EffortFactory(participation=seat.participation), stage=stage, state="under_way")
        for number in range(1, 4):
            followed(seat.participation, chosen=True, title=f"Väntetid till första besök i smärtvården, del {number}")
        name = "Lärandeträff 3 om systematiskt förbättringsarbete i hela kommunkoncernen"
        MeetingFactory(cohort=seat.participation.cohort, starts_on=date(2027, 3, 9), name=name)
        client.force_login(seat.user)
        cookie = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        path = reverse("overview:brief", args=[seat.participation.cohort.slug, seat.participation.code])
        page.goto(f"{live_server.url}{path}")
        assert page.locator("h1").inner_text() == "Tre av tio moment har gått framåt sedan i april."
        printed = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
