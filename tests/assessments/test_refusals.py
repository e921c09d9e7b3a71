"""What the actions on assessments refuse, each with its words; the rest stand where the rule itself is tested."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from assessments.actions.alone import withdraw_round
from assessments.actions.assessments import retract_assessment, start_assessment
from assessments.actions.dialogue import answer_reopening, ask_query, withdraw_reopening
from assessments.actions.evidence import add_file, add_link
from assessments.evidence import AT_MOST
from assessments.models import Evidence, Reopening
from assessments.perms import ANSWER_QUERY, EDIT_PARTS, IMPORT_WORKBOOK, RETRACT_ASSESSMENT, START_OUTSIDE
from cohorts.enums import Status
from kit.permissions import may
from tests.factories import AssessmentFactory, GroupFactory, MeetingFactory, RoundFactory
from tests.refusing import refused

pytestmark = pytest.mark.django_db
BEFORE, MEETS_ON, AFTER = date(2026, 9, 20), date(2026, 10, 1), date(2026, 10, 2)
LEAVES_ON = date(2026, 9, 25)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(BEFORE) as traveller:
        yield traveller


@pytest.fixture
def meeting(cast):
    return MeetingFactory(cohort=cast.cohort, starts_on=MEETS_ON)


@pytest.fixture
def draft(cast, meeting):
    return AssessmentFactory(participation=cast.own, meeting=meeting)


@pytest.fixture
def submitted(cast, meeting):
    return AssessmentFactory(participation=cast.own, meeting=meeting, submitted=True, values=[2] * 10)


@pytest.fixture
def reopening(submitted):
    return Reopening.objects.create(assessment=submitted, reason="Ofullständig.")


class TestStarting:
    def test_for_a_part_that_is_gone(self, cast):
        part = cast.own.organisation.parts.create(name="Socialnämnden")
        type(part).objects.filter(pk=part.pk).delete()
        with refused("Delen är borttagen."):
            start_assessment(participation=cast.own, meeting=None, part=part, by=cast.anna)

    def test_for_another_groups_meeting(self, cast):
        meeting = MeetingFactory(cohort=cast.cohort, group=GroupFactory(cohort=cast.cohort))
        with refused("Träffen är en annan grupps, eller utanför organisationens tid i omgången."):
            start_assessment(participation=cast.own, meeting=meeting, by=cast.anna)


class TestTakingBack:
    def test_on_the_last_day_before_the_meeting(self, cast, submitted, today):
        today.move_to(date(2026, 9, 30))
        assert retract_assessment(assessment=submitted, by=cast.anna).is_draft

    @pytest.mark.parametrize("day", [MEETS_ON, AFTER])
    def test_not_from_the_day_the_meeting_begins(self, cast, submitted, today, day):
        today.move_to(day)
        with refused("Träffen har börjat, så självskattningen kan inte längre tas tillbaka."):
            retract_assessment(assessment=submitted, by=cast.anna)


class TestHavingLeft:
    """On the day an organisation leaves the omgång it may still do what it could; from the next it may not."""

    @pytest.fixture
    def leaving(self, cast, submitted):
        submitted.participation = cast.own
        cast.own.status, cast.own.withdrawn_on = Status.WITHDRAWN, LEAVES_ON
        return submitted

    @pytest.mark.parametrize("permission", [RETRACT_ASSESSMENT, ANSWER_QUERY])
    def test_a_submitted_assessment(self, cast, leaving, permission, today):
        today.move_to(LEAVES_ON)
        assert may(cast.anna, permission, leaving)
        today.move_to(LEAVES_ON + timedelta(days=1))
        assert not may(cast.anna, permission, leaving)

    @pytest.mark.parametrize("permission", [EDIT_PARTS, START_OUTSIDE, IMPORT_WORKBOOK])
    def test_its_own_pages(self, cast, leaving, permission, today):
        today.move_to(LEAVES_ON)
        assert may(cast.anna, permission, cast.own)
        today.move_to(LEAVES_ON + timedelta(days=1))
        assert not may(cast.anna, permission, cast.own)


class TestRound:
    def test_a_closed_one_is_not_withdrawn(self, cast, draft):
        RoundFactory(assessment=draft, closed_at=timezone.now())
        with refused("Den kan inte tas bort."):
            withdraw_round(assessment=draft, by=cast.anna)


class TestDialogue:
    def test_no_query_about_a_draft(self, cast, draft):
        with refused("Organisationen har tagit tillbaka självskattningen. Frågan ställs när den är inlämnad."):
            ask_query(assessment=draft, item=draft.items[0], text="Vad gör nämnden?", by=cast.cia)

    def test_an_answered_request_is_not_taken_back(self, cast, reopening):
        answer_reopening(reopening=reopening, consented=False, by=cast.anna)
        with refused("Organisationen har redan svarat på begäran."):
            withdraw_reopening(reopening=reopening, by=cast.cia)

    def test_one_that_is_taken_back_is_not_answered(self, cast, reopening):
        withdraw_reopening(reopening=reopening, by=cast.cia)
        with refused("SKR har tagit tillbaka sin begäran."):
            answer_reopening(reopening=reopening, consented=True, by=cast.anna)

    def test_the_first_answer_stands(self, cast, reopening):
        answer_reopening(reopening=reopening, consented=False, by=cast.anna)
        answer_reopening(reopening=reopening, consented=False, by=cast.anna)
        with refused("Begäran är redan besvarad."):
            answer_reopening(reopening=reopening, consented=True, by=cast.anna)


class TestEvidence:
    URL = "https://exempel.invalid/plan"

    def link(self, cast, draft, url=URL):
        add_link(assessment=draft, item=draft.items[0], url=url, by=cast.anna)

    def file(self, cast, draft, content=b"En plan."):
        file = SimpleUploadedFile("plan.txt", content)
        add_file(assessment=draft, item=draft.items[0], file=file, by=cast.anna)

    def test_the_same_link_twice(self, cast, draft):
        self.link(cast, draft)
        with refused("Länken finns redan bland underlagen till momentet."):
            self.link(cast, draft)

    def test_the_same_file_twice(self, cast, draft):
        self.file(cast, draft)
        self.file(cast, draft, b"En pla?.")
        with refused("Filen finns redan bland underlagen till momentet."):
            self.file(cast, draft)

    def test_no_more_than_there_is_room_for(self, cast, draft):
        for number in range(AT_MOST):
            self.link(cast, draft, f"{self.URL}/{number}")
        with refused(f"Det finns redan {AT_MOST} underlag till momentet. Ta bort ett först."):
            self.link(cast, draft)
        assert Evidence.objects.count() == AT_MOST
