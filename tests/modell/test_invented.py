"""An omgång with an invented organisation in it says so from then on, by whichever door it came."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.utils import timezone

from admission.actions.admission import BoardAnswer, answer_interests
from admission.enums import InterestState
from cohorts.enums import Role
from mentoring.actions import add_mentor
from people.actions.participation import add_participation
from tests.factories import TODAY, CohortFactory, OrganisationFactory, ParticipationFactory, UserFactory
from tests.process_factories import InterestFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    """The factory's omgång is under way, so that mentors may come."""
    with time_machine.travel(TODAY):
        yield


def added(cohort, organisation, leader):
    add_participation(cohort=cohort, code=organisation.code, role=Role.PARTICIPANT, by=leader)


def admitted(cohort, organisation, leader):
    interest = InterestFactory(
        cohort=cohort, organisation=organisation, state=InterestState.SUBMITTED, submitted_at=timezone.now()
    )
    answer = BoardAnswer(InterestState.ADMITTED, date(2026, 6, 16), "Styrgruppen", "Välkomna.")
    answer_interests(interests=[interest], answer=answer, reason="", by=leader)


def made_mentor(cohort, organisation, leader):
    source = ParticipationFactory(organisation=organisation)
    add_mentor(cohort=cohort, source=source, role=Role.MENTOR, with_people=False, by=leader)


@pytest.mark.parametrize("door", [added, admitted, made_mentor])
@pytest.mark.parametrize("invented", [True, False])
def test_from_the_first_invented_organisation(door, invented):
    cohort = CohortFactory(constructed=False)
    door(cohort, OrganisationFactory(invented=invented), UserFactory(skr_role="process_leader"))
    cohort.refresh_from_db()
    assert cohort.participations.count() == 1
    assert cohort.constructed is invented


@pytest.mark.parametrize("door", [added, admitted, made_mentor])
def test_and_stays_so_when_a_real_one_comes(door):
    cohort = CohortFactory(constructed=True)
    door(cohort, OrganisationFactory(), UserFactory(skr_role="process_leader"))
    cohort.refresh_from_db()
    assert cohort.constructed
