"""What holds for any data: sums, means and movement, what counts and what never does (docs/architecture.md, "Numbers").

The expected is worked out here from plain values, apart from the product's own code.
"""

from collections import Counter
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from assessments.actions.assessments import missing_items, submit_assessment
from assessments.actions.rounds import reduce_ratings
from assessments.actions.scores import ScoreContent, save_score
from assessments.duties import read_assessments
from assessments.enums import AssessmentState
from assessments.figures.panels import answered_meetings, answers_of, live_panels, read_panel
from assessments.figures.releases import renew_release
from assessments.figures.statistics import Panel, movement, own_movement, result_of, total
from assessments.models import Assessment, Rater, Rating, RatingRound, Score
from checklist.models import Checklist, Item
from cohorts.enums import Function, Role
from cohorts.models import Part
from kit.refusals import ActionRefused
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    MeetingFactory,
    ParticipationFactory,
    UserFactory,
)

in_one_database = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
ITEMS = tuple(Item(pk=number, key=f"item_{number}", number=number, short=f"M{number}") for number in range(1, 5))
KEYS = [item.key for item in ITEMS]


def scale(highest: int) -> st.SearchStrategy[Decimal]:
    return st.integers(2, 2 * highest).map(lambda halves: Decimal(halves) / 2)


def whole(highest: int) -> st.SearchStrategy[dict]:
    return st.fixed_dictionaries({key: scale(highest) for key in KEYS})


def with_holes(highest: int) -> st.SearchStrategy[dict]:
    return st.dictionaries(st.sampled_from(KEYS), scale(highest))


def panels(answers: st.SearchStrategy[dict], least: int = 0) -> st.SearchStrategy[Panel]:
    members = st.dictionaries(st.integers(1, 12), answers, min_size=least, max_size=12)
    return members.map(lambda given: Panel(ITEMS, 4, given, n_expected=12))


class TestSums:
    @given(panels(whole(4), least=1))
    def test_lie_on_the_scale_that_stands_beside_them(self, panel):
        totals = result_of(panel).totals
        assert totals.floor == len(ITEMS)
        assert totals.max_possible == 4 * len(ITEMS)
        assert totals.floor <= totals.minimum <= totals.mean <= totals.maximum <= totals.max_possible

    @given(with_holes(4))
    def test_of_one_organisation_is_the_sum_of_its_values(self, answers):
        assert total(answers) == (sum(answers.values()) if answers else None)


class TestMeans:
    @given(panels(with_holes(4)))
    def test_are_of_those_who_have_rated_and_lie_between_them(self, panel):
        result = result_of(panel)
        for row in result.items:
            rated = [answers[row.item.key] for answers in panel.answers.values() if row.item.key in answers]
            assert row.n == len(rated)
            assert row.mean == (Fraction(sum(rated)) / len(rated) if rated else None)
            assert not rated or row.minimum == min(rated) <= row.mean <= max(rated) == row.maximum
        means = [row.mean for row in result.items if row.mean is not None]
        assert result.overall_mean is None if not means else min(means) <= result.overall_mean <= max(means)

    @given(panels(with_holes(4)), with_holes(4))
    def test_do_not_change_by_one_who_has_not_rated_the_moment(self, panel, newcomer):
        more = Panel(panel.items, panel.highest_step, {**panel.answers, 99: newcomer}, panel.n_expected)
        for row, again in zip(result_of(panel).items, result_of(more).items, strict=True):
            if row.item.key not in newcomer:
                assert row == again


class TestMovement:
    @given(with_holes(4), with_holes(4))
    def test_of_one_organisation_is_now_less_before_and_parts_what_was_rated_twice(self, before, now):
        moved = own_movement(ITEMS, before, now)
        for row in moved.items:
            key = row.item.key
            assert row.change == (now[key] - before[key] if key in before and key in now else None)
        assert [row.item for row in moved.items] == list(ITEMS)
        parted = [row.item.key for rows in (moved.forward, moved.back, moved.still) for row in rows]
        assert sorted(parted) == sorted(before.keys() & now.keys())

    @given(panels(whole(4)), panels(whole(4)))
    def test_of_an_omgang_rests_on_those_who_answered_both_times(self, before, now):
        both = before.answers.keys() & now.answers.keys()
        moved = movement(before, now)
        assert (moved is None) == (not both)
        assume(moved)
        assert moved.n_matched == len(both)
        assert moved.same_panel == (before.answers.keys() == now.answers.keys())
        for row in moved.items:
            changes = [now.answers[member][row.item.key] - before.answers[member][row.item.key] for member in both]
            assert row.change == Fraction(sum(changes)) / len(changes)
        assert len(moved.forward) + len(moved.back) + len(moved.still) == len(ITEMS)


# One assessment of an omgång: whose, where, in what state, and for each of ten moment its value and its suggestion.
ONE = st.tuples(
    st.sampled_from(["participant", "mentor", "left"]),
    st.sampled_from(["meeting", "meeting", "outside", "part", "other version"]),
    st.booleans(),
    st.lists(st.tuples(st.none() | st.integers(1, 3), st.none() | st.integers(1, 3)), min_size=10, max_size=10),
)


@pytest.mark.django_db
class TestWhatCounts:
    @in_one_database
    @given(st.lists(ONE, max_size=8))
    def test_only_whole_participants_that_have_handed_in_to_the_meeting_by_its_version(self, rows):
        cohort = CohortFactory()
        meeting = MeetingFactory(cohort=cohort, starts_on=date(2026, 10, 1))
        other = Checklist.objects.get(key="skr-2020")
        expected, begun, elsewhere = {}, {}, set()
        for who, where, handed_in, values in rows:
            participation = participating(cohort, who)
            checklist = other if where == "other version" else cohort.plan.checklist
            assessment = store(participation, where, meeting, handed_in, values, checklist)
            rated = {item.key: value for item, (value, _) in zip(assessment.items, values, strict=True) if value}
            assert answers_of(Assessment.objects.with_scores().get(pk=assessment.pk)) == rated
            if where in ("outside", "part") or who != "participant":
                elsewhere.add(participation.pk)
                continue
            begun[participation.pk] = (handed_in, len(rated))
            if handed_in and where == "meeting":
                expected[participation.pk] = rated
        live = live_panels(meeting, cohort.plan)["kommun"]
        assert dict(live.answers) == expected
        assert live.n_expected == sum(who == "participant" for who, *_ in rows)
        rows = [row for row in cohort.participations.participants() if not row.is_withdrawn]
        records = read_assessments(rows, None)
        there = {row.pk: records.at(row, meeting) for row in rows}
        ready = {pk: (record.is_submitted, record.rated) for pk, record in there.items() if record}
        assert ready == begun
        assert answered_meetings(cohort).exists() >= bool(expected)
        renew_release(meeting=meeting)
        kept = [read_panel(release) for release in meeting.releases.all()]
        assert kept == ([expected] if len(expected) >= 5 else [])
        assert not any(panel.keys() & elsewhere for panel in kept)

    @in_one_database
    @given(st.lists(st.tuples(st.none() | st.integers(1, 3), st.none() | st.integers(1, 3)), min_size=10, max_size=10))
    def test_a_suggestion_is_no_value_until_it_is_confirmed(self, values):
        participation = ParticipationFactory()
        meeting = MeetingFactory(cohort=participation.cohort)
        draft = store(participation, "meeting", meeting, False, values, participation.cohort.plan.checklist)
        rated = [value for value, _ in values if value]
        by = DelegateFactory(participation=participation).user
        assert Assessment.objects.with_progress().get(pk=draft.pk).rated == len(rated)
        assert len(missing_items(draft)) == 10 - len(rated)
        if len(rated) < 10:
            with pytest.raises(ActionRefused, match="Alla moment behöver ett värde"):
                submit_assessment(assessment=draft, assessors=1, by=by)
        for item, (value, suggested) in zip(draft.items, values, strict=True):
            if value is None:
                content = ScoreContent(value=Decimal(suggested or 1))
                save_score(assessment=draft, item=item, content=content, revision=1, by=by)
        submit_assessment(assessment=draft, assessors=1, by=by)
        confirmed = {
            item.key: value or suggested or 1 for item, (value, suggested) in zip(draft.items, values, strict=True)
        }
        assert live_panels(meeting, participation.cohort.plan)["kommun"].answers == {participation.pk: confirmed}
        assert not Score.objects.filter(assessment=draft, suggested__isnull=False).exists()


def participating(cohort, who):
    if who == "mentor":
        return ParticipationFactory(cohort=cohort, role=Role.MENTOR)
    left = {"status": "withdrawn", "withdrawn_on": date(2026, 9, 1)} if who == "left" else {}
    return ParticipationFactory(cohort=cohort, **left)


def store(participation, where, meeting, handed_in, values, checklist):
    """As rows: some of these no action of today would write, and still they must not count."""
    part = Part.objects.create(organisation=participation.organisation, name="Nämnden") if where == "part" else None
    assessment = AssessmentFactory(
        participation=participation,
        meeting=None if where == "outside" else meeting,
        part=part,
        checklist=checklist,
        state=AssessmentState.SUBMITTED if handed_in else AssessmentState.DRAFT,
        submitted_on=date(2026, 9, 20) if handed_in else None,
    )
    Score.objects.bulk_create(
        Score(assessment=assessment, item=item, value=value, suggested=suggested, revision=1)
        for item, (value, suggested) in zip(assessment.items, values, strict=True)
    )
    return assessment


# For each of three moment, what each of the raters chose; None where they left it.
RATINGS = st.integers(1, 7).flatmap(
    lambda n: st.tuples(
        st.lists(st.sampled_from(Function.values), min_size=n, max_size=n),
        st.lists(st.lists(st.none() | st.integers(1, 3), min_size=n, max_size=n), min_size=3, max_size=3),
    )
)


@pytest.mark.django_db
class TestIndividualRatings:
    @in_one_database
    @given(RATINGS, st.booleans())
    def test_leave_spread_number_and_functions_and_nothing_else(self, given_by, again):
        functions, chosen = given_by
        assessment = AssessmentFactory(values=[2, 2, 2])
        rate_alone(assessment, functions, chosen)
        reduce_ratings(assessment)
        assert not Rating.objects.filter(rater__round__assessment=assessment).exists()
        if again:  # nothing left to reduce changes nothing
            reduce_ratings(assessment)
        for score, ratings in zip(assessment.scores.order_by("item__number"), chosen, strict=True):
            values = [value for value in ratings if value]
            spread = (min(values), max(values)) if len(values) >= 3 else (None, None)
            assert (score.spread_low, score.spread_high) == spread
            assert sum(score.raters.values()) == len(values)
            rated = [function for function, value in zip(functions, ratings, strict=True) if value]
            assert score.raters == Counter(rated)
            assert not values or score.spread_low is None or 1 <= score.spread_low <= score.spread_high <= 3
            assert score.value == 2

    @in_one_database
    @given(RATINGS)
    def test_are_reduced_one_moment_at_a_time_as_each_is_agreed(self, given_by):
        functions, chosen = given_by
        assessment = AssessmentFactory(values=[2, 2, 2])
        rate_alone(assessment, functions, chosen)
        for done, item in enumerate(assessment.items[:3], start=1):
            reduce_ratings(assessment, [item])
            left = Rating.objects.filter(rater__round__assessment=assessment)
            assert left.count() == sum(value is not None for ratings in chosen[done:] for value in ratings)

    def test_a_second_round_of_two_does_not_keep_the_spread_of_the_first(self):
        assessment = AssessmentFactory(values=[2])
        rate_alone(assessment, ["politician"] * 3, [[1, 2, 3]])
        reduce_ratings(assessment)
        RatingRound.objects.all().delete()
        rate_alone(assessment, ["manager"] * 2, [[2, 2]])
        reduce_ratings(assessment)
        score = assessment.scores.get()
        assert (score.raters, score.spread_low, score.spread_high) == ({"manager": 2}, None, None)


def rate_alone(assessment, functions, chosen):
    rating_round = RatingRound.objects.create(assessment=assessment)
    raters = [Rater.objects.create(round=rating_round, user=UserFactory(), function=function) for function in functions]
    Rating.objects.bulk_create(
        Rating(rater=rater, item=item, value=value)
        for item, ratings in zip(assessment.items, chosen, strict=False)
        for rater, value in zip(raters, ratings, strict=True)
        if value
    )
