"""Who cannot become a mentor, and who is not thanked yet, each with its words."""

from datetime import date, timedelta

import pytest
import time_machine

from cohorts.enums import MentorModel, Role
from mentoring.actions import add_mentor
from mentoring.thanks import thanks_letter
from tests.factories import CohortFactory
from tests.refusing import refused

pytestmark = pytest.mark.django_db


def add(cast, cohort, source=None):
    return add_mentor(cohort=cohort, source=source or cast.elsewhere, role=Role.MENTOR, with_people=False, by=cast.cia)


def test_until_the_omgangs_last_day(cast):
    with time_machine.travel(cast.cohort.ends_on):
        assert add(cast, cast.cohort).organisation == cast.elsewhere.organisation


def test_not_the_day_after(cast):
    with (
        time_machine.travel(cast.cohort.ends_on + timedelta(days=1)),
        refused("Omgången är slut, så ingen ny mentor kan komma med."),
    ):
        add(cast, cast.cohort)


def test_not_where_there_are_none(cast):
    cohort = CohortFactory(mentor_model=MentorModel.NONE)
    sentence = "Omgången är upplagd utan mentorer. Välj ett annat mentorskap under Upplägg först."
    with time_machine.travel(cohort.ends_on), refused(sentence):
        add(cast, cohort)


def test_not_who_takes_part(cast):
    with time_machine.travel(cast.cohort.ends_on), refused("deltar själv i omgången och kan inte vara mentor i den."):
        add(cast, cast.cohort, cast.own)


def test_no_thanks_before_a_meeting_has_been(cast):
    with refused("har inte stött någon träff än. Tacka efter träffen."):
        thanks_letter(cast.mentoring, date(2026, 9, 20))
