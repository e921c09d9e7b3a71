"""What publishing brings within someone's reach: told before, refused until SKR has chosen, and remembered after."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from assessments.figures.panels import values_of
from assessments.figures.reach import brought_within_reach, who_can_work_out
from assessments.figures.releases import renew_release
from assessments.figures.sights import figures_at
from assessments.models import PublishedAnswers, Release
from cohorts.roles import roles_of
from improvements.models import Effort
from reports import tasks
from reports.actions import order_joint, publish_joint, publish_report
from reports.content import joint_content
from reports.enums import FiguresAs, JointState
from reports.figures import figures_for
from reports.forms import OrderJointForm
from tests.factories import (
    TODAY,
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    EffortFactory,
    EffortStepFactory,
    GroupFactory,
    GroupMentorFactory,
    MeetingFactory,
    ParticipationFactory,
    ReportFactory,
    UserFactory,
    frozen,
)
from tests.refusing import refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY):
        yield


@pytest.fixture
def omgang():
    """A group of three and two others, who have all handed in to one meeting."""
    cohort = CohortFactory()
    group = GroupFactory(cohort=cohort, name="Gruppen i norr")
    members = ParticipationFactory.create_batch(3, cohort=cohort, group=group)
    members += ParticipationFactory.create_batch(2, cohort=cohort, group=GroupFactory(cohort=cohort, name="De två"))
    meeting = MeetingFactory(cohort=cohort, starts_on=date(2026, 10, 1))
    answer(members, meeting)
    return cohort, members, meeting


def answer(members, meeting):
    for place, member in enumerate(members):
        AssessmentFactory(participation=member, meeting=meeting, submitted=True, values=[1 + place % 3] * 10)
    renew_release(meeting=meeting)


def shown(participation, meeting):
    user = DelegateFactory(participation=participation).user
    (figures,) = figures_for(roles_of(user), participation.cohort, meeting, None)
    return figures.shown


def approved_report(participation):
    report = ReportFactory(participation=participation, with_values=True)
    return frozen(report, approved_on=date(2026, 11, 2)).report


def publish(participation):
    report, by = approved_report(participation), DelegateFactory(participation=participation).user
    return publish_report(report=report, number=report.editions.last().number, by=by)


@pytest.fixture(autouse=True)
def _drawn(drawn):
    """Nothing here is about how pages are set."""


class TestJointReport:
    @pytest.fixture
    def leader(self):
        return UserFactory(skr_role="process_leader")

    @pytest.fixture
    def joint(self, omgang, leader):
        return self.read(omgang[0], leader)

    def read(self, cohort, leader, figures_as=""):
        """Build the report's PDF, which SKR then reads."""
        tasks.build(order_joint(cohort=cohort, meeting=None, since=None, figures_as=figures_as, by=leader).pk)
        return cohort.joint_report

    def test_the_groups_that_can_work_out_more(self, omgang):
        """The group of three would read the two others' sum; of those the three are behind it."""
        cohort, members, meeting = omgang
        near = who_can_work_out(cohort, [meeting])
        assert [(circle.name, circle.rights) for circle in near] == [
            ("Gruppen i norr", frozenset(member.pk for member in members[:3]))
        ]

    def test_a_mentor_of_two_small_groups_too(self, omgang):
        cohort, _, meeting = omgang
        Release.objects.all().delete()
        answer(ParticipationFactory.create_batch(2, cohort=cohort, group=GroupFactory(cohort=cohort)), meeting)
        mentor = GroupMentorFactory(group=cohort.groups.first()).participation
        assert who_can_work_out(cohort, [meeting]) == []
        GroupMentorFactory(group=cohort.groups.last(), participation=mentor)
        assert [circle.name for circle in who_can_work_out(cohort, [meeting])] == [mentor.organisation.name]

    def test_none_where_three_are_unread_by_everyone(self, omgang):
        cohort, _, meeting = omgang
        answer([ParticipationFactory(cohort=cohort)], meeting)
        # The sixth came late, so what has been shown is still the five: but nobody in the group has seen that.
        assert [circle.name for circle in who_can_work_out(cohort, [meeting])] == ["Gruppen i norr"]
        Release.objects.all().delete()
        renew_release(meeting=meeting)
        assert who_can_work_out(cohort, [meeting]) == []

    def test_skr_chooses_before_it_is_published(self, joint, leader):
        with refused("Välj siffror eller ord: Gruppen i norr kan räkna ut mer."):
            publish_joint(joint=joint, by=leader)
        joint = self.read(joint.cohort, leader, FiguresAs.WORDS)
        published = publish_joint(joint=joint, by=leader)
        assert published.state == JointState.PUBLISHED
        (kind,) = published.editions.get().content["kinds"]
        assert (kind["strength"], "skrivs inte ut" in kind["withheld"]) == (None, True)

    def test_the_confirm_page_names_them_and_says_what_is_chosen(self, omgang, joint, leader, client):
        cohort, address = omgang[0], reverse("reports:publish_joint", args=[omgang[0].slug])
        client.force_login(leader)
        first = client.get(address).text
        assert "Välj siffror eller ord: Gruppen i norr kan räkna ut mer." in first
        assert 'name="seen"' not in first
        self.read(cohort, leader, FiguresAs.FIGURES)
        page = " ".join(client.get(address).text.split())
        assert "Omgångens självskattningar står med siffror, som ni har valt." in page
        assert "Gruppen i norr läser redan så många av värdena" in page
        self.read(cohort, leader, FiguresAs.WORDS)
        page = " ".join(client.get(address).text.split())
        assert "Omgångens självskattningar står med ord, utan tal, som ni har valt." in page
        assert "Gruppen i norr" not in page

    @pytest.mark.parametrize(("chosen", "printed"), [(FiguresAs.FIGURES, True), (FiguresAs.WORDS, False), ("", True)])
    def test_figures_or_words(self, omgang, joint, chosen, printed):
        joint.figures_as = chosen
        content = joint_content(joint, omgang[2], None)
        assert [kind.strength is not None for kind in content.kinds] == [printed]
        assert [kind.withheld == "" for kind in content.kinds] == [printed]
        shares = {cell for table in content.chain for _, cell, *_ in table.rows}
        assert shares == ({"Ingen registrerad än"} if printed else {"Visas inte"})

    def test_the_page_names_them_and_has_the_choice(self, omgang, leader, client):
        cohort = omgang[0]
        client.force_login(leader)
        page = client.get(reverse("reports:joint_release", args=[cohort.slug]))
        assert "räkna ut mer om en enskild organisation" in " ".join(page.text.split())
        assert "<li>Gruppen i norr</li>" in page.text
        client.post(reverse("reports:order_joint", args=[cohort.slug]), {"figures_as": "words"})
        cohort.joint_report.refresh_from_db()
        assert cohort.joint_report.figures_as == FiguresAs.WORDS
        client.post(reverse("reports:order_joint", args=[cohort.slug]), {})  # what is not said is not changed
        cohort.joint_report.refresh_from_db()
        assert cohort.joint_report.figures_as == FiguresAs.WORDS

    def test_the_choice_is_one_of_two(self, omgang, joint):
        forms = [OrderJointForm({"figures_as": each}, cohort=omgang[0], joint=joint) for each in ("", "words", "both")]
        assert [form.is_valid() for form in forms] == [True, True, False]

    def test_what_was_printed_is_remembered_by_everyone(self, omgang, joint, leader):
        cohort, members, meeting = omgang
        assert (shown(members[0], meeting), shown(members[3], meeting)) == ("own", "figures")
        publish_joint(joint=self.read(cohort, leader, FiguresAs.FIGURES), by=leader)
        # Eight without the five that were printed are three, but the five without the three are two.
        answer(ParticipationFactory.create_batch(3, cohort=cohort), meeting)
        assert (shown(members[0], meeting), shown(members[3], meeting)) == ("own", "figures")
        Release.objects.filter(printed=True).delete()
        assert shown(members[0], meeting) == "figures"

    def test_words_are_no_figures_to_remember(self, omgang, leader):
        publish_joint(joint=self.read(omgang[0], leader, FiguresAs.WORDS), by=leader)
        assert not Release.objects.filter(printed=True).exists()


class TestOwnReport:
    def test_published_values_count_as_read_by_everyone(self, omgang):
        cohort, members, meeting = omgang
        assert shown(members[3], meeting) == "figures"
        publish(members[0])
        assert shown(members[3], meeting) == "own"
        seen = figures_at(meeting, cohort.plan, frozenset())["kommun"]
        assert (seen.n_unread, list(seen.named)) == (4, [members[0].pk])

    def test_its_steps_on_the_chain_too(self, omgang):
        _, members, _ = omgang
        EffortStepFactory(effort=EffortFactory(participation=members[0], shared=True, public=True), stage="product")
        publish(members[0])
        chain = PublishedAnswers.objects.get(participation=members[0], meeting=None).answers
        assert {stage for stage, reached in chain.items() if reached == "1"} == {"product"}

    def test_kept_once_however_often_it_is_published(self, omgang):
        _, members, _ = omgang
        report, by = approved_report(members[0]), DelegateFactory(participation=members[0]).user
        for _ in range(2):
            publish_report(report=report, number=1, by=by)
        assert PublishedAnswers.objects.filter(participation=members[0]).count() == 2

    def test_whom_it_brings_within_reach(self, omgang):
        """The two others have seen figures with three unread behind; with one published, two of them remain."""
        _, members, _ = omgang
        assert brought_within_reach(members[0], values_of(members[0])) == members[1:3]
        assert brought_within_reach(members[3], values_of(members[3])) == []

    def test_nobody_where_four_are_unread(self, omgang):
        cohort, members, meeting = omgang
        Release.objects.all().delete()
        answer(ParticipationFactory.create_batch(2, cohort=cohort), meeting)
        assert brought_within_reach(members[0], values_of(members[0])) == []

    @pytest.mark.parametrize("with_values", [True, False])
    def test_it_is_told_before_it_publishes(self, omgang, client, with_values):
        cohort, members, _ = omgang
        report = ReportFactory(participation=members[0], with_values=with_values)
        report.texts.create(key="purpose", text="Vi ville se våra värden.")
        client.force_login(DelegateFactory(participation=members[0]).user)
        names = " och ".join(member.organisation.name for member in members[1:3])
        sentence = f"kan den som läser båda räkna ut mer om {names}."

        def page(name):
            return " ".join(client.get(reverse(f"reports:{name}", args=[cohort.slug, members[0].code])).text.split())

        assert sentence in page("choose_public")  # the values may be chosen there
        assert (sentence in page("submit")) == with_values
        frozen(report, approved_on=date(2026, 11, 2))
        assert (sentence in page("publish")) == with_values

    def test_what_is_not_in_the_report_is_not_published(self, omgang):
        _, members, meeting = omgang
        edition = frozen(ReportFactory(participation=members[0]), approved_on=date(2026, 11, 2))
        publish_report(report=edition.report, number=1, by=DelegateFactory(participation=members[0]).user)
        assert not PublishedAnswers.objects.filter(meeting=meeting).exists()
        assert shown(members[3], meeting) == "figures"

    def test_the_values_are_those_of_the_edition(self, omgang):
        """A value corrected after the hand-in is nobody else's until an edition with it is published."""
        _, members, meeting = omgang
        report = approved_report(members[0])
        members[0].assessments.get().scores.update(value=3)
        publish_report(report=report, number=1, by=DelegateFactory(participation=members[0]).user)
        assert set(PublishedAnswers.objects.get(meeting=meeting).answers.values()) == {"1.0"}

    def test_a_stage_that_was_told_stays_told(self, omgang):
        _, members, _ = omgang
        step = EffortStepFactory(effort=EffortFactory(participation=members[0], shared=True, public=True))
        report = publish(members[0])
        Effort.objects.update(public=False)
        number = frozen(report, approved_on=date(2026, 11, 3)).number
        publish_report(report=report, number=number, by=DelegateFactory(participation=members[0]).user)
        assert PublishedAnswers.objects.get(participation=members[0], meeting=None).answers == {step.stage: "1"}


def test_the_chain_of_efforts_is_not_all_there_is(omgang):
    """An effort that is not public is not in the report, and so no step that is published."""
    _, members, _ = omgang
    EffortStepFactory(effort=EffortFactory(participation=members[0], shared=True), stage="product")
    publish(members[0])
    assert PublishedAnswers.objects.get(participation=members[0], meeting=None).answers == {}
    assert Effort.objects.count() == 1
