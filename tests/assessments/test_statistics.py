"""The figures: honest before pretty. One test for each rule of docs/architecture.md, "Numbers"."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from assessments.figures.disclosure import Shown
from assessments.figures.panels import live_panels
from assessments.figures.releases import renew_release
from assessments.figures.sights import figures_at
from assessments.figures.statistics import Panel, movement, own_movement, result_of
from assessments.models import Release
from checklist.models import Item
from cohorts.models import Participation
from follow_up.tasks import open_aggregates
from kit.figures import dotted, printed, rounded
from meetings.models import Meeting
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    MeetingFactory,
    OrganisationFactory,
    ParticipationFactory,
)

ITEMS = tuple(Item(pk=number, key=f"item_{number}", number=number, short=f"M{number}") for number in range(1, 4))


def panel(*rows, expected=None):
    answers = {
        member: {item.key: Decimal(str(value)) for item, value in zip(ITEMS, row, strict=True)}
        for member, row in enumerate(rows, 1)
        if row
    }
    return Panel(ITEMS, 3, answers, expected if expected is not None else len(rows))


class TestRounding:
    @pytest.mark.parametrize(
        ("value", "places", "text"),
        [
            (Fraction(9, 4), 1, "2,3"),  # 2.25 rounds away from zero
            (Fraction(-9, 4), 1, "−2,3"),
            (Fraction(2), 1, "2"),
            (Fraction(39, 20), 1, "2"),  # 1.95 becomes whole, and stands without decimals
            (Decimal("2.04"), 2, "2,04"),
            (Fraction(1, 3), 2, "0,33"),
            (Fraction(-1, 100), 1, "0"),
        ],
    )
    def test_as_published(self, value, places, text):
        assert printed(value, places) == text

    def test_for_machines_the_decimals_always_stand(self):
        assert dotted(Fraction(2), 1) == "2.0"
        assert dotted(Fraction(-1, 100), 1) == "0.0"
        assert dotted(None, 1) is None

    @given(st.fractions(min_value=-100, max_value=100, max_denominator=1000), st.integers(0, 3))
    def test_never_off_by_more_than_half_a_unit_and_symmetric(self, value, places):
        unit = Fraction(1, 10**places)
        assert abs(Fraction(rounded(value, places)) - value) <= unit / 2
        assert rounded(-value, places) == -rounded(value, places)


class TestResult:
    def test_every_mean_carries_its_n_and_range(self):
        result = result_of(panel((1, 2, 3), (2, 2, 3), (3, 2, 2), expected=4))
        assert (result.n, result.n_expected) == (3, 4)
        assert [(r.n, r.mean, r.minimum, r.maximum) for r in result.items] == [
            (3, 2, 1, 3),
            (3, 2, 2, 2),
            (3, Fraction(8, 3), 2, 3),
        ]
        assert result.overall_mean == Fraction(20, 9)

    def test_missing_is_missing_never_zero(self):
        result = result_of(panel(expected=4))
        assert [(r.n, r.mean, r.minimum, r.maximum) for r in result.items] == [(0, None, None, None)] * 3
        assert (result.overall_mean, result.totals) == (None, None)

    def test_the_sum_says_its_floor_and_its_ceiling(self):
        totals = result_of(panel((1, 2, 3), (2, 2, 3))).totals
        assert (totals.minimum, totals.maximum, totals.mean) == (6, 7, Fraction(13, 2))
        assert (totals.floor, totals.max_possible) == (3, 9)

    def test_sorted_by_exact_mean_then_by_number(self):
        result = result_of(panel((1, 2, 2), (1, 3, 3)))
        assert [row.item.number for row in result.by_strength] == [2, 3, 1]

    @given(st.lists(st.tuples(*[st.sampled_from([1, 1.5, 2, 2.5, 3])] * 3), min_size=1, max_size=12))
    def test_a_mean_lies_between_its_extremes(self, rows):
        for row in result_of(panel(*rows)).items:
            assert row.minimum <= row.mean <= row.maximum


class TestMovement:
    def test_computed_on_those_who_have_both(self):
        moved = movement(panel((1, 1, 1), (3, 3, 3)), panel((2, 1, 1), None, (1, 1, 1)))
        assert (moved.n_matched, moved.same_panel) == (1, False)
        assert [row.change for row in moved.items] == [1, 0, 0]

    def test_nobody_in_both_is_no_movement(self):
        assert movement(panel((1, 1, 1)), panel(None, (1, 1, 1))) is None

    def test_change_is_the_exact_difference_rounded_once(self):
        moved = movement(panel((1, 1, 1), (1, 1, 1), (2, 1, 1)), panel((2, 1, 1), (2, 1, 1), (3, 1, 2)))
        first, last = moved.items[0], moved.items[2]
        assert (dotted(first.before, 1), dotted(first.now, 1), dotted(first.change, 1)) == ("1.3", "2.3", "1.0")
        assert dotted(last.change, 1) == "0.3"

    def test_one_organisation_misses_what_it_did_not_rate(self):
        moved = own_movement(ITEMS, {"item_1": Decimal(1)}, {"item_1": Decimal(2), "item_2": Decimal(2)})
        assert [row.change for row in moved.items] == [1, None, None]
        assert (len(moved.forward), len(moved.still), len(moved.back)) == (1, 0, 0)


@pytest.mark.django_db
class TestPanels:
    def test_only_active_participants_count(self):
        cohort = CohortFactory()
        meeting = MeetingFactory(cohort=cohort, starts_on=date(2026, 10, 1))
        stays = ParticipationFactory(cohort=cohort)
        left = ParticipationFactory(cohort=cohort, status="withdrawn", withdrawn_on=date(2026, 9, 30))
        vanished = ParticipationFactory(cohort=cohort, status="withdrawn")
        mentor = ParticipationFactory(cohort=cohort, role="mentor")
        for participation in (stays, left, vanished, mentor):
            AssessmentFactory(participation=participation, meeting=meeting, submitted=True, values=[2] * 10)
        live = live_panels(meeting, cohort.plan)["kommun"]
        assert (list(live.answers), live.n_expected) == ([stays.pk], 1)

    @pytest.mark.parametrize(("left_on", "expected"), [(date(2026, 9, 30), 0), (date(2026, 10, 1), 1), (None, 0)])
    def test_one_that_leaves_on_the_meetings_day_is_still_expected(self, left_on, expected):
        meeting = MeetingFactory(starts_on=date(2026, 10, 1))
        ParticipationFactory(cohort=meeting.cohort, status="withdrawn", withdrawn_on=left_on)
        assert live_panels(meeting, meeting.cohort.plan)["kommun"].n_expected == expected

    def test_drafts_do_not_count(self):
        assessment = AssessmentFactory(values=[2] * 10)
        live = live_panels(assessment.meeting, assessment.participation.cohort.plan)["kommun"]
        assert (live.n, live.n_expected) == (0, 1)

    def test_kinds_are_never_pooled(self):
        cohort = CohortFactory(kind="blandad")
        meeting = MeetingFactory(cohort=cohort)
        kommun = ParticipationFactory(cohort=cohort)
        region = ParticipationFactory(cohort=cohort, organisation=OrganisationFactory(code="88", kind="region"))
        for participation, value in ((kommun, 1), (region, 3)):
            AssessmentFactory(participation=participation, meeting=meeting, submitted=True, values=[value] * 10)
        panels = live_panels(meeting, cohort.plan)
        assert {kind: result_of(p).overall_mean for kind, p in panels.items()} == {"kommun": 1, "region": 3}


@pytest.mark.django_db
class TestReleases:
    """Nobody who sees aggregates only may work out one organisation's value by subtraction, over time either."""

    def omgang(self, answered, expected=12):
        cohort = CohortFactory()
        meeting = MeetingFactory(cohort=cohort, starts_on=date(2026, 10, 1))
        members = ParticipationFactory.create_batch(expected, cohort=cohort)
        for member in members[:answered]:
            self.answer(member, meeting)
        return cohort, meeting, members

    def answer(self, member, meeting, value=2):
        return AssessmentFactory(participation=member, meeting=meeting, submitted=True, values=[value] * 10)

    def shown_n(self, meeting, *members):
        seen = figures_at(meeting, meeting.cohort.plan, frozenset(member.pk for member in members))["kommun"]
        return seen.n if seen.shown == Shown.FIGURES else 0

    @pytest.mark.parametrize(("day", "shown"), [(date(2026, 9, 30), 0), (date(2026, 10, 1), 6)])
    def test_open_on_the_meetings_day(self, day, shown):
        _, meeting, _ = self.omgang(6)
        with time_machine.travel(day):
            renew_release(meeting=meeting)
        assert self.shown_n(meeting) == shown

    @pytest.mark.parametrize(("answered", "shown"), [(4, 0), (5, 5)])
    def test_fewer_than_five_are_not_shown(self, answered, shown):
        _, meeting, _ = self.omgang(answered)
        renew_release(meeting=meeting)
        assert self.shown_n(meeting) == shown

    def test_renewed_only_when_three_have_changed(self):
        _, meeting, members = self.omgang(6)
        shown = []
        renew_release(meeting=meeting)
        for late in members[6:9]:
            self.answer(late, meeting)
            renew_release(meeting=meeting)
            shown.append(self.shown_n(meeting))
        assert shown == [6, 6, 9]

    def test_of_the_three_none_is_the_readers_own(self):
        """Each reader has a memory of their own, so that one's group does not decide what others see."""
        _, meeting, members = self.omgang(6)
        renew_release(meeting=meeting)
        for late in members[6:9]:
            self.answer(late, meeting)
        renew_release(meeting=meeting)
        assert (self.shown_n(meeting), self.shown_n(meeting, *members[8:10])) == (9, 6)

    def test_never_near_any_panel_shown_before(self):
        _, meeting, members = self.omgang(6)
        renew_release(meeting=meeting)
        late = [self.answer(member, meeting) for member in members[6:9]]
        renew_release(meeting=meeting)
        for assessment in late[:2]:  # back to within one organisation of the first panel
            assessment.delete()
        renew_release(meeting=meeting)
        assert self.shown_n(meeting) == 9
        assert Release.objects.filter(meeting=meeting).count() == 3

    def test_the_worker_opens_what_has_begun_and_asks_nothing_about_what_cannot(self, django_assert_num_queries):
        """Meetings that too few have handed in for stay as they are for years."""
        _, opened, _ = self.omgang(6)
        self.omgang(4)
        _, to_come, _ = self.omgang(6)
        Meeting.objects.filter(pk=to_come.pk).update(starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 1))
        with time_machine.travel(date(2026, 10, 2)):
            open_aggregates()
            assert list(Release.objects.values_list("meeting", flat=True)) == [opened.pk]
            for answered in (1, 4, 4):
                self.omgang(answered)
            # One reads, and one leaves the time of the run.
            with django_assert_num_queries(2):
                open_aggregates()

    @pytest.mark.parametrize("kind", ["left", "mentor", "draft"])
    def test_nor_about_one_where_some_do_not_count(self, kind, django_assert_num_queries):
        _, meeting, members = self.omgang(4)
        if kind == "draft":
            AssessmentFactory(participation=members[4], meeting=meeting)
        else:
            self.answer(members[4], meeting)
            changed = {"role": "mentor"} if kind == "mentor" else {"status": "withdrawn", "withdrawn_on": "2026-01-01"}
            Participation.objects.filter(pk=members[4].pk).update(**changed)
        with time_machine.travel(date(2026, 10, 2)), django_assert_num_queries(2):
            open_aggregates()

    def test_nor_about_two_kinds_with_too_few_of_each(self, django_assert_num_queries):
        cohort = CohortFactory(kind="blandad")
        meeting = MeetingFactory(cohort=cohort, starts_on=date(2026, 10, 1))
        for code in ("9001", "9002", "9003", "91", "92", "93"):
            self.answer(ParticipationFactory(cohort=cohort, code=code), meeting)
        with time_machine.travel(date(2026, 10, 2)), django_assert_num_queries(2):
            open_aggregates()

    def test_the_same_panel_is_kept_once(self):
        _, meeting, _ = self.omgang(6)
        for _ in range(2):
            renew_release(meeting=meeting)
        assert Release.objects.filter(meeting=meeting).count() == 1

    @pytest.mark.parametrize(
        ("n", "known", "shown"), [(4, 1, 0), (5, 1, 5), (5, 2, 5), (5, 3, 0), (6, 3, 6), (7, 6, 0)]
    )
    def test_three_of_five_are_unread(self, n, known, shown):
        _, meeting, members = self.omgang(n)
        renew_release(meeting=meeting)
        assert self.shown_n(meeting, *members[:known]) == shown
