"""The start page lists the meetings that its reader comes to, and no others."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from cohorts.enums import Function, MentorModel
from meetings.kinds import MeetingKind
from tests.factories import (
    CohortFactory,
    DelegateFactory,
    GroupFactory,
    GroupMentorFactory,
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
def cohort():
    return CohortFactory(mentor_model=MentorModel.BY_THEME)


def listed(client, participation, function):
    client.force_login(DelegateFactory(participation=participation, function=function).user)
    return client.get(reverse("home")).context["meetings"]


@pytest.mark.parametrize(("function", "comes"), [(Function.STRATEGIST, True), (Function.CONTRIBUTOR, False)])
def test_a_strategtraff_is_listed_for_strategists(client, cohort, function, comes):
    strategists = MeetingFactory(cohort=cohort, kind=MeetingKind.STRATEGIST_MEETING, starts_on=TODAY)
    joint = MeetingFactory(cohort=cohort, starts_on=TODAY + timedelta(days=1))
    meetings = listed(client, ParticipationFactory(cohort=cohort), function)
    assert meetings == ([strategists, joint] if comes else [joint])


def test_the_meeting_of_another_mentor_is_listed_for_the_strategist_only(client, cohort):
    group = GroupFactory(cohort=cohort)
    own, other = (
        MeetingFactory(cohort=cohort, group=group, number=number, theme=theme, starts_on=TODAY)
        for number, theme in enumerate(("Ledning och styrning", "Analys och uppföljning"), 1)
    )
    mentorship, _ = (GroupMentorFactory(group=group, theme=meeting.theme) for meeting in (own, other))
    assert listed(client, mentorship.participation, Function.STRATEGIST) == [own, other]
    assert listed(client, mentorship.participation, Function.POLITICIAN) == [own]


@pytest.mark.parametrize(("joined", "first"), [(date(2026, 9, 1), 1), (date(2026, 9, 2), 2)])
def test_a_latecomer_is_asked_nothing_about_the_time_before_it_joined(client, cohort, joined, first):
    for number, day in ((1, date(2026, 9, 1)), (2, date(2026, 12, 1))):
        MeetingFactory(cohort=cohort, number=number, name=f"Lärandeträff {number}", starts_on=day)
    participation = ParticipationFactory(cohort=cohort, joined_on=joined)
    meetings = listed(client, participation, Function.STRATEGIST)
    assert meetings[0].number == first
    own = client.get(reverse("assessments:own", args=[cohort.slug, participation.code])).text
    assert ("Lärandeträff 1" in own) == (first == 1)
    assert "Lärandeträff 2" in own
