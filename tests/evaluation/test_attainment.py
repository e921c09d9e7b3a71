"""How far goals are reached, as participants, evaluator and SKR see it, and never more of it than anyone may know."""

from collections import Counter

import pytest
from django.urls import reverse

from cohorts.enums import CohortKind, OrganisationKind
from evaluation.actions.goals import judge_goal, remove_goal, save_goal
from evaluation.attainment import goal_rows
from evaluation.enums import Attained, JudgedBy
from evaluation.models import GoalJudgement, ProgrammeGoal
from evaluation.participants import most_say
from improvements.enums import HowFar
from improvements.models import ResultAnswer
from kit.models import AuditEvent
from kit.staleness import Stale, digest
from tests.factories import CohortFactory, EvaluatorFactory, OrganisationFactory, ParticipationFactory, UserFactory
from tests.refusing import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return CohortFactory()


@pytest.fixture
def result(cohort):
    return cohort.expected_results.create(key="utfall", text="Minst ett utfall.", kind="expected", position=0)


@pytest.fixture
def cia():
    return UserFactory(skr_role="process_leader")


@pytest.fixture
def ulla(cohort):
    return EvaluatorFactory(cohort=cohort).user


def answer(cohort, result, *said, kind=OrganisationKind.KOMMUN):
    for judgement in said:
        participation = ParticipationFactory(cohort=cohort, organisation=OrganisationFactory(kind=kind))
        ResultAnswer.objects.create(participation=participation, result=result, judgement=judgement)


def judge(cohort, who, assessment, by, **of):
    judgement = GoalJudgement(cohort=cohort, judged_by=who, **of)
    return judge_goal(judgement=judgement, assessment=assessment, basis="Rapporterna.", by=by)


class TestParticipants:
    def test_are_counted_in_words_with_what_most_say(self, cohort, result):
        answer(cohort, result, *[HowFar.REACHED] * 4, HowFar.PARTLY, HowFar.NOT_YET)
        (row,) = goal_rows(cohort)
        assert row.figure == ("Av sex kommuner som har svarat: fyra uppnått, en delvis, en inte än.",)
        assert [(said.who, said.judgement) for said in row.participants] == [("deltagarna", Attained.REACHED)]

    @pytest.mark.parametrize(("number", "shown"), [(4, False), (5, True)])
    def test_neither_count_nor_judgement_is_shown_of_too_few(self, cohort, result, number, shown):
        answer(cohort, result, *[HowFar.REACHED] * number)
        (row,) = goal_rows(cohort)
        assert (bool(row.figure), bool(row.participants)) == (shown, shown)

    def test_kinds_are_never_pooled(self):
        mixed = CohortFactory(kind=CohortKind.MIXED)
        result = mixed.expected_results.create(key="utfall", text="Ett utfall.", kind="expected", position=0)
        answer(mixed, result, *[HowFar.REACHED] * 5)
        answer(mixed, result, *[HowFar.NOT_YET] * 4, kind=OrganisationKind.REGION)
        (row,) = goal_rows(mixed)
        assert [(said.who, said.judgement) for said in row.participants] == [("kommunerna", Attained.REACHED)]
        assert len(row.figure) == 1

    @pytest.mark.parametrize(
        ("said", "judgement"),
        [
            ({HowFar.REACHED: 3, HowFar.NOT_YET: 2}, Attained.REACHED),
            ({HowFar.REACHED: 3, HowFar.NOT_YET: 3}, Attained.PARTLY),
            ({HowFar.NOT_YET: 3, HowFar.PARTLY: 2}, Attained.NOT_REACHED),
            ({HowFar.UNKNOWN: 3, HowFar.REACHED: 2}, Attained.TOO_EARLY),
            ({HowFar.UNKNOWN: 2, HowFar.REACHED: 2}, Attained.REACHED),
            ({HowFar.PARTLY: 5}, Attained.PARTLY),
        ],
    )
    def test_what_most_say(self, said, judgement):
        assert most_say(Counter(said)) == judgement

    def test_an_omgang_without_participants_has_its_goals_all_the_same(self, cohort, result):
        assert [row.text for row in goal_rows(cohort)] == ["Minst ett utfall."]


class TestDisagreement:
    def test_is_said_of_each_two_who_differ(self, cohort, result, cia, ulla):
        answer(cohort, result, *[HowFar.REACHED] * 5)
        assert goal_rows(cohort)[0].disagreement == ()
        judge(cohort, JudgedBy.EVALUATOR, Attained.PARTLY, ulla, result=result)
        assert goal_rows(cohort)[0].disagreement == ("Deltagarna och utvärderaren bedömer olika.",)
        judge(cohort, JudgedBy.SKR, Attained.REACHED, cia, result=result)
        assert goal_rows(cohort)[0].disagreement == (
            "Deltagarna och utvärderaren bedömer olika.",
            "Utvärderaren och SKR bedömer olika.",
        )
        judge(cohort, JudgedBy.EVALUATOR, Attained.REACHED, ulla, result=result)
        assert goal_rows(cohort)[0].disagreement == ()

    def test_nothing_is_said_of_participants_who_are_not_shown(self, cohort, result, ulla):
        answer(cohort, result, *[HowFar.REACHED] * 4)
        judge(cohort, JudgedBy.EVALUATOR, Attained.NOT_REACHED, ulla, result=result)
        assert goal_rows(cohort)[0].disagreement == ()


class TestJudging:
    def test_each_writes_in_a_column_of_their_own(self, cohort, result, client, cia, ulla):
        url = reverse("evaluation:judge_result", args=[cohort.slug, result.key])
        for user, assessment in ((cia, "reached"), (ulla, "too_early")):
            client.force_login(user)
            client.post(url, {"assessment": assessment, "basis": "Så här."})
        (row,) = goal_rows(cohort)
        assert (row.skr.assessment, row.evaluator.assessment) == (Attained.REACHED, Attained.TOO_EARLY)
        assert AuditEvent.objects.filter(kind="goal_judged").count() == 2
        shown = client.get(reverse("evaluation:attainment", args=[cohort.slug])).text
        assert "Utvärderaren och SKR bedömer olika." in shown
        assert "Ni har bedömt alla mål. Om ett av dem är bedömningarna olika." in shown

    def test_a_judgement_over_a_colleagues_is_refused(self, cohort, result, ulla):
        judge(cohort, JudgedBy.EVALUATOR, Attained.PARTLY, ulla, result=result)
        judgement = GoalJudgement(cohort=cohort, judged_by=JudgedBy.EVALUATOR, result=result)
        with pytest.raises(Stale):
            judge_goal(judgement=judgement, assessment=Attained.REACHED, basis="Nej.", seen=digest({}), by=ulla)

    def test_the_same_again_is_no_change(self, cohort, result, ulla):
        first = judge(cohort, JudgedBy.EVALUATOR, Attained.PARTLY, ulla, result=result)
        assert judge(cohort, JudgedBy.EVALUATOR, Attained.PARTLY, ulla, result=result).pk == first.pk
        assert AuditEvent.objects.filter(kind="goal_judged").count() == 1


class TestGoalsOfTheProgramme:
    def test_are_added_changed_judged_and_removed(self, cohort, client, ulla):
        client.force_login(ulla)
        client.post(reverse("evaluation:goal_add", args=[cohort.slug]), {"text": "Fler mentorer."})
        goal = ProgrammeGoal.objects.get()
        client.post(
            reverse("evaluation:judge_goal", args=[cohort.slug, goal.pk]), {"assessment": "partly", "basis": "Två."}
        )
        (row,) = goal_rows(cohort)
        assert (row.text, row.kind, row.figure, row.participants) == ("Fler mentorer.", "Mål för programmet", (), ())
        assert row.evaluator.assessment == Attained.PARTLY
        remove_goal(goal=goal, by=ulla)
        remove_goal(goal=goal, by=ulla)
        assert goal_rows(cohort) == ()
        assert AuditEvent.objects.filter(kind="programme_goal_removed").count() == 1

    def test_each_stands_once(self, cohort, ulla):
        first = save_goal(goal=ProgrammeGoal(cohort=cohort), text="Ett.", by=ulla)
        second = save_goal(goal=ProgrammeGoal(cohort=cohort), text="Två.", by=ulla)
        assert (first.position, second.position) == (0, 1)
        for goal in (ProgrammeGoal(cohort=cohort), second):
            with refused("Målet står redan i listan."):
                save_goal(goal=goal, text="Ett.", by=ulla)
