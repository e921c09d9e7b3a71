"""The demonstration moves with the calendar, and is not loaded in production."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError

from assessments.models import Assessment
from cohorts.models import Organisation
from demo.days import AHEAD, NEXT_MEETINGS, RUNNING, SIX, move_days
from improvements.models import EffortStep
from meetings.models import Agreement, Meeting
from tests.demo.loading import TODAY, load
from tests.refusing import refused

pytestmark = pytest.mark.django_db
DAYS = [date(2026, 9, 8), TODAY, date(2026, 12, 20), date(2027, 1, 2), date(2028, 2, 29)]


@pytest.mark.in_turn(3)
@pytest.mark.parametrize("today", DAYS)
def test_the_running_omgangar_stand_between_two_meetings_whatever_the_day(today):
    load(today)
    for slug in NEXT_MEETINGS:
        assert_next_meeting_is_weeks_ahead(slug, today)
        assert_nothing_has_happened_in_the_future(slug, today)


def assert_next_meeting_is_weeks_ahead(slug: str, today: date) -> None:
    """The next meeting has its weekday, as many weeks ahead as the demonstration says."""
    meetings = Meeting.objects.filter(cohort__slug=slug).assessed().order_by("starts_on")
    meeting = meetings[len([meeting for meeting in meetings if meeting.starts_on <= today])]
    assert meeting.key == NEXT_MEETINGS[slug]
    assert abs(meeting.starts_on - today - AHEAD[slug]) <= timedelta(days=4)
    assert meeting.starts_on.weekday() == (2 if slug == SIX else 1)
    assert meeting.cohort.starts_on <= today <= meeting.cohort.ends_on


def assert_nothing_has_happened_in_the_future(slug: str, today: date) -> None:
    submitted = Assessment.objects.filter(participation__cohort__slug=slug, submitted_on__isnull=False)
    assert all(assessment.submitted_on <= today for assessment in submitted)
    steps = EffortStep.objects.filter(effort__participation__cohort__slug=slug, state="reached")
    assert max(step.year for step in steps) == today.year
    assert not Agreement.objects.filter(meeting__cohort__slug=slug, done_on__gt=today).exists()


def test_an_example_without_its_next_meeting_is_not_moved():
    package = {"cohort": {"slug": RUNNING}, "meetings": [{"key": "learning-1", "starts_on": "2026-06-02"}]}
    with refused("Exempelomgången saknar träffen learning-2."):
        move_days(package, today=TODAY)
    assert package["meetings"][0]["starts_on"] == "2026-06-02"


def test_production_refuses_it(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="MODELL_ENV is production"):
        load(TODAY)
    assert not Organisation.objects.filter(invented=True).exists()
