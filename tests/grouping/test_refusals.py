"""What the actions on groups and their rules refuse, each with its words."""

import pytest

from cohorts.enums import Status
from cohorts.models import Group
from grouping.actions.groups import move_to_group, remove_group
from grouping.actions.preferences import add_rule
from grouping.enums import RuleKind
from grouping.models import GroupingRule
from tests.factories import GroupFactory, GroupMentorFactory, MeetingFactory
from tests.refusing import refused

pytestmark = pytest.mark.django_db


class TestRemovingAGroup:
    @pytest.fixture
    def empty(self, cast):
        return GroupFactory(cohort=cast.cohort)

    def test_one_with_a_meeting_stays(self, cast, empty):
        meeting = MeetingFactory(cohort=cast.cohort, group=empty)
        with refused("Gruppen har träffar. Ta bort eller flytta träffarna först."):
            remove_group(group=empty, by=cast.cia)
        meeting.delete()
        remove_group(group=empty, by=cast.cia)
        assert list(Group.objects.all()) == [cast.group]

    def test_a_meeting_of_the_whole_omgang_keeps_no_group(self, cast, empty):
        MeetingFactory(cohort=cast.cohort)
        remove_group(group=empty, by=cast.cia)
        assert list(Group.objects.all()) == [cast.group]


def test_nobody_takes_part_in_a_group_that_it_is_a_mentor_in(cast):
    target = GroupFactory(cohort=cast.cohort)
    GroupMentorFactory(group=target, participation=cast.theirs)
    with refused("och kan inte vara deltagare i samma grupp."):
        move_to_group(participation=cast.theirs, group=target, by=cast.cia)
    assert move_to_group(participation=cast.own, group=target, by=cast.cia)


class TestRules:
    SENTENCE = "Välj organisationer som deltar i omgången."

    def add(self, cast, first, second):
        return add_rule(cohort=cast.cohort, kind=RuleKind.APART, participation=first, other=second, by=cast.cia)

    def test_about_two_who_take_part(self, cast):
        assert {self.add(cast, cast.theirs, cast.own).participation, GroupingRule.objects.get().other} == {
            cast.own,
            cast.theirs,
        }

    @pytest.mark.parametrize("who", ["mentoring", "elsewhere"])
    def test_not_about_a_mentor_or_another_omgangs(self, cast, who):
        outside = getattr(cast, who)
        for pair in ((outside, cast.own), (cast.own, outside)):
            with refused(self.SENTENCE):
                self.add(cast, *pair)
        assert not GroupingRule.objects.exists()

    def test_not_about_one_that_has_left(self, cast):
        cast.theirs.status, cast.theirs.withdrawn_on = Status.WITHDRAWN, cast.cohort.starts_on
        cast.theirs.save()
        with refused(self.SENTENCE):
            self.add(cast, cast.own, cast.theirs)
