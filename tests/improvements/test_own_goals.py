"""An organisation's own goals, and what shows how far it has come with them and with the expected results."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.urls import reverse

from cohorts.duty import Matter
from cohorts.enums import CohortKind, Role, Status
from cohorts.models import Participation
from follow_up.duties import tasks_of
from follow_up.records import read_records
from improvements import judging
from improvements.enums import GoalOrigin, HowFar
from improvements.expected import Judgements, result_counts
from improvements.kickoff import ASKED_BEFORE
from improvements.models import Effort, OwnGoal, ResultAnswer
from indicators.models import Indicator
from kit.models import AuditEvent
from kit.refusals import ActionRefused
from kit.staleness import Stale
from tests.cast import make_cast
from tests.factories import (
    CohortFactory,
    DelegateFactory,
    EffortFactory,
    EvaluatorFactory,
    IndicatorFactory,
    MeetingFactory,
    ParticipationFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
GOAL, OTHER = "Alla nämnder frågar om kön", "Statistiken används"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def cast():
    return make_cast()


def goal_of(cast, text=GOAL, **fields):
    position = cast.own.own_goals.count() + 1
    return OwnGoal.objects.create(
        participation=cast.own, goal=text, **{"origin": GoalOrigin.LATER, "position": position, **fields}
    )


def address(cast, name, *more):
    return reverse(f"improvements:{name}", args=[cast.cohort.slug, cast.own.code, *more])


def decision_of(participation):
    return participation.decisions.create(kind="entry", body="Nämnden", decided_on=date(2026, 3, 3), paragraph="45")


@pytest.fixture
def work(cast):
    """Efforts that the group reads and does not read, an indicator that it reads, and a decision."""
    return SimpleNamespace(
        **vars(cast),
        shared=EffortFactory(participation=cast.own, title="Simhallens tider", shared=True),
        kept=EffortFactory(participation=cast.own, title="Bara hos oss", shared=False),
        indicator=IndicatorFactory(participation=cast.own, title="Väntetid", shared=True),
        decision=decision_of(cast.own),
    )


def post(client, page, **data):
    seen = client.get(page).context["form"]["seen"].value()
    return client.post(page, {**data, "seen": seen}, follow=True)


class TestWriting:
    def test_it_is_added_changed_and_stands_beside_the_results(self, client, cast):
        client.force_login(cast.anna)
        page = post(client, address(cast, "own_goal_add"), goal=GOAL)
        assert page.redirect_chain == [(address(cast, "expected"), 302)]
        goal = OwnGoal.objects.get()
        assert (goal.goal, goal.origin, goal.set_on, goal.judgement) == (GOAL, GoalOrigin.LATER, TODAY, "")
        assert GOAL in page.text
        assert "Under omgången, 22 november 2026" in page.text
        assert "Inte bedömt än." in page.text
        post(client, address(cast, "own_goal_edit", goal.pk), goal=OTHER)
        goal.refresh_from_db()
        assert goal.goal == OTHER
        assert list(AuditEvent.objects.values_list("kind", flat=True)) == ["own_goal_saved"] * 2

    def test_the_same_words_are_the_same_goal(self, cast):
        for _ in range(2):
            judging.save_goal(participation=cast.own, row=None, goal=GOAL, seen="", by=cast.anna)
        other = judging.save_goal(participation=cast.own, row=None, goal=OTHER, seen="", by=cast.eva)
        assert cast.own.own_goals.count() == 2
        with pytest.raises(ActionRefused, match="Ni har redan det målet"):
            judging.save_goal(participation=cast.own, row=other, goal=GOAL, seen=None, by=cast.anna)

    def test_what_another_wrote_meanwhile_is_not_overwritten(self, client, cast):
        goal = goal_of(cast)
        client.force_login(cast.anna)
        page = address(cast, "own_goal_edit", goal.pk)
        seen = client.get(page).context["form"]["seen"].value()
        OwnGoal.objects.update(goal=OTHER)
        answer = client.post(page, {"goal": "Vårt", "seen": seen})
        assert (answer.status_code, "Vårt" in answer.text, OTHER in answer.text) == (422, True, True)
        assert OwnGoal.objects.get().goal == OTHER

    def test_twenty_are_enough(self, cast):
        for number in range(judging.MOST_GOALS):
            goal_of(cast, f"Mål {number}")
        with pytest.raises(ActionRefused, match=r"högst 20 egna mål. Ta bort eller skriv ihop några."):
            judging.save_goal(participation=cast.own, row=None, goal=GOAL, seen="", by=cast.anna)

    def test_an_empty_one_is_told_what_to_write(self, client, cast):
        client.force_login(cast.anna)
        page = client.post(address(cast, "own_goal_add"), {"goal": ""})
        assert (page.status_code, "Skriv vad ni vill uppnå." in page.text) == (422, True)

    @pytest.mark.parametrize(("days", "origin"), [(0, GoalOrigin.AT_START), (1, GoalOrigin.LATER)])
    def test_until_the_kickoff_is_over_it_is_set_there(self, cast, today, days, origin):
        meeting = MeetingFactory(cohort=cast.cohort, kind="kickoff", starts_on=TODAY - timedelta(1), ends_on=TODAY)
        today.move_to(meeting.ends_on + timedelta(days))
        goal = judging.save_goal(participation=cast.own, row=None, goal=GOAL, seen="", by=cast.anna)
        assert goal.origin == origin

    def test_they_are_put_in_another_order_once_a_click(self, client, cast):
        first, second = goal_of(cast, GOAL), goal_of(cast, OTHER)
        client.force_login(cast.anna)
        for _ in range(2):
            client.post(address(cast, "own_goal_move", second.pk), {"way": "upp", "seen": "2"})
        assert list(cast.own.own_goals.all()) == [second, first]
        judging.move_goal(goal=first, up=False, seen=2, by=cast.anna)
        assert list(cast.own.own_goals.all()) == [second, first]
        client.post(address(cast, "own_goal_move", second.pk), {"way": "ner", "seen": "x"})
        assert list(cast.own.own_goals.all()) == [second, first]


class TestRemoving:
    def test_one_that_is_judged_says_what_goes_with_it(self, client, cast):
        goal = goal_of(cast, judgement=HowFar.PARTLY, text="Två av fem.")
        client.force_login(cast.anna)
        page = address(cast, "own_goal_remove", goal.pk)
        assert "Er bedömning, ”Delvis”, och det ni har skrivit om den tas också bort." in client.get(page).text
        assert OwnGoal.objects.exists()
        assert "Målet är borttaget." in post(client, page).text
        assert not OwnGoal.objects.exists()
        assert client.get(page).status_code == 302

    def test_it_is_kept_if_it_has_been_judged_meanwhile(self, client, cast):
        goal = goal_of(cast)
        client.force_login(cast.anna)
        page = address(cast, "own_goal_remove", goal.pk)
        shown = client.get(page)
        assert "Er bedömning" not in shown.text
        OwnGoal.objects.update(judgement=HowFar.REACHED)
        answer = client.post(page, {"seen": shown.context["form"]["seen"].value()})
        assert (answer.status_code, "Någon har ändrat målet" in answer.text) == (422, True)
        assert OwnGoal.objects.exists()

    def test_what_is_gone_is_told(self, cast):
        goal = goal_of(cast)
        OwnGoal.objects.all().delete()
        judging.remove_goal(goal=goal, by=cast.anna)
        with pytest.raises(ActionRefused, match=r"Målet är borttaget. Gå tillbaka till era mål."):
            judging.save_goal(participation=cast.own, row=goal, goal=OTHER, seen="", by=cast.anna)


class TestWhatShowsIt:
    def judge(self, client, work, goal=None):
        goal = goal or goal_of(work)
        client.force_login(work.anna)
        data = {
            "judgement": HowFar.REACHED,
            "text": "Alla fem.",
            "efforts": [work.shared.pk, work.kept.pk],
            "indicators": [work.indicator.pk],
            "decisions": [work.decision.pk],
        }
        return goal, post(client, address(work, "own_goal_judge", goal.pk), **data)

    def test_it_is_chosen_among_what_is_entered(self, client, work):
        goal, page = self.judge(client, work)
        goal.refresh_from_db()
        assert (goal.judgement, goal.text) == (HowFar.REACHED, "Alla fem.")
        for shown in ("Simhallens tider", "Bara hos oss", "Väntetid", "Nämnden, 3 mars 2026, § 45"):
            assert shown in page.text
        again = client.get(address(work, "own_goal_judge", goal.pk))
        assert again.text.count("checked") == 5

    def test_an_expected_result_is_answered_in_the_same_way(self, client, work):
        result = work.cohort.expected_results.create(key="plan", text="En plan", kind="expected", position=1)
        client.force_login(work.anna)
        data = {"judgement": HowFar.UNKNOWN, "text": "", "efforts": [work.shared.pk]}
        page = post(client, address(work, "expected_answer", "plan"), **data)
        answer = ResultAnswer.objects.get(result=result)
        assert list(answer.efforts.all()) == [work.shared]
        assert "Går inte att bedöma" in page.text
        post(client, address(work, "expected_answer", "plan"), judgement=HowFar.UNKNOWN, text="")
        assert not answer.efforts.exists()

    def test_others_see_only_what_they_may_read_itself(self, client, work):
        self.judge(client, work)
        evaluator = EvaluatorFactory(cohort=work.cohort).user
        for user, decides in ((work.gun, False), (work.bo, False), (evaluator, False), (work.cia, True)):
            client.force_login(user)
            page = client.get(address(work, "expected"))
            assert page.status_code == 200
            assert "Organisationens egna mål" in page.text
            assert ("Simhallens tider" in page.text, "Väntetid" in page.text) == (True, True)
            assert "Bara hos oss" not in page.text
            assert ("Nämnden, 3 mars 2026" in page.text) is decides
        Effort.objects.update(shared=False)
        Indicator.objects.update(shared=False)
        client.force_login(work.gun)
        page = client.get(address(work, "expected")).text
        assert "Alla fem." in page
        assert "Simhallens tider" not in page
        assert "Väntetid" not in page

    def test_who_does_not_read_the_work_does_not_read_the_goals(self, client, work):
        goal_of(work)
        client.force_login(DelegateFactory(participation=ParticipationFactory(cohort=work.cohort)).user)
        assert client.get(address(work, "expected")).status_code == 403

    def test_what_is_deleted_leaves_the_answer(self, client, work):
        goal, _ = self.judge(client, work)
        work.own.efforts.all().delete()
        work.own.indicators.all().delete()
        work.own.decisions.all().delete()
        page = client.get(address(work, "expected"))
        assert (page.status_code, "Alla fem." in page.text) == (200, True)
        assert client.get(address(work, "own_goal_judge", goal.pk)).status_code == 200

    def test_what_went_meanwhile_is_told_and_the_words_are_kept(self, client, work):
        goal = goal_of(work)
        client.force_login(work.anna)
        page = address(work, "own_goal_judge", goal.pk)
        seen = client.get(page).context["form"]["seen"].value()
        gone = work.kept.pk
        work.kept.delete()
        data = {"judgement": HowFar.PARTLY, "text": "Skrivet länge", "efforts": [gone], "seen": seen}
        answer = client.post(page, data)
        assert answer.status_code == 422
        assert "Välj bland era insatser." in answer.text
        assert "Skrivet länge" in answer.text

    def test_another_judgement_meanwhile_is_shown_with_what_it_rests_on(self, client, work):
        goal = goal_of(work)
        client.force_login(work.anna)
        page = address(work, "own_goal_judge", goal.pk)
        seen = client.get(page).context["form"]["seen"].value()
        goal.decisions.set([work.decision])
        answer = client.post(page, {"judgement": HowFar.PARTLY, "text": "", "seen": seen})
        assert (answer.status_code, "Nämnden, 3 mars 2026, § 45" in answer.text) == (422, True)
        content = {"judgement": "partly", "text": "", "efforts": (), "indicators": (), "decisions": ()}
        with pytest.raises(Stale):
            judging.judge_goal(goal=goal, seen=seen, by=work.anna, **content)

    def test_anothers_work_shows_nothing_here(self, work):
        theirs = EffortFactory(participation=work.theirs)
        content = {"judgement": "partly", "text": "", "efforts": (theirs.pk,), "indicators": (), "decisions": ()}
        with pytest.raises(ActionRefused, match="Välj bland era egna insatser, nyckeltal och beslut"):
            judging.judge_goal(goal=goal_of(work), seen=None, by=work.anna, **content)

    def test_many_are_folded(self, client, work):
        goal = goal_of(work)
        client.force_login(work.anna)
        folded = "Insatser, nyckeltal och beslut som visar det"
        assert folded not in client.get(address(work, "own_goal_judge", goal.pk)).text
        for number in range(3):
            EffortFactory(participation=work.own, title=f"Insats {number}")
        assert folded in client.get(address(work, "own_goal_judge", goal.pk)).text


def goal_tasks(user, today):
    records = read_records(Participation.objects.all(), today, user=user)
    tasks = [task for holder in records.holders(user.pk) for task in tasks_of(holder, records)]
    return [task for task in tasks if task.title == "Skriv vad ni själva vill uppnå"]


class TestAsked:
    KICKOFF = date(2026, 12, 30)

    @pytest.fixture(autouse=True)
    def kickoff(self, cast):
        return MeetingFactory(cohort=cast.cohort, kind="kickoff", starts_on=self.KICKOFF, ends_on=self.KICKOFF)

    @pytest.mark.parametrize(("day", "asked"), [(-1, 0), (0, 1), (1, 1)])
    def test_from_a_month_before_the_kickoff(self, cast, kickoff, day, asked):
        tasks = goal_tasks(cast.anna, self.KICKOFF - ASKED_BEFORE + timedelta(day))
        assert len(tasks) == asked
        for task in tasks:
            assert (task.matter, task.due_on, task.meeting_id) == (Matter.PREPARATION, self.KICKOFF, kickoff.pk)
            assert task.url == address(cast, "own_goal_add")

    def test_until_it_is_written(self, cast):
        assert goal_tasks(cast.anna, self.KICKOFF + timedelta(100))
        goal_of(cast)
        assert goal_tasks(cast.anna, self.KICKOFF) == []

    def test_only_the_strateg_of_a_participant_is_asked(self, cast):
        asked = {
            user.name for user in (cast.anna, cast.eva, cast.gun, cast.bo, cast.dag) if goal_tasks(user, self.KICKOFF)
        }
        assert asked == {"Anna", "Gun"}

    def test_a_meeting_before_the_kickoff_is_no_kickoff(self, cast):
        MeetingFactory(cohort=cast.cohort, kind="strategist_meeting", starts_on=TODAY, ends_on=TODAY)
        assert goal_tasks(cast.anna, TODAY) == []

    def test_without_a_kickoff_it_is_the_first_meeting(self, cast, kickoff):
        kickoff.cancelled_on = TODAY
        kickoff.save()
        assert goal_tasks(cast.anna, self.KICKOFF) == []
        MeetingFactory(cohort=cast.cohort, kind="learning_meeting", starts_on=TODAY, ends_on=TODAY)
        assert goal_tasks(cast.anna, TODAY)

    def test_not_after_the_omgang(self, cast):
        assert goal_tasks(cast.anna, cast.cohort.ends_on + timedelta(1)) == []


def judged(participation, *judgements):
    for number, judgement in enumerate(judgements):
        OwnGoal.objects.create(
            participation=participation, goal=f"Mål {number}", judgement=judgement, origin="later", position=number
        )


class TestCounts:
    """What the joint report may print, which anyone reads."""

    @pytest.fixture
    def cohort(self):
        cohort = CohortFactory()
        cohort.expected_results.create(key="plan", text="En plan", kind="expected", position=1)
        return cohort

    def members(self, cohort, *judgements, **more):
        rows = [ParticipationFactory(cohort=cohort, role=Role.PARTICIPANT, **more) for _ in judgements]
        for row, judgement in zip(rows, judgements, strict=True):
            if judgement:
                result = cohort.expected_results.get()
                ResultAnswer.objects.create(participation=row, result=result, judgement=judgement)
        return rows

    def plan(self, cohort):
        return [(counts.kind, counts.results[0].judgements) for counts in result_counts(cohort)]

    def test_five_are_counted_and_four_are_not(self, cohort):
        self.members(cohort, "reached", "reached", "partly", "not_yet", "")
        assert self.plan(cohort) == [("kommun", None)]
        self.members(cohort, "unknown")
        assert self.plan(cohort) == [("kommun", Judgements(2, 1, 1, 1, 1))]

    def test_kinds_are_never_pooled_and_who_has_left_is_not_counted(self, cohort):
        type(cohort).objects.filter(pk=cohort.pk).update(kind=CohortKind.MIXED)
        cohort.refresh_from_db()
        gone = self.members(cohort, "reached", "reached", "reached", "partly", "partly")[0]
        for code in ("91", "92"):
            self.members(cohort, "reached", organisation__code=code)
        assert dict(self.plan(cohort)) == {"kommun": Judgements(3, 2, 0, 0, 0), "region": None}
        Participation.objects.filter(pk=gone.pk).update(status=Status.WITHDRAWN, withdrawn_on=TODAY)
        assert dict(self.plan(cohort)) == {"kommun": None, "region": None}

    def test_of_own_goals_only_the_sums(self, cohort):
        members = self.members(cohort, "", "", "", "", "")
        for member in members[:4]:
            judged(member, "reached", "")
        assert result_counts(cohort)[0].goals is None
        judged(members[4], "partly", "unknown", "not_yet")
        assert result_counts(cohort)[0].goals == Judgements(4, 1, 1, 1, 4)

    def test_those_who_read_all_see_the_counts_of_few(self, cohort):
        members = self.members(cohort, "reached", "partly")
        rights = frozenset(member.pk for member in members)
        assert result_counts(cohort, rights)[0].results[0].judgements == Judgements(1, 1, 0, 0, 0)
