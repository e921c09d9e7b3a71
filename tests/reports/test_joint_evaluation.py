"""What the joint report prints of the evaluation: goals as each one judges them, interviews and advice to SKR."""

from datetime import date

import pytest

from cohorts.models import Participation
from evaluation.models import Advice, AdviceAnswer, GoalJudgement, Interview
from improvements.models import ResultAnswer
from reports.content import joint_content
from reports.content.base import AboutLine
from reports.content.block_words import words_of
from reports.content.chapters import chapters_of
from reports.content.frozen import freeze, thaw
from reports.content.joint_value import JointContent
from reports.enums import FiguresAs
from tests.factories import CohortFactory, JointReportFactory, ParticipationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def joint():
    """Six kommuner that have answered, of which four have reached the result, and an evaluator who doubts it."""
    cohort = CohortFactory()
    result = cohort.expected_results.create(key="r", text="Fler nämnder analyserar.", kind="expected", position=1)
    for judgement in ("reached", "reached", "reached", "reached", "partly", "not_yet"):
        member = ParticipationFactory(cohort=cohort)
        ResultAnswer.objects.create(participation=member, result=result, judgement=judgement)
    GoalJudgement.objects.create(
        cohort=cohort, result=result, judged_by="evaluator", assessment="partly", basis="Två analyser är på en rad."
    )
    return JointReportFactory(cohort=cohort)


def content_of(joint, **changes):
    for name, value in changes.items():
        setattr(joint, name, value)
    return joint_content(joint, None, None)


def words_in(content, anchor):
    return next((words_of(chapter.blocks) for chapter in chapters_of(content) if chapter.anchor == anchor), "")


class TestGoals:
    def test_each_ones_judgement_stands_side_by_side_and_disagreement_is_said(self, joint):
        content = content_of(joint)
        (goal,) = content.goals
        assert (goal.participants, goal.evaluator, goal.skr) == ("Uppfyllt", "Delvis uppfyllt", "")
        assert goal.grounds == (AboutLine("Utvärderaren:", "Två analyser är på en rad."),)
        said = words_in(content, "maluppfyllelse")
        for words in ("Fler nämnder analyserar. – Uppfyllt – Delvis uppfyllt – –", "fyra uppnått", "bedömer olika."):
            assert words in said

    def test_where_skr_has_chosen_words_the_participants_counts_are_left_out(self, joint):
        (goal,) = content_of(joint, figures_as=FiguresAs.WORDS).goals
        assert (goal.participants, goal.figure, goal.disagreement) == ("", (), ())
        assert goal.evaluator == "Delvis uppfyllt"

    def test_of_too_few_only_the_evaluator_is_printed(self, joint):
        kept = [row.pk for row in joint.cohort.participations.all()[:4]]
        Participation.objects.filter(cohort=joint.cohort).exclude(pk__in=kept).delete()
        (goal,) = content_of(joint).goals
        assert (goal.participants, goal.figure, goal.evaluator) == ("", (), "Delvis uppfyllt")

    def test_a_goal_that_nobody_has_judged_is_not_printed(self, joint):
        ResultAnswer.objects.all().delete()
        GoalJudgement.objects.all().delete()
        assert content_of(joint).goals == ()


class TestInterviews:
    def test_the_annex_lists_those_that_may_be_listed_and_no_others(self, joint):
        member = joint.cohort.participations.first()
        about = {"cohort": joint.cohort, "interviewed_on": date(2026, 5, 4), "form": "video"}
        Interview.objects.create(**about, participation=member, function="strategist", people=2, listed=True)
        Interview.objects.create(**about, participation=member, function="politician", listed=False)
        content = content_of(joint)
        assert content.interviews.headline == "Intervjuer med 2 personer."
        assert content.interviews.lines == (f"{member.organisation.name}: 2 strateger",)
        assert "2 strateger" in words_in(content, "bilagor")

    def test_none(self, joint):
        assert content_of(joint).interviews is None


class TestAdvice:
    def test_it_is_counted_by_what_it_is_about_with_skrs_answer(self, joint):
        first, second = joint.cohort.participations.all()[:2]
        Participation.objects.filter(pk__in=[first.pk, second.pk]).update(reported=True)
        for place, member in enumerate((first, second)):
            Advice.objects.create(participation=member, tag="time", text="Mer tid.", position=place)
        AdviceAnswer.objects.create(cohort=joint.cohort, tag="time", text="Träffarna blir längre.", changes=True)
        content = content_of(joint)
        (advice,) = content.advice
        assert (advice.counted, advice.changes) == ("Två råd från två organisationer.", True)
        assert "Det här ändrar SKR: Träffarna blir längre." in words_in(content, "lardomar")
        assert "Mer tid." not in words_in(content, "lardomar")


def test_all_of_it_is_frozen_and_comes_back(joint):
    content = content_of(joint)
    assert thaw(JointContent, freeze(content)) == content
