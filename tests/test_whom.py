"""Whom a meeting is for: one rule, told twice (for rows and for the database), and once more to the person."""

from datetime import date, timedelta
from itertools import product

import pytest
import time_machine

from cohorts.enums import Function, MentorModel, Role, Status
from cohorts.models import GroupMentor
from cohorts.roles import roles_of
from meetings.enums import MeetingKind
from meetings.models import Meeting
from meetings.whom import is_expected, meetings_of, organisations_at, seats_asked_to
from tests.factories import (
    CohortFactory,
    DelegateFactory,
    GroupFactory,
    GroupMentorFactory,
    MeetingFactory,
    ParticipationFactory,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 1)
STEERING, ANALYSIS = "Ledning och styrning", "Analys och uppföljning"


@pytest.fixture(params=MentorModel)
def cohort(request):
    """Every kind of organisation there is in an omgång, and every kind of meeting, of all and of one group."""
    cohort = CohortFactory(mentor_model=request.param)
    groups = [GroupFactory(cohort=cohort) for _ in range(2)]
    for group in (*groups, None):
        ParticipationFactory(cohort=cohort, group=group)
    ParticipationFactory(cohort=cohort, group=groups[0], status=Status.WITHDRAWN)
    for days in (-1, 0):
        day = DAY + timedelta(days=days)
        ParticipationFactory(cohort=cohort, group=groups[0], status=Status.WITHDRAWN, withdrawn_on=day)
        ParticipationFactory(cohort=cohort, group=groups[0], joined_on=day + timedelta(days=1))
    ParticipationFactory(cohort=cohort, role=Role.MENTOR)
    for theme, group in product(("", STEERING, ANALYSIS), groups):
        GroupMentorFactory(group=group, theme=theme)
    both = ParticipationFactory(cohort=cohort, role=Role.SUPPORTING_MENTOR)
    for theme, group in zip((STEERING, ANALYSIS), groups, strict=True):
        GroupMentorFactory(group=group, participation=both, theme=theme)
    for kind, group in product(MeetingKind, (None, groups[0])):
        MeetingFactory(
            cohort=cohort, kind=kind, group=group, theme=STEERING, starts_on=DAY, key=f"{kind}-{bool(group)}"
        )
    return cohort


def test_the_rule_for_rows_and_the_one_for_the_database_say_the_same(cohort):
    for meeting in cohort.meetings.select_related("cohort"):
        by_rows = {
            row
            for row in cohort.participations.select_related("cohort")
            if is_expected(row, meeting, list(GroupMentor.objects.filter(participation=row)))
        }
        assert set(organisations_at(meeting)) == by_rows, meeting.key
        assert by_rows, meeting.key


@time_machine.travel(DAY)
def test_a_person_is_asked_to_what_their_organisation_is_expected_at(cohort):
    for participation in cohort.participations.all():
        strategist = DelegateFactory(participation=participation).user
        asked = {
            meeting
            for meeting in Meeting.objects.select_related("cohort")
            if seats_asked_to(roles_of(strategist), meeting)
        }
        expected = {meeting for meeting in cohort.meetings.all() if participation in organisations_at(meeting)}
        if participation.is_active_on(DAY):
            assert asked == expected == set(meetings_of(roles_of(strategist))), participation


class TestByTheme:
    @pytest.fixture
    def cohort(self):
        return CohortFactory(mentor_model=MentorModel.BY_THEME)

    @pytest.fixture
    def group(self, cohort):
        return GroupFactory(cohort=cohort)

    @pytest.fixture
    def mentors(self, group):
        return {theme: GroupMentorFactory(group=group, theme=theme).participation for theme in (STEERING, ANALYSIS)}

    def test_a_larandetraff_is_for_the_mentor_whose_theme_it_is(self, group, mentors):
        meeting = MeetingFactory(cohort=group.cohort, group=group, theme=ANALYSIS)
        assert set(organisations_at(meeting)) == {mentors[ANALYSIS]}

    def test_all_mentors_come_to_what_is_not_shared_out(self, group, mentors):
        meeting = MeetingFactory(cohort=group.cohort, kind=MeetingKind.KICKOFF, theme="")
        assert set(organisations_at(meeting)) == set(mentors.values())

    def test_without_themes_the_model_keeps_nobody_away(self, group):
        mentor = GroupMentorFactory(group=group).participation
        assert list(organisations_at(MeetingFactory(cohort=group.cohort, group=group))) == [mentor]


def test_a_strategtraff_is_for_strategists():
    participation = ParticipationFactory()
    MeetingFactory(cohort=participation.cohort, kind=MeetingKind.STRATEGIST_MEETING, theme="")
    people = {function: DelegateFactory(participation=participation, function=function).user for function in Function}
    asked = {function for function, user in people.items() if meetings_of(roles_of(user))}
    assert asked == {Function.STRATEGIST}
