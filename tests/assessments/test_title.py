"""What gives the title Modellkommun or Modellregion: the rule says how one stands, a person decides."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.enums import SkrRole
from assessments.actions.titles import change_title_rule, decide_title
from assessments.enums import TitleRule
from assessments.models import TitleDecision
from assessments.title import Rounds, TitleOutcome, by_rounds, by_values, standing, standings
from checklist.models import Checklist
from cohorts.enums import Function, Role, Status
from kit.models import AuditEvent
from kit.refusals import ActionRefused
from kit.staleness import Stale
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    EvaluatorFactory,
    MeetingFactory,
    ParticipationFactory,
    UserFactory,
)

TODAY = date(2026, 9, 20)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY):
        yield


class Scale:
    """A scale with a lowest and a highest step, and as many moment as there are values."""

    def __init__(self, highest):
        self.steps = [type("Step", (), {"value": value})() for value in range(1, highest + 1)]
        self.highest_step = highest


class Moment:
    def __init__(self, number):
        self.number, self.key = number, f"m{number}"


def verdict(*values, highest=3):
    moments = [Moment(number) for number in range(1, len(values) + 1)]
    answers = {
        moment.key: Decimal(str(value)) for moment, value in zip(moments, values, strict=True) if value is not None
    }
    return by_values(Scale(highest), moments, answers)


def oracle(values, highest):
    """Every way to read each half step, and to fill in each missing value, tried one by one."""
    from itertools import product

    ways = []
    for value in values:
        if value is None:
            ways.append(range(1, highest + 1))
        else:
            ways.append({int(value), int(value) + (value != int(value))})
    answers = {1 not in way and 2 * sum(step == highest for step in way) > len(way) for way in product(*ways)}
    return (
        TitleOutcome.UNDECIDED if len(answers) == 2 else TitleOutcome.MET if answers == {True} else TitleOutcome.NOT_MET
    )


class TestTheSelfAssessmentRule:
    @pytest.mark.parametrize(
        ("values", "outcome"),
        [
            ([3] * 6 + [2] * 4, TitleOutcome.MET),
            ([3] * 10, TitleOutcome.MET),
            ([3] * 5 + [2] * 5, TitleOutcome.NOT_MET),  # half is not more than half
            ([3] * 9 + [1], TitleOutcome.NOT_MET),
            ([2] * 10, TitleOutcome.NOT_MET),
            ([3] * 9 + [1.5], TitleOutcome.UNDECIDED),  # at the lowest step or not?
            ([3] * 5 + [2.5] + [2] * 4, TitleOutcome.UNDECIDED),  # the sixth at the highest or not?
            ([3] * 6 + [2.5] * 4, TitleOutcome.MET),  # six are there whatever the halves count as
            ([3] * 6 + [2.5, 1.5, 2, 2], TitleOutcome.UNDECIDED),
            ([3] * 4 + [2.5] + [2] * 5, TitleOutcome.NOT_MET),  # five at the most
            ([3] * 5 + [1.5] + [2] * 4, TitleOutcome.NOT_MET),  # too few, whatever the half counts as
            ([3] * 8 + [1, 2.5], TitleOutcome.NOT_MET),
            ([3] * 9 + [None], TitleOutcome.UNDECIDED),
            ([3] * 8 + [1, None], TitleOutcome.NOT_MET),
        ],
    )
    def test_truth_table_of_three_steps(self, values, outcome):
        assert verdict(*values).outcome == outcome

    @pytest.mark.parametrize(
        ("values", "outcome"),
        [
            ([4] * 6 + [2] * 4, TitleOutcome.MET),
            ([4] * 5 + [3] * 5, TitleOutcome.NOT_MET),
            ([4] * 6 + [2.5] * 4, TitleOutcome.MET),
            ([4] * 5 + [3.5] * 5, TitleOutcome.UNDECIDED),
            ([4] * 9 + [1], TitleOutcome.NOT_MET),
        ],
    )
    def test_truth_table_of_four_steps(self, values, outcome):
        assert verdict(*values, highest=4).outcome == outcome

    def test_thirteen_moment_need_seven(self):
        assert verdict(*[3] * 7, *[2] * 6).outcome == TitleOutcome.MET
        assert verdict(*[3] * 6, *[2] * 7).outcome == TitleOutcome.NOT_MET
        assert verdict(*[3] * 7, *[2] * 6).needed == 7

    @given(data=st.data(), highest=st.sampled_from([3, 4]))
    def test_as_if_every_reading_of_the_half_steps_was_tried(self, data, highest):
        steps = [None, *(1 + half / 2 for half in range(2 * (highest - 1) + 1))]
        values = data.draw(st.lists(st.sampled_from(steps), min_size=1, max_size=7))
        assert verdict(*values, highest=highest).outcome == oracle(values, highest)

    def test_the_reasons_name_the_moment(self):
        reasons = verdict(1, 1.5, 2, 2.5, 3, None)

        def numbers(items):
            return [item.number for item in items]

        assert [numbers(reasons.at_lowest), numbers(reasons.maybe_lowest)] == [[1], [2]]
        assert [numbers(reasons.maybe_highest), numbers(reasons.at_highest)] == [[4], [5]]
        assert numbers(reasons.missing) == [6]


class TestTheRuleOfTwoOmgangar:
    @pytest.mark.parametrize(
        ("rounds", "outcome"),
        [
            (Rounds(), TitleOutcome.NOTHING_YET),
            (Rounds(participant=("a",)), TitleOutcome.NOT_MET),
            (Rounds(mentor=("a",)), TitleOutcome.NOT_MET),
            (Rounds(supporting=("a",)), TitleOutcome.NOT_MET),
            (Rounds(participant=("a",), mentor=("b",)), TitleOutcome.MET),
            (Rounds(participant=("a",), supporting=("b",)), TitleOutcome.UNDECIDED),
            (Rounds(participant=("a",), mentor=("b",), supporting=("c",)), TitleOutcome.MET),
            (Rounds(mentor=("b",), supporting=("c",)), TitleOutcome.NOT_MET),
        ],
    )
    def test_truth_table(self, rounds, outcome):
        assert by_rounds(rounds).outcome == outcome


def with_rule(participation, rule):
    plan = participation.cohort.plan
    plan.title_rule = rule
    plan.save()
    return plan


def standing_of(participation, rule):
    return standing(participation, with_rule(participation, rule), TODAY)


@pytest.mark.django_db
class TestStanding:
    def test_no_rule_from_the_start(self):
        participation = ParticipationFactory()
        assert standing(participation, participation.cohort.plan, TODAY).outcome == TitleOutcome.NO_RULE

    def test_nothing_handed_in_is_nothing_to_judge(self):
        participation = ParticipationFactory()
        AssessmentFactory(participation=participation, values=[3] * 10)
        assert standing_of(participation, TitleRule.SELF_ASSESSMENT).outcome == TitleOutcome.NOTHING_YET

    def test_the_last_handed_in_to_a_meeting_is_judged(self):
        participation = ParticipationFactory()
        days = (date(2026, 3, 1), date(2026, 6, 1))
        first, last = (MeetingFactory(cohort=participation.cohort, starts_on=day) for day in days)
        AssessmentFactory(participation=participation, meeting=last, submitted=True, values=[3] * 10)
        AssessmentFactory(participation=participation, meeting=first, submitted=True, values=[1] * 10)
        AssessmentFactory(participation=participation, meeting=None, submitted=True, values=[1] * 10)
        judgement = standing_of(participation, TitleRule.SELF_ASSESSMENT)
        assert (judgement.outcome, judgement.assessment.meeting) == (TitleOutcome.MET, last)

    def test_an_assessment_is_judged_on_its_own_scale(self):
        participation = ParticipationFactory()
        four = Checklist.objects.filter(steps__value=4).first()
        AssessmentFactory(participation=participation, submitted=True, checklist=four, values=[3] * 10)
        assert standing_of(participation, TitleRule.SELF_ASSESSMENT).outcome == TitleOutcome.NOT_MET

    def test_omgangar_count_when_they_are_over(self):
        now = ParticipationFactory(role=Role.MENTOR)
        rule = TitleRule.PARTICIPANT_AND_MENTOR
        assert standing_of(now, rule).outcome == TitleOutcome.NOTHING_YET
        over = {"starts_on": date(2024, 1, 1), "ends_on": date(2025, 1, 1)}
        old = ParticipationFactory(organisation=now.organisation, cohort=CohortFactory(**over))
        assert standing_of(now, rule).outcome == TitleOutcome.NOT_MET
        now.status = Status.COMPLETED
        now.save()
        assert standing_of(now, rule).outcome == TitleOutcome.MET
        old.status = Status.WITHDRAWN
        old.save()
        assert standing_of(now, rule).outcome == TitleOutcome.NOT_MET

    @pytest.mark.parametrize("rule", TitleRule.values)
    def test_all_are_asked_at_once(self, rule, django_assert_num_queries):
        cohort = CohortFactory()
        meeting = MeetingFactory(cohort=cohort)
        among = [ParticipationFactory(cohort=cohort) for _ in range(4)]
        for member in among:
            AssessmentFactory(participation=member, meeting=meeting, submitted=True, values=[3] * 10)
        plan = with_rule(among[0], rule)
        with django_assert_num_queries({"none": 0, "self_assessment": 5, "participant_and_mentor": 1}[rule]):
            assert len(standings(among, plan, TODAY)) == 4


@pytest.fixture
def participation(db):
    return ParticipationFactory()


@pytest.fixture
def leader(db):
    return UserFactory(name="Lena", skr_role=SkrRole.PROCESS_LEADER)


@pytest.fixture
def anna(participation):
    return DelegateFactory(participation=participation, user__name="Anna").user


def decide(participation, by, **change):
    fields = {"given": True, "decided_on": TODAY, "decided_by": "Styrgruppen", "note": "", "seen": ""}
    return decide_title(participation=participation, rule=TitleRule.NONE, by=by, **{**fields, **change})


class TestDeciding:
    def test_a_decision_is_recorded_with_the_rule_it_was_made_by(self, participation, leader):
        decide(participation, leader)
        decision = TitleDecision.objects.get()
        assert (decision.given, decision.rule, decision.recorded_by) == (True, "none", leader)
        event = AuditEvent.objects.get(kind="title_decided")
        assert event.organisation == participation.organisation.code
        assert (event.data["given"], event.data["decided_by"]) == (True, "Styrgruppen")

    def test_two_clicks_are_one(self, participation, leader):
        decide(participation, leader)
        decide(participation, leader)
        assert AuditEvent.objects.filter(kind="title_decided").count() == 1

    def test_a_stale_page_overwrites_nothing(self, participation, leader):
        decide(participation, leader)
        with pytest.raises(Stale):
            decide(participation, leader, given=False)
        assert TitleDecision.objects.get().given

    def test_not_before_its_day(self, participation, leader):
        with pytest.raises(ActionRefused, match="Datumet ligger i framtiden"):
            decide(participation, leader, decided_on=date(2026, 9, 21))

    def test_the_rule_is_told_in_skrs_own_trail(self, participation, leader):
        change_title_rule(plan=participation.cohort.plan, rule=TitleRule.SELF_ASSESSMENT, by=leader)
        change_title_rule(plan=participation.cohort.plan, rule=TitleRule.SELF_ASSESSMENT, by=leader)
        event = AuditEvent.objects.get(kind="title_rule_changed")
        assert (event.organisation, event.data["before"]) == ("", "ingen regel")


class TestPages:
    def url(self, participation):
        return reverse("assessments:title", args=[participation.cohort.slug, participation.code])

    def test_the_list_stands_in_the_omgangs_order_and_tells_no_values(self, client, leader):
        cohort = CohortFactory()
        meeting = MeetingFactory(cohort=cohort)
        worst, best = (ParticipationFactory(cohort=cohort, position=position) for position in (1, 2))
        AssessmentFactory(participation=best, meeting=meeting, submitted=True, values=[3] * 10)
        AssessmentFactory(participation=worst, meeting=meeting, submitted=True, values=[1] * 10)
        with_rule(best, TitleRule.SELF_ASSESSMENT)
        client.force_login(leader)
        text = client.get(reverse("assessments:title_rule", args=[cohort.slug])).text
        assert text.index(worst.organisation.name) < text.index(best.organisation.name)
        assert "Uppfyller regeln" in text
        assert "data-step" not in text

    def test_the_process_leader_chooses_the_rule_and_records_the_decision(self, client, participation, leader):
        client.force_login(leader)
        rule = reverse("assessments:title_rule", args=[participation.cohort.slug])
        client.post(rule, {"rule": "participant_and_mentor"})
        participation.cohort.plan.refresh_from_db()
        assert participation.cohort.plan.title_rule == "participant_and_mentor"
        assert client.post(rule, {"rule": "poäng"}).status_code == 422
        posted = {"given": "nej", "decided_on": "2026-09-19", "decided_by": "Styrgruppen", "note": "Ett år till."}
        assert client.post(self.url(participation), posted).status_code == 302
        assert "får inte titeln" in " ".join(client.get(self.url(participation)).text.split())

    def test_what_another_recorded_is_shown_before_it_is_replaced(self, client, participation, leader):
        client.force_login(leader)
        decide(participation, leader, note="Klart.")
        posted = {"given": "nej", "decided_on": "2026-09-19", "decided_by": "Styrgruppen", "note": ""}
        answer = client.post(self.url(participation), posted)
        assert answer.status_code == 422
        assert "Så står det sparat nu" in answer.text
        assert TitleDecision.objects.get().given

    def test_the_own_strategist_reads_the_reasons(self, client, participation, anna):
        AssessmentFactory(participation=participation, submitted=True, half_steps=True, values=[3] * 9 + [1.5])
        with_rule(participation, TitleRule.SELF_ASSESSMENT)
        client.force_login(anna)
        text = " ".join(client.get(self.url(participation)).text.split())
        assert "Enligt regeln: kan inte avgöras automatiskt" in text
        assert "Halvt steg över det lägsta" in text
        assert "Moment 10" in text
        assert "Anteckna beslutet" not in text
        assert client.post(self.url(participation), {"given": "ja"}).status_code == 403

    def test_nobody_else_sees_it(self, client, participation):
        others = [DelegateFactory(participation=participation, function=Function.POLITICIAN).user]
        others += [DelegateFactory(participation=ParticipationFactory(cohort=participation.cohort)).user]
        others += [EvaluatorFactory(cohort=participation.cohort).user]
        for user in others:
            client.force_login(user)
            assert client.get(self.url(participation)).status_code == 403
