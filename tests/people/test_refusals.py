"""What the actions on people and participations refuse, each with its words; days one before and one after."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from cohorts.enums import Function, Role
from cohorts.models import Delegate
from people.actions.leaving import change_politicians, hand_over
from people.actions.participation import add_participation, remove_participation
from people.actions.seats import add_delegates, add_to_several
from people.invitations import invite
from people.listing.entries import entries_of
from people.newcomers import Newcomer
from people.previewing import preview
from tests.factories import ParticipationFactory
from tests.refusing import refused

pytestmark = pytest.mark.django_db
SWEDEN = ZoneInfo("Europe/Stockholm")
TODAY, DAY = date(2026, 9, 20), date(2026, 10, 1)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY):
        yield


def seat(user):
    return Delegate.objects.get(user=user)


def ends(user, on):
    Delegate.objects.filter(user=user).update(ends_on=on)
    return seat(user)


class TestHandingOver:
    def test_one_that_ends_two_days_before_is_over(self, cast):
        leaving = ends(cast.anna, date(2026, 9, 29))
        with refused("Uppdraget slutar redan tidigare. Välj en dag före dess."):
            hand_over(delegate=leaving, to=seat(cast.eva), from_day=DAY, by=cast.cia)

    def test_one_that_ends_on_the_day_is_not(self, cast):
        leaving = ends(cast.anna, DAY)
        assert hand_over(delegate=leaving, to=seat(cast.eva), from_day=DAY, by=cast.cia).user == cast.eva

    def test_not_to_oneself(self, cast):
        with refused("Välj en annan av organisationens representanter."):
            hand_over(delegate=seat(cast.anna), to=seat(cast.anna), from_day=DAY, by=cast.cia)

    def test_not_to_one_whose_seat_ends_the_day_before(self, cast):
        colleague = ends(cast.eva, date(2026, 9, 30))
        with refused("Uppdraget för Eva är slut då. Välj någon annan."):
            hand_over(delegate=seat(cast.anna), to=colleague, from_day=DAY, by=cast.cia)

    def test_to_one_whose_seat_ends_that_day(self, cast):
        colleague = ends(cast.eva, DAY)
        assert hand_over(delegate=seat(cast.anna), to=colleague, from_day=DAY, by=cast.cia).ends_on == DAY


def test_after_an_election_only_politicians_are_changed(cast):
    with refused("Här byts bara politiker."):
        change_politicians(participation=cast.own, leaving=[seat(cast.anna)], newcomers=[], from_day=DAY, by=cast.cia)


def test_an_organisation_is_one_of_the_register(cast):
    with refused("Organisationen finns inte i registret."):
        add_participation(cohort=cast.cohort, code="0000", role=Role.PARTICIPANT, by=cast.cia)


def test_one_with_people_is_not_taken_away(cast):
    with refused("Har den lämnat omgången, anteckna det i stället."):
        remove_participation(participation=cast.own, by=cast.cia)


def people(first, last):
    return [
        Newcomer(f"Ny {n}", f"ny{n}@exempel.invalid", Function.POLITICIAN, deputy=False) for n in range(first, last)
    ]


class TestInvitingInADay:
    WORDS = "En organisation kan bjuda in högst 60 personer på en dag. Fortsätt i morgon."

    def test_sixty_are_invited_and_no_more_until_the_next_day(self, cast):
        with time_machine.travel(datetime(2026, 9, 20, 23, 50, tzinfo=SWEDEN)):
            add_delegates(participation=cast.own, newcomers=people(0, 60), by=cast.cia)
            with refused(self.WORDS):
                add_delegates(participation=cast.own, newcomers=people(60, 61), by=cast.cia)
        assert cast.own.delegates.filter(user__email__startswith="ny").count() == 60
        with time_machine.travel(datetime(2026, 9, 21, 0, 10, tzinfo=SWEDEN)):
            assert len(add_delegates(participation=cast.own, newcomers=people(60, 61), by=cast.cia)) == 1

    def test_sixty_one_at_once_are_refused_whole(self, cast):
        with refused(self.WORDS):
            add_delegates(participation=cast.own, newcomers=people(0, 61), by=cast.cia)
        assert not cast.own.delegates.filter(user__email__startswith="ny").exists()

    def test_a_seat_that_is_gone_again_still_counts_and_the_same_person_once(self, cast):
        seats = add_delegates(participation=cast.own, newcomers=people(0, 60), by=cast.cia)
        Delegate.objects.filter(pk__in=[seat.pk for seat in seats[1:]]).delete()
        invite(seats[0], again="igen")
        with refused(self.WORDS):
            add_delegates(participation=cast.own, newcomers=people(60, 61), by=cast.cia)

    def test_another_organisation_invites_its_own_sixty(self, cast):
        add_delegates(participation=cast.own, newcomers=people(0, 60), by=cast.cia)
        other = ParticipationFactory(cohort=cast.cohort)
        assert len(add_delegates(participation=other, newcomers=people(60, 61), by=cast.cia)) == 1

    def test_the_list_keeps_the_rest_in_the_box(self, cast):
        text = "\n".join(f"Ny {n};ny{n}@exempel.invalid;chef" for n in range(62))
        seen = preview(cast.own, entries_of(text), TODAY)
        assert (len(seen.new), [row.happens for row in seen.wrong]) == (60, [self.WORDS] * 2)
        assert seen.left.splitlines() == text.splitlines()[60:]


def test_a_list_for_an_organisation_that_is_gone(cast):
    gone = ParticipationFactory(cohort=cast.cohort)
    lists = {cast.own: [], gone: [Newcomer("Ny", "ny@exempel.invalid", Function.POLITICIAN, deputy=False)]}
    type(gone).objects.filter(pk=gone.pk).delete()
    with refused("En av organisationerna är inte längre med i omgången."):
        add_to_several(lists=lists, by=cast.cia)
