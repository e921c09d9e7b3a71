"""Omgångens siffror: who is shown what of a meeting, on the page and for the joint report."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from checklist.actions.releases import renew_release
from cohorts.roles import roles_of
from reports.figures import figures_for, joint_figures, joint_occasions
from tests.factories import (
    TODAY,
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    EvaluatorFactory,
    GroupFactory,
    GroupMentorFactory,
    MeetingFactory,
    OrganisationFactory,
    ParticipationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY):
        yield


@pytest.fixture
def omgang():
    """Eight kommuner, the first two of them a group; two meetings, the first in spring."""
    cohort = CohortFactory()
    group = GroupFactory(cohort=cohort)
    members = ParticipationFactory.create_batch(2, cohort=cohort, group=group)
    members += ParticipationFactory.create_batch(6, cohort=cohort)
    spring = MeetingFactory(cohort=cohort, starts_on=date(2026, 4, 1), number=1)
    autumn = MeetingFactory(cohort=cohort, starts_on=date(2026, 10, 1), number=2)
    return cohort, members, spring, autumn


def answer(members, meeting, value):
    for member in members:
        AssessmentFactory(participation=member, meeting=meeting, submitted=True, values=[value] * 9 + [1])
    renew_release(meeting=meeting)


def reader(participation):
    return DelegateFactory(participation=participation).user


def seen(user, cohort, meeting, since=None):
    return figures_for(roles_of(user), cohort, meeting, since)[0]


def told(figures):
    """(n of the aggregate, whose values, change in figures or not)"""
    return (figures.result and figures.result.n, [named.participation for named in figures.named], bool(figures.moved))


class TestWhoIsShownWhat:
    def test_the_own_group_by_name_and_the_omgang_as_an_aggregate(self, omgang):
        cohort, members, spring, _ = omgang
        answer(members, spring, 2)
        assert told(seen(reader(members[1]), cohort, spring)) == (8, [members[1], members[0]], False)

    def test_outside_a_group_only_ones_own(self, omgang):
        cohort, members, spring, _ = omgang
        answer(members, spring, 2)
        assert told(seen(reader(members[5]), cohort, spring)) == (8, [members[5]], False)

    def test_a_mentor_by_name_those_of_the_mentored_group(self, omgang):
        cohort, members, spring, _ = omgang
        answer(members, spring, 2)
        mentor = GroupMentorFactory(group=members[0].group).participation
        figures = seen(reader(mentor), cohort, spring)
        assert (told(figures), figures.own) == ((8, members[:2], False), None)

    def test_fewer_than_five_are_told_in_words(self, omgang):
        cohort, members, spring, _ = omgang
        answer(members[:4], spring, 2)
        figures = seen(reader(members[5]), cohort, spring)
        assert told(figures) == (None, [], False)
        assert figures.withheld == "Siffrorna visas när minst fem organisationer har lämnat in."

    def test_before_the_day_the_page_says_which_day(self, omgang):
        cohort, members, _, _ = omgang
        coming = MeetingFactory(cohort=cohort, starts_on=date(2026, 12, 3))
        answer(members, coming, 2)
        figures = seen(reader(members[0]), cohort, coming)
        assert (figures.result, figures.withheld) == (None, "Siffrorna öppnar på träffens dag, 3 december 2026.")

    def test_who_could_work_out_the_last_one_sees_no_aggregate(self, omgang):
        cohort, members, spring, _ = omgang
        answer([members[0], *members[2:6]], spring, 2)
        group = members[0].group
        for member in members[2:5]:
            member.group = group
            member.save()
        figures = seen(reader(members[0]), cohort, spring)
        assert figures.result is None
        assert figures.withheld.startswith("Siffrorna visas inte: den som redan ser nästan alla värden")

    def test_skr_and_the_evaluator_see_what_stands_now(self, omgang):
        cohort, members, spring, _ = omgang
        answer(members[:2], spring, 2)
        leader, evaluator = UserFactory(skr_role="process_leader"), EvaluatorFactory(cohort=cohort).user
        assert [told(seen(user, cohort, spring)) for user in (leader, evaluator)] == [(2, members[:2], False)] * 2

    def test_kinds_stand_apart(self):
        cohort = CohortFactory(kind="blandad")
        meeting = MeetingFactory(cohort=cohort)
        region = ParticipationFactory(cohort=cohort, organisation=OrganisationFactory(code="88", kind="region"))
        answer([region, *ParticipationFactory.create_batch(5, cohort=cohort)], meeting, 2)
        shown = figures_for(roles_of(reader(region)), cohort, meeting, None)
        assert [(figures.kind, told(figures)) for figures in shown] == [
            ("kommun", (5, [], False)),
            ("region", (None, [region], False)),
        ]


class TestMovement:
    def test_in_figures_where_the_same_have_answered(self, omgang):
        cohort, members, spring, autumn = omgang
        answer(members, spring, 2)
        answer(members, autumn, 3)
        figures = seen(reader(members[5]), cohort, autumn, spring)
        assert [row.change for row in figures.moved.items] == [1] * 9 + [0]
        assert figures.moved_words == (
            f"Nio moment har gått framåt sedan {spring}. Ett står stilla och inget har gått bakåt."
        )

    def test_in_words_where_others_have_answered(self, omgang):
        cohort, members, spring, autumn = omgang
        answer(members[:7], spring, 2)
        answer(members, autumn, 3)
        figures = seen(reader(members[5]), cohort, autumn, spring)
        assert figures.moved is None
        assert figures.moved_words == (
            f"Nio moment har gått framåt sedan {spring} för de sju kommuner som har svarat båda gångerna. "
            "Ett står stilla och inget har gått bakåt. Skillnaden visas inte i siffror, eftersom det inte är samma "
            "kommuner som har svarat båda gångerna."
        )
        assert seen(UserFactory(skr_role="process_leader"), cohort, autumn, spring).moved.n_matched == 7

    def test_not_even_in_words_of_too_few(self, omgang):
        cohort, members, spring, autumn = omgang
        more = ParticipationFactory.create_batch(2, cohort=cohort)
        answer(members[:5], spring, 2)
        answer([*members[3:], *more], autumn, 3)
        figures = seen(reader(more[0]), cohort, autumn, spring)
        assert (figures.moved, figures.moved_words) == (
            None,
            "Förflyttningen visas inte, eftersom för få kommuner har svarat både då och nu.",
        )


class TestJointReport:
    def test_aggregates_of_two_occasions_side_by_side(self, omgang):
        cohort, members, spring, autumn = omgang
        answer(members, spring, 2)
        answer(members, autumn, 3)
        (figures,) = joint_figures(cohort, autumn, spring)
        assert figures.named == ()
        first = figures.rows[0]
        assert (first.now.mean, first.now.n, first.before.mean, first.before.n, first.moved.change) == (3, 8, 2, 8, 1)

    def test_printed_from_what_the_omgang_has_been_shown(self, omgang):
        """A late answer beside the figures on the page would let a reader subtract."""
        cohort, members, spring, _ = omgang
        answer(members[:6], spring, 2)
        answer(members[6:7], spring, 3)
        (figures,) = joint_figures(cohort, spring, None)
        assert (figures.result.n, figures.rows[0].now.mean, figures.n_submitted) == (6, 2, 7)
        other = seen(reader(members[-1]), cohort, spring)
        assert (other.result.n, other.rows[0].now.mean) == (6, 2)

    def test_below_five_words(self, omgang):
        cohort, members, spring, _ = omgang
        answer(members[:4], spring, 2)
        (figures,) = joint_figures(cohort, spring, None)
        assert (figures.result, figures.withheld != "") == (None, True)

    def test_nothing_submitted(self, omgang):
        assert joint_figures(omgang[0], *joint_occasions(omgang[0])) == []

    def test_the_last_meeting_of_each_of_the_two_latest_years(self, omgang):
        cohort, members, spring, autumn = omgang
        next_year = MeetingFactory(cohort=cohort, starts_on=date(2027, 3, 1), number=3)
        answer(members, spring, 2)
        assert joint_occasions(cohort) == (spring, None)
        answer(members, autumn, 2)
        answer(members, next_year, 2)
        assert joint_occasions(cohort) == (next_year, autumn)
        assert joint_occasions(cohort, since=spring) == (next_year, spring)
        assert joint_occasions(cohort, meeting=autumn) == (autumn, None)


class TestPage:
    def url(self, cohort):
        return reverse("reports:figures", args=[cohort.slug])

    def test_the_last_open_meeting_unless_another_is_asked_for(self, omgang, client):
        cohort, members, spring, autumn = omgang
        answer(members, spring, 2)
        answer(members, autumn, 3)
        coming = MeetingFactory(cohort=cohort, starts_on=date(2026, 12, 3))
        answer(members, coming, 3)
        client.force_login(reader(members[0]))
        assert client.get(self.url(cohort)).context["meeting"] == autumn
        assert client.get(self.url(cohort), {"traff": spring.key}).context["meeting"] == spring
        assert client.get(self.url(cohort), {"traff": "finns-inte"}).status_code == 404

    def test_administrator_403_stranger_404(self, omgang, client):
        client.force_login(UserFactory(skr_role="administrator"))
        assert client.get(self.url(omgang[0])).status_code == 403
        client.force_login(reader(ParticipationFactory()))
        assert client.get(self.url(omgang[0])).status_code == 404

    def test_nothing_yet(self, omgang, client):
        client.force_login(reader(omgang[1][0]))
        assert "Ingen självskattning är inlämnad än." in client.get(self.url(omgang[0])).content.decode()

    def test_no_value_of_others_reaches_the_page(self, omgang, client):
        cohort, members, spring, _ = omgang
        answer(members, spring, 2)
        client.force_login(reader(members[5]))
        page = client.get(self.url(cohort)).content.decode()
        others = [member.organisation.short_name for member in members if member != members[5]]
        assert [name for name in others if f">{name}<" in page] == []

    @pytest.mark.parametrize("who", ["strategist", "process_leader"])
    def test_queries_do_not_grow(self, omgang, client, who):
        cohort, members, spring, autumn = omgang
        answer(members[:5], spring, 2)
        answer(members[:5], autumn, 3)
        client.force_login(UserFactory(skr_role=who) if who == "process_leader" else reader(members[0]))
        with CaptureQueriesContext(connection) as few:
            client.get(self.url(cohort))
        answer(members[5:], spring, 2)
        answer(members[5:], autumn, 3)
        with CaptureQueriesContext(connection) as many:
            client.get(self.url(cohort))
        assert (len(many), len(many) <= 17) == (len(few), True)
