"""GapMovement of women, men and the gap: from where to where, and why a gap shrank."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.movement import Because, GapMovement, last_stretch, movement_of
from tests.indicators.series_samples import WAITING, of_pairs, point, series

FIGURES = st.decimals(-1000, 1000, places=6)
DIRECTIONS = st.sampled_from(["higher", "lower", "equal"])


def moved(then: tuple[object, object], now: tuple[object, object], direction: str = "lower") -> GapMovement:
    movement = movement_of(of_pairs(then, now, direction=direction))
    assert movement is not None
    return movement


def test_those_ahead_fell_back():
    movement = movement_of(of_pairs(*WAITING))
    assert (movement.since.period, movement.until.period) == ("2018", "2025")
    assert (movement.women, movement.men, movement.gap) == (0, 5, -5)
    assert movement.because == Because.AHEAD_FELL


@pytest.mark.parametrize(
    ("direction", "then", "now", "because"),
    [
        ("lower", (51, 42), (47, 42), "behind_rose"),
        ("lower", (51, 42), (51, 47), "ahead_fell"),
        ("lower", (51, 42), (49, 44), "both"),
        ("lower", (42, 51), (42, 47), "behind_rose"),
        ("lower", (42, 51), (47, 51), "ahead_fell"),
        ("higher", (60, 80), (70, 80), "behind_rose"),
        ("higher", (60, 80), (60, 70), "ahead_fell"),
        ("higher", (80, 60), (70, 60), "ahead_fell"),
        ("higher", (60, 80), (65, 75), "both"),
        # Both better, and those behind more; both worse, and those ahead more.
        ("higher", (60, 80), (75, 85), "behind_rose"),
        ("higher", (60, 80), (55, 65), "ahead_fell"),
        # Nobody is ahead where lika är bäst: the higher value stands for those ahead.
        ("equal", (60, 80), (70, 80), "behind_rose"),
        ("equal", (60, 80), (60, 70), "ahead_fell"),
        ("higher", (60, 80), (50, 80), "none"),
        ("higher", (60, 80), (70, 90), "none"),
        ("higher", (60, 60), (60, 60), "none"),
        ("higher", (60, 60), (60, 61), "none"),
    ],
)
def test_why_a_gap_shrank(direction, then, now, because):
    assert moved(then, now, direction).because == because


def test_a_gap_that_turned_is_compared_by_its_size():
    movement = moved((51, 42), (44, 48))
    assert (movement.gap, movement.turned, movement.because) == (-5, True, "both")
    assert moved((51, 42), (42, 53)).because == Because.NONE
    assert not moved((51, 42), (45, 45)).turned


def test_it_begins_at_the_baseline():
    movement = movement_of(of_pairs(*WAITING, baseline="2021"))
    assert (movement.since.period, movement.women, movement.men) == ("2021", -1, 4)


@pytest.mark.parametrize("lacking", [(None, 43), (52, None), (None, None)])
def test_a_baseline_without_both_is_followed_by_the_next_that_has_them(lacking):
    pairs = (*WAITING[:3], lacking, *WAITING[4:])
    assert movement_of(of_pairs(*pairs, baseline="2021")).since.period == "2022"


def test_it_ends_at_the_latest_with_both():
    assert movement_of(of_pairs(*WAITING, (50, None))).until.period == "2025"


def test_nothing_is_carried_over_a_break():
    before, after = point(2020, 6, 5, unit="veckor"), [point(2021, 50, 40), point(2022, 48, 40)]
    movement = movement_of(series(before, *after, baseline="2020"))
    assert (movement.since.period, movement.gap) == ("2021", -2)
    assert movement_of(series(before, after[0])) is None


def test_a_new_unit_without_values_does_not_hide_the_movement_before_it():
    points = [point(2021, 50, 40), point(2022, 48, 40), point(2023, None, None, unit="veckor")]
    assert movement_of(series(*points)).until.period == "2022"


def test_the_same_unit_after_another_does_not_bridge_it():
    points = [point(2020, 50, 40), point(2021, 7, 6, unit="veckor"), point(2022, 48, 40), point(2023, 47, 40)]
    assert [row.period for row in last_stretch(points)] == ["2022", "2023"]
    assert movement_of(series(*points)).since.period == "2022"


@pytest.mark.parametrize("pairs", [(), ((51, 42),), ((51, None), (None, 42)), ((51, 42), (50, None))])
def test_one_point_has_no_movement(pairs):
    assert movement_of(of_pairs(*pairs)) is None


def test_a_baseline_after_the_latest_has_no_movement():
    assert movement_of(of_pairs(*WAITING, baseline="2031")) is None


def test_months_are_in_order():
    points = [point(f"2025-{month:02}", 60 - month, 40) for month in range(1, 13)]
    movement = movement_of(series(*points, baseline="2025-09"))
    assert (movement.since.period, movement.until.period, movement.gap) == ("2025-09", "2025-12", -3)


def test_decimals_are_exact():
    movement = moved(("0.1", "0.3"), ("0.3", "0.3"), "higher")
    assert (movement.women, movement.gap) == (Decimal("0.2"), Decimal("-0.2"))


@given(FIGURES, FIGURES, FIGURES, FIGURES, DIRECTIONS)
def test_laws(women, men, women_now, men_now, direction):
    movement = moved((women, men), (women_now, men_now), direction)
    assert women + movement.women == women_now
    assert men + movement.men == men_now
    assert movement.gap == abs(women_now - men_now) - abs(women - men)
    assert (movement.because == Because.NONE) == (movement.gap >= 0)
    # It is the same whichever of the two is called women.
    other = moved((men, women), (men_now, women_now), direction)
    assert (other.gap, other.because, other.turned) == (movement.gap, movement.because, movement.turned)


@given(FIGURES, FIGURES, FIGURES, FIGURES)
def test_lower_is_higher_seen_from_below(women, men, women_now, men_now):
    up = moved((women, men), (women_now, men_now), "higher")
    down = moved((-women, -men), (-women_now, -men_now), "lower")
    assert (up.gap, up.because) == (down.gap, down.because)


@given(FIGURES, FIGURES, FIGURES, FIGURES, DIRECTIONS)
def test_nobody_is_praised_for_falling(women, men, women_now, men_now, direction):
    movement = moved((women, men), (women_now, men_now), direction)
    better = -1 if direction == "lower" else 1
    if max(movement.women * better, movement.men * better) <= 0 and movement.gap < 0:
        assert movement.because == Because.AHEAD_FELL
    if min(movement.women * better, movement.men * better) >= 0 and movement.gap < 0:
        assert movement.because == Because.BEHIND_ROSE
