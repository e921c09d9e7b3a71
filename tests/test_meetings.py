"""Which meetings concern an organisation."""

from datetime import date

import pytest

from meetings.enums import MeetingKind
from meetings.models import Meeting
from tests.factories import CohortFactory, GroupFactory, GroupMentorFactory, MeetingFactory, ParticipationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return CohortFactory()


@pytest.fixture
def group(cohort):
    """With three mentors, as the programme's regions have shared it."""
    group = GroupFactory(cohort=cohort)
    GroupMentorFactory.create_batch(3, group=group)
    return group


def test_the_whole_omgangs_and_ones_own_groups_each_once(cohort, group):
    everyone = MeetingFactory(cohort=cohort, starts_on=date(2026, 3, 1))
    own = MeetingFactory(cohort=cohort, group=group, starts_on=date(2026, 4, 1))
    MeetingFactory(cohort=cohort, group=GroupFactory(cohort=cohort))
    MeetingFactory()
    member = ParticipationFactory(cohort=cohort, group=group)
    assert list(Meeting.objects.concerning(member)) == [everyone, own]


def test_a_mentor_is_concerned_by_its_groups_meetings(cohort, group):
    own = MeetingFactory(cohort=cohort, group=group)
    MeetingFactory(cohort=cohort, group=GroupFactory(cohort=cohort))
    assert list(Meeting.objects.concerning(group.mentorships.first().participation)) == [own]


def test_a_mentortraff_is_the_mentors_own():
    mentorship = GroupMentorFactory()
    participant = ParticipationFactory(cohort=mentorship.group.cohort, group=mentorship.group)
    meeting = MeetingFactory(cohort=mentorship.group.cohort, kind=MeetingKind.MENTOR_MEETING)
    assert list(Meeting.objects.concerning(mentorship.participation)) == [meeting]
    assert not Meeting.objects.concerning(participant).exists()
