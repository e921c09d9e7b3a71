"""The steps of the programme as an organisation follows them, and the goals at home that it ticks."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from cohorts.enums import Function
from improvements.models import ReachedGoal
from kit.models import AuditEvent
from meetings.models import Period, Preparation, PreparationTick
from tests.factories import (
    AssessmentFactory,
    DelegateFactory,
    GroupFactory,
    MeetingFactory,
    ParticipationFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
GOALS = ("Förbättringar i styrning och ledning", "En verksamhet är vald för ett förbättringsarbete")


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def own():
    participation = ParticipationFactory()
    participation.group = GroupFactory(cohort=participation.cohort)
    participation.save()
    return participation


@pytest.fixture
def meetings(own):
    first = MeetingFactory(cohort=own.cohort, name="Träff ett", starts_on=date(2026, 10, 1), goals="En bild\nEn plan")
    second = MeetingFactory(cohort=own.cohort, name="Träff två", starts_on=date(2026, 12, 15))
    return first, second


@pytest.fixture
def period(own, meetings):
    first, second = meetings
    text = "\r\n".join((*GOALS, ""))
    return Period.objects.create(cohort=own.cohort, name="Hemma", goals=text, after=first, before=second, position=1)


@pytest.fixture
def strategist(client, own):
    user = DelegateFactory(participation=own).user
    client.force_login(user)
    return user


def address(own, *pk):
    name = "improvements:goal" if pk else "improvements:steps"
    return reverse(name, args=[own.cohort.slug, own.code, *pk])


def steps(client, own):
    context = client.get(address(own)).context
    return [*context["past"], *context["steps"]]


def tick(client, own, period, goal, reached="ja"):
    return client.post(address(own, period.pk), {"goal": goal, "reached": reached}, follow=True)


class TestSteps:
    def test_stand_in_the_order_of_time_with_what_each_gives(self, client, own, strategist, period):
        rows = steps(client, own)
        assert [row.name for row in rows] == ["Träff ett", "Hemma", "Träff två"]
        assert rows[0].gives == ("En bild", "En plan")
        assert [goal.text for goal in rows[1].goals] == list(GOALS)
        assert [(row.is_past, row.is_now) for row in rows] == [(True, False), (False, True), (False, False)]
        assert client.get(address(own)).context["headline"] == "Nu: Hemma"

    @pytest.mark.parametrize(
        ("day", "now"),
        [
            (date(2026, 10, 1), False),
            (date(2026, 10, 2), True),
            (date(2026, 12, 14), True),
            (date(2026, 12, 15), False),
        ],
    )
    def test_the_work_at_home_runs_from_the_day_after_to_the_day_before(self, client, own, period, day, now):
        client.force_login(DelegateFactory(participation=own).user)
        with time_machine.travel(day, tick=False):
            assert steps(client, own)[1].is_now is now

    def test_a_meeting_called_off_is_no_step(self, client, own, strategist, meetings):
        type(meetings[1]).objects.filter(pk=meetings[1].pk).update(cancelled_on=TODAY)
        assert [row.name for row in steps(client, own)] == ["Träff ett"]

    def test_says_what_is_handed_in_and_what_is_not(self, client, own, strategist, meetings):
        assert "Ingen självskattning är inlämnad." in client.get(address(own)).text
        AssessmentFactory(participation=own, meeting=meetings[0], values=[2] * 10, submitted=True)
        page = client.get(address(own)).text
        assert "Självskattningen är inlämnad." in page
        assert "Självskattningen ska vara inlämnad senast" in page

    def test_counts_the_readers_own_preparations(self, client, own, strategist, meetings):
        mine = [
            Preparation.objects.create(meeting=meetings[1], text=f"Gör {n}", days_before=7, position=n) for n in (1, 2)
        ]
        Preparation.objects.create(
            meeting=meetings[1], text="Läs", function=Function.POLITICIAN, days_before=7, position=3
        )
        assert steps(client, own)[1].progress == "Ingen av dina två förberedelser är klar."
        seat = own.delegates.get(user=strategist)
        PreparationTick.objects.create(preparation=mine[0], delegate=seat)
        assert steps(client, own)[1].progress == "En av dina två förberedelser är klar."
        another = DelegateFactory(participation=own)
        PreparationTick.objects.create(preparation=mine[1], delegate=another)
        assert steps(client, own)[1].progress == "En av dina två förberedelser är klar."

    def test_one_that_has_left_has_no_steps_at_home_after_that(self, client, own, strategist, period):
        type(own).objects.filter(pk=own.pk).update(joined_on=date(2027, 1, 1))
        assert "Hemma" not in [row.name for row in steps(client, own)]


class TestGoals:
    def test_are_ticked_and_taken_back(self, client, own, strategist, period):
        tick(client, own, period, GOALS[0])
        assert [goal.reached_on for goal in steps(client, own)[1].goals] == [TODAY, None]
        assert steps(client, own)[1].progress == "Ett av två mål är nått."
        tick(client, own, period, GOALS[1])
        assert steps(client, own)[1].progress == "Alla mål är nådda."
        tick(client, own, period, GOALS[0], "nej")
        assert [row.goal for row in ReachedGoal.objects.all()] == [GOALS[1]]

    def test_twice_is_once(self, client, own, strategist, period):
        for _ in range(2):
            tick(client, own, period, GOALS[0])
        assert ReachedGoal.objects.count() == 1
        assert AuditEvent.objects.filter(kind="goal_ticked").count() == 1

    def test_one_that_is_rewritten_meanwhile_is_refused(self, client, own, strategist, period):
        Period.objects.filter(pk=period.pk).update(goals="Något annat")
        page = tick(client, own, period, GOALS[0])
        assert "SKR har ändrat målet sedan du öppnade sidan." in page.text
        assert not ReachedGoal.objects.exists()

    def test_are_the_organisations_own(self, client, own, strategist, period):
        other = ParticipationFactory(cohort=own.cohort, group=own.group)
        tick(client, own, period, GOALS[0])
        client.force_login(DelegateFactory(participation=other).user)
        assert [goal.reached_on for goal in steps(client, other)[1].goals] == [None, None]
        assert tick(client, own, period, GOALS[1]).status_code == 403
        # The group reads how far it has come, and ticks nothing.
        assert 'name="reached"' not in client.get(address(own)).text

    def test_a_period_of_another_omgang_is_not_found(self, client, own, strategist):
        elsewhere = Period.objects.create(cohort=ParticipationFactory().cohort, name="Hemma", goals="A", position=1)
        assert tick(client, own, elsewhere, "A").status_code == 404
