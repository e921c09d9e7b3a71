"""What the interest form and the board's answer refuse, each with its words; days one before and one after."""

from datetime import date

import pytest
import time_machine

from admission.actions.admission import BoardAnswer, answer_interests
from admission.actions.interest import (
    MOST_PEOPLE,
    MOST_WRITERS,
    PERSON,
    ask_for_form,
    invite_writer,
    remove_writer,
    save_person,
    withdraw_interest,
)
from admission.enums import InterestState
from admission.models import Interest
from kit.staleness import content_of
from tests.factories import CohortFactory, OrganisationFactory, UserFactory
from tests.process_factories import InterestFactory, InterestPersonFactory, InterestWriterFactory
from tests.refusing import refused

pytestmark = pytest.mark.django_db
OPENS, TODAY, CLOSES = date(2026, 9, 1), date(2026, 9, 20), date(2026, 10, 1)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY) as traveller:
        yield traveller


@pytest.fixture
def cohort():
    return CohortFactory(interest_opens_on=OPENS, interest_closes_on=CLOSES)


@pytest.fixture
def interest(cohort):
    return InterestFactory(cohort=cohort)


class TestAsking:
    def ask(self, cohort):
        organisation = OrganisationFactory(email_domain="exempel.invalid")
        ask_for_form(cohort=cohort, organisation=organisation, email="anna@exempel.invalid")

    @pytest.mark.parametrize("day", [OPENS, CLOSES])
    def test_on_the_first_and_the_last_day(self, cohort, today, day):
        today.move_to(day)
        self.ask(cohort)
        assert Interest.objects.count() == 1

    @pytest.mark.parametrize("day", [date(2026, 8, 31), date(2026, 10, 2)])
    def test_not_the_day_before_or_after(self, cohort, today, day):
        today.move_to(day)
        with refused("Intresseanmälan är inte öppen längre."):
            self.ask(cohort)


class TestWriting:
    def save(self, interest, person=None):
        new = InterestPersonFactory.build(interest=interest)
        save_person(interest=interest, person=person, content=content_of(new, *PERSON))

    def test_a_person_that_another_has_taken_away(self, interest):
        person = InterestPersonFactory(interest=interest)
        interest.people.all().delete()
        with refused("Någon annan har tagit bort personen ur anmälan."):
            self.save(interest, person)

    def test_no_more_people_than_there_is_room_for(self, interest):
        InterestPersonFactory.create_batch(MOST_PEOPLE - 1, interest=interest)
        self.save(interest)
        with refused(f"En anmälan kan ha högst {MOST_PEOPLE} personer."):
            self.save(interest)

    def test_no_more_writers_than_there_is_room_for(self, interest):
        *_, writer = InterestWriterFactory.create_batch(MOST_WRITERS - 1, interest=interest)
        invite_writer(interest=interest, email="sist@exempel.invalid", by=writer)
        with refused(f"Högst {MOST_WRITERS} kan skriva på samma anmälan."):
            invite_writer(interest=interest, email="till@exempel.invalid", by=writer)

    def test_a_writer_stays(self, interest):
        writer = InterestWriterFactory(interest=interest)
        with refused("Du kan inte ta bort dig själv. Be någon av de andra att göra det."):
            remove_writer(interest=interest, pk=writer.pk, by=writer)


def test_an_answered_one_is_not_taken_back(cohort):
    answered = {"answered_on": TODAY, "answered_by": "Styrgruppen", "answer": "Välkomna."}
    interest = InterestFactory(cohort=cohort, state=InterestState.DECLINED, **answered)
    with refused("Anmälan är besvarad och kan inte tas tillbaka här. Kontakta SKR."):
        withdraw_interest(interest=interest)


def test_a_draft_is_not_answered(interest):
    answer = BoardAnswer(InterestState.DECLINED, TODAY, "Styrgruppen", "Många har sökt.")
    with refused("har en anmälan som inte är inskickad, eller är återtagen. Den kan inte få svar."):
        answer_interests(interests=[interest], answer=answer, reason="", by=UserFactory())
