"""Omgångens siffror: who is shown what of a meeting, on the page and for the joint report."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.actions.publishing import publish_values
from assessments.figures.panels import values_of
from assessments.figures.releases import renew_release
from assessments.figures.sights import rule_in_words
from assessments.models import Score
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


def leader():
    return UserFactory(skr_role="process_leader")


def seen(user, cohort, meeting, since=None):
    return figures_for(roles_of(user), cohort, meeting, since)[0]


def facts_of(figures):
    """(n of the omgång's figures, whose values, change in figures or not)"""
    n = figures.result.n if figures.result and figures.is_whole else None
    return (n, [named.participation for named in figures.named], bool(figures.moved))


class TestWhoIsShownWhat:
    def test_the_own_group_by_name_and_the_omgang_as_an_aggregate(self, omgang):
        cohort, members, spring, _ = omgang
        answer(members, spring, 2)
        assert facts_of(seen(reader(members[1]), cohort, spring)) == (8, [members[1], members[0]], False)

    def test_outside_a_group_only_ones_own(self, omgang):
        cohort, members, spring, _ = omgang
        answer(members, spring, 2)
        assert facts_of(seen(reader(members[5]), cohort, spring)) == (8, [members[5]], False)

    def test_a_mentor_by_name_those_of_the_mentored_group(self, omgang):
        cohort, members, spring, _ = omgang
        answer(members, spring, 2)
        mentor = GroupMentorFactory(group=members[0].group).participation
        figures = seen(reader(mentor), cohort, spring)
        assert (facts_of(figures), figures.own) == ((8, members[:2], False), None)

    def test_of_fewer_than_five_only_those_that_one_may_read(self, omgang):
        cohort, members, spring, _ = omgang
        answer(members[:4], spring, 2)
        figures = seen(reader(members[5]), cohort, spring)
        assert (facts_of(figures), figures.shown, figures.result) == ((None, [], False), "own", None)
        own = seen(reader(members[0]), cohort, spring)
        assert (facts_of(own), own.result.n, own.n, own.n_unread) == ((None, members[:2], False), 2, 4, 2)

    def test_before_the_day_the_page_says_which_day(self, omgang):
        cohort, members, _, _ = omgang
        coming = MeetingFactory(cohort=cohort, starts_on=date(2026, 12, 3))
        answer(members, coming, 2)
        figures = seen(reader(members[0]), cohort, coming)
        assert (figures.shown, figures.withheld) == ("own", "Siffrorna öppnar på träffens dag, 3 december 2026.")

    def test_who_could_work_out_the_two_others_sees_no_aggregate(self, omgang):
        cohort, members, spring, _ = omgang
        members[2].group = members[0].group
        members[2].save()
        answer(members[:5], spring, 2)
        figures = seen(reader(members[0]), cohort, spring)
        assert (facts_of(figures), figures.n_unread) == ((None, members[:3], False), 2)
        answer(members[5:6], spring, 2)
        assert facts_of(seen(reader(members[0]), cohort, spring)) == (6, members[:3], False)

    def test_no_lowest_and_highest_of_an_item_where_someone_is_unread(self, omgang):
        cohort, members, spring, _ = omgang
        answer(members, spring, 2)
        some, all_of_them = seen(reader(members[1]), cohort, spring), seen(leader(), cohort, spring)
        assert {(row.minimum, row.maximum) for row in some.result.items} == {(None, None)}
        assert (some.result.totals.minimum, all_of_them.result.items[0].minimum) == (19, 2)

    def test_a_published_value_counts_as_read_and_stands_by_name(self, omgang):
        cohort, members, spring, _ = omgang
        answer(members[:5], spring, 2)
        assert facts_of(seen(reader(members[2]), cohort, spring))[0] == 5
        publish_values(participation=members[3], values=values_of(members[3]), chain={})
        assert facts_of(seen(reader(members[2]), cohort, spring)) == (5, [members[2], members[3]], False)
        publish_values(participation=members[4], values=values_of(members[4]), chain={})
        assert facts_of(seen(reader(members[2]), cohort, spring)) == (None, members[2:5], False)
        for member in members[:2]:
            publish_values(participation=member, values=values_of(member), chain={})
        assert seen(reader(members[2]), cohort, spring).shown == "all"

    def test_a_corrected_value_is_not_what_was_published(self, omgang):
        cohort, members, spring, _ = omgang
        answer(members[:5], spring, 2)
        publish_values(participation=members[3], values=values_of(members[3]), chain={})
        Score.objects.filter(assessment__participation=members[3]).update(value=3)
        renew_release(meeting=spring)
        figures = seen(reader(members[2]), cohort, spring)
        assert [set(named.answers.values()) for named in figures.named] == [{1, 2}, {1, 2}]
        assert (figures.n_unread, figures.result.items[0].mean) == (3, 2)
        answer(members[5:7], spring, 2)  # with two late ones there are three unread changes
        assert (seen(reader(members[2]), cohort, spring).n_unread, figures.n) == (6, 5)

    def test_an_item_that_is_gladly_told_about_counts_as_read_there(self, omgang):
        """Two of five are left unread at the first item, so neither its mean nor the mean of all is shown."""
        cohort, members, spring, _ = omgang
        answer(members[:5], spring, 2)
        glad = Score.objects.filter(assessment__participation__in=members[2:4], item__number=1)
        glad.update(glad_to_tell=True)
        renew_release(meeting=spring)
        figures = seen(reader(members[4]), cohort, spring)
        assert [row.mean is None for row in figures.result.items] == [True] + [False] * 9
        assert (figures.result.overall_mean, figures.result.totals.minimum) == (None, 19)

    def test_skr_and_the_evaluator_see_what_stands_now(self, omgang):
        cohort, members, spring, _ = omgang
        answer(members[:2], spring, 2)
        evaluator = EvaluatorFactory(cohort=cohort).user
        assert [facts_of(seen(user, cohort, spring)) for user in (leader(), evaluator)] == [(2, members[:2], False)] * 2

    def test_kinds_stand_apart(self):
        cohort = CohortFactory(kind="blandad")
        meeting = MeetingFactory(cohort=cohort)
        region = ParticipationFactory(cohort=cohort, organisation=OrganisationFactory(code="88", kind="region"))
        answer([region, *ParticipationFactory.create_batch(5, cohort=cohort)], meeting, 2)
        shown = figures_for(roles_of(reader(region)), cohort, meeting, None)
        assert [(figures.kind, facts_of(figures)) for figures in shown] == [
            ("kommun", (5, [], False)),
            ("region", (1, [region], False)),
        ]

    def test_a_kind_without_participants_is_not_there(self):
        cohort = CohortFactory(kind="blandad")
        members = ParticipationFactory.create_batch(3, cohort=cohort)
        answer(members, MeetingFactory(cohort=cohort), 2)
        shown = figures_for(roles_of(leader()), cohort, cohort.meetings.get(), None)
        assert [figures.kind for figures in shown] == ["kommun"]


class TestOmgangOfThree:
    """Three in one group read each other's values, so everything is shown, however few they are."""

    @pytest.fixture
    def three(self):
        cohort = CohortFactory(kind="blandad")
        group = GroupFactory(cohort=cohort)
        members = ParticipationFactory.create_batch(2, cohort=cohort, group=group)
        region = OrganisationFactory(code="88", kind="region", short_name="Region Prov")
        members.append(ParticipationFactory(cohort=cohort, group=group, organisation=region))
        spring = MeetingFactory(cohort=cohort, starts_on=date(2026, 4, 1), number=1)
        autumn = MeetingFactory(cohort=cohort, starts_on=date(2026, 12, 1), number=2)
        answer(members, spring, 2)
        answer(members, autumn, 3)
        return cohort, members, spring, autumn

    def test_by_name_with_movement_and_before_the_day_too(self, three):
        cohort, members, spring, autumn = three
        kommun, region = figures_for(roles_of(reader(members[0])), cohort, autumn, spring)
        assert [facts_of(figures) for figures in (kommun, region)] == [(2, members[:2], True), (1, members[2:], True)]
        assert (kommun.moved.n_matched, kommun.withheld, region.withheld) == (2, "", "")
        assert kommun.moved_words == (
            f"Nio moment har gått framåt sedan {spring}. Ett står stilla och inget har gått bakåt."
        )

    def test_the_page_has_the_kinds_side_by_side_in_one_picture_and_one_table(self, three, client):
        cohort, members, _, autumn = three
        client.force_login(reader(members[0]))
        answer = client.get(reverse("reports:figures", args=[cohort.slug]), {"traff": autumn.key})
        names = [member.organisation.short_name for member in members]
        (strip,) = answer.context["strips"]
        assert (strip.own_label, [each.name for each in strip.rows[0].group]) == (names[0], names[1:])
        heads = ("Medelvärde, kommuner", "Antal", f"{names[0]} (ni)", *names[1:])
        assert answer.context["table"].heads == heads
        assert {cells for _, cells in answer.context["table"].rows} == {
            ("3", "2", "3", "3", "3"),
            ("1", "2", "1", "1", "1"),
        }
        assert answer.text.count("Sedan ") == 2
        assert "visas inte" not in answer.text

    def test_with_a_fourth_outside_the_group_only_the_group(self, three, client):
        cohort, members, spring, _ = three
        answer([ParticipationFactory(cohort=cohort)], spring, 1)
        kommun, region = figures_for(roles_of(reader(members[0])), cohort, spring, None)
        assert [(figures.shown, facts_of(figures)) for figures in (kommun, region)] == [
            ("own", (None, members[:2], False)),
            ("all", (1, members[2:], False)),
        ]
        assert (kommun.n, kommun.n_unread, kommun.result.n, kommun.result.items[0].mean) == (3, 1, 2, 2)
        client.force_login(reader(members[0]))
        page = client.get(reverse("reports:figures", args=[cohort.slug]), {"traff": spring.key}).text
        assert " ".join(page.split()).count(rule_in_words()) == 1
        assert "Medelvärde, kommuner du läser" in page


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

    def test_not_where_another_has_answered_whom_one_may_not_read(self, omgang):
        """Beside the two full means it would tell the one that is in one panel only; and so would the words."""
        cohort, members, spring, autumn = omgang
        answer(members[:7], spring, 2)
        answer(members, autumn, 3)
        figures = seen(reader(members[5]), cohort, autumn, spring)
        assert (figures.moved, figures.moved_words) == (
            None,
            "Förflyttningen visas inte, eftersom det inte är samma kommuner som har svarat båda gångerna.",
        )
        everything = seen(leader(), cohort, autumn, spring)
        assert everything.moved.n_matched == 7
        assert everything.moved_words == (
            f"Nio moment har gått framåt sedan {spring} för de sju kommuner som har svarat båda gångerna. "
            "Ett står stilla och inget har gått bakåt."
        )

    def test_in_figures_where_the_other_is_ones_own(self, omgang):
        cohort, members, spring, autumn = omgang
        answer(members[:7], spring, 2)
        answer(members, autumn, 3)
        figures = seen(reader(members[7]), cohort, autumn, spring)
        assert (figures.moved.n_matched, figures.moved.items[0].change) == (7, 1)

    def test_not_where_the_earlier_figures_are_not_shown(self, omgang):
        cohort, members, spring, autumn = omgang
        answer(members[:4], spring, 2)
        answer(members, autumn, 3)
        figures = seen(reader(members[5]), cohort, autumn, spring)
        assert (figures.moved, figures.moved_words) == (
            None,
            f"Förflyttningen visas inte, eftersom siffrorna från {spring} inte visas.",
        )

    def test_of_ones_own_group_where_no_more_is_shown(self, omgang):
        cohort, members, spring, autumn = omgang
        answer(members[:4], spring, 2)
        answer(members[:4], autumn, 3)
        figures = seen(reader(members[0]), cohort, autumn, spring)
        assert (figures.shown, figures.moved.n_matched) == ("own", 2)
        assert figures.moved_words.startswith(
            f"Nio moment har gått framåt sedan {spring} för de två kommuner du läser."
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

    def test_in_words_where_skr_has_chosen_that(self, omgang):
        cohort, members, spring, autumn = omgang
        answer(members, spring, 2)
        answer(members, autumn, 3)
        (figures,) = joint_figures(cohort, autumn, spring, words_only=True)
        assert (figures.result, figures.before, figures.moved) == (None, None, None)
        assert figures.withheld.startswith("Siffror för kommuner skrivs inte ut. Högst värde har nio moment")
        assert figures.moved_words.startswith("Nio moment har gått framåt")

    def test_judged_for_someone_without_a_seat(self, omgang):
        cohort, members, spring, _ = omgang
        answer(members[:5], spring, 2)
        for member in members[:3]:
            publish_values(participation=member, values=values_of(member), chain={})
        (figures,) = joint_figures(cohort, spring, None)
        assert (figures.result, figures.named) == (None, ())
        assert figures.withheld == (
            "Siffror för kommuner skrivs ut när minst fem organisationer ligger bakom dem, och antingen alla har "
            "publicerat sina värden eller minst tre inte har det."
        )

    def test_below_five_words(self, omgang):
        cohort, members, spring, _ = omgang
        answer(members[:4], spring, 2)
        (figures,) = joint_figures(cohort, spring, None)
        assert (figures.result, figures.withheld != "") == (None, True)

    def test_nothing_submitted(self, omgang):
        assert joint_figures(omgang[0], *joint_occasions(omgang[0])) == []

    def test_the_first_meeting_with_the_last_unless_told_otherwise(self, omgang):
        cohort, members, spring, autumn = omgang
        next_year = MeetingFactory(cohort=cohort, starts_on=date(2027, 3, 1), number=3)
        answer(members, spring, 2)
        assert joint_occasions(cohort) == (spring, None)
        answer(members, autumn, 2)
        assert joint_occasions(cohort) == (autumn, spring)
        answer(members, next_year, 2)
        assert joint_occasions(cohort) == (next_year, spring)
        assert joint_occasions(cohort, since=autumn) == (next_year, autumn)
        assert joint_occasions(cohort, meeting=autumn) == (autumn, spring)
        assert joint_occasions(cohort, meeting=spring) == (spring, None)

    def test_a_meeting_of_one_group_is_not_chosen(self, omgang):
        cohort, members, spring, autumn = omgang
        early = MeetingFactory(
            cohort=cohort, group=members[0].group, starts_on=date(2026, 3, 1), number=4, key="grupptraff"
        )
        for meeting in (early, spring, autumn):
            answer(members, meeting, 2)
        assert joint_occasions(cohort) == (autumn, spring)


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
        compared = client.get(self.url(cohort), {"traff": autumn.key, "sedan": spring.key})
        assert compared.context["shown"][0].since == spring
        assert client.get(self.url(cohort), {"traff": spring.key, "sedan": autumn.key}).status_code == 404

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
