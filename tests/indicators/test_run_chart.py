"""The two rules of Anhøj and Olesen, against computed limits and on random series."""

import random
from collections import Counter
from itertools import groupby, pairwise
from math import comb, log2

import pytest

from indicators.run_chart import (
    ChartRule,
    fewest_crossings_by_chance,
    longest_run_by_chance,
    points_counted,
    signals_of,
)
from tests.indicators.series_samples import of_pairs, point, series


@pytest.mark.parametrize(("n", "run", "crossings"), [(10, 6, 2), (20, 7, 6), (24, 8, 8)])
def test_the_limits(n, run, crossings):
    assert (longest_run_by_chance(n), fewest_crossings_by_chance(n)) == (run, crossings)


@pytest.mark.parametrize("n", range(1, 101))
def test_the_limits_by_definition(n):
    quantile = fewest_crossings_by_chance(n)
    cdf = [sum(comb(n - 1, each) for each in range(most + 1)) / 2 ** (n - 1) for most in range(n)]
    assert cdf[quantile] >= 0.05
    assert quantile == 0 or cdf[quantile - 1] < 0.05
    assert abs(longest_run_by_chance(n) - 3 - log2(n)) < 0.5  # never a half


def of(*women: object) -> tuple:
    return signals_of(of_pairs(*((value, None) for value in women), first=2000))


def alternating(n: int) -> list[int]:
    return [50 + 2 * (place % 2) for place in range(n)]


def test_chance_gives_no_signal():
    assert of(*alternating(10)) == ()
    assert of(1, 9, 1, 1, 9, 9, 1, 9, 9, 1) == ()


def test_a_long_run_is_a_signal_one_below_is_not():
    # Ten ones and ten nines, so that the median lies between them.
    mixed = [9, 9, 1, 9, 9, 9, 1, 9, 9, 1, 9, 9]
    assert longest_run_by_chance(20) == 7
    assert of(*mixed, 9, *[1] * 7) == ()
    (signal,) = [row for row in of(*mixed[:9], 9, 9, 9, *[1] * 8) if row.rule == ChartRule.LONG_RUN]
    assert (signal.who, signal.from_period, signal.to_period) == ("women", "2012", "2019")
    assert (signal.count, signal.above) == (8, False)


def test_few_crossings_are_a_signal_and_one_more_is_not():
    assert [row.rule for row in of(*[1] * 5, *[9] * 5)] == [ChartRule.FEW_CROSSINGS]
    assert of(*[1] * 3, *[9] * 5, *[1] * 2) == ()


def test_points_on_the_median_are_left_out():
    # With five points on the median ten are left, as if the five were not there.
    signals = of(*[1] * 3, 5, 5, *[1] * 2, 5, *[9] * 5, 5, 5)
    assert [(row.rule, row.count) for row in signals] == [(ChartRule.FEW_CROSSINGS, 1)]
    assert (signals[0].from_period, signals[0].to_period) == ("2000", "2012")


def test_all_on_the_median_gives_no_signal():
    assert of(*[5] * 12) == ()


def test_a_trend_alone_is_judged_by_the_two_rules_only():
    rising = of(*range(10))
    assert {row.rule for row in rising} == {ChartRule.FEW_CROSSINGS}


@pytest.mark.parametrize(("n", "rules"), [(9, 0), (10, 1)])
def test_from_ten_points(n, rules):
    assert len(of(*[1] * 5, *[9] * (n - 5))) == rules


def test_missing_values_are_no_points():
    values = [1, None, 1, 1, None, 1, 1, 9, 9, 9, 9]
    assert of(*values) == ()
    assert len(of(*values, 9)) == 1


def test_a_break_begins_anew():
    old = [point(2000 + year, 1, 1, unit="veckor") for year in range(6)]
    new = [point(2006 + year, 9, 9) for year in range(6)]
    assert signals_of(series(*old, *new)) == ()
    assert points_counted(series(*old, *new)) == 6


def test_women_men_and_the_gap_are_each_judged():
    pairs = [(50, 40)] * 5 + [(52, 40)] * 5
    assert [row.who for row in signals_of(of_pairs(*pairs))] == ["women", "gap"]


def test_of_two_runs_as_long_the_later_is_named():
    (run, _) = of(*[1] * 12, *[9] * 12)
    assert (run.rule, run.from_period, run.above) == (ChartRule.LONG_RUN, "2012", True)


# Always the same random series.
CHANCE = 20141125


def test_about_one_in_twenty_random_series_gives_a_false_signal():
    """Around a middle that is known, on 10 000 random series: each of the two rules, and the two together."""
    chance, false = random.Random(CHANCE), Counter()
    for place in range(10_000):
        n = 10 + place % 31
        sides = [chance.random() < 0.5 for _ in range(n)]
        run = max(len(list(run)) for _, run in groupby(sides))
        crossings = sum(side != next_side for side, next_side in pairwise(sides))
        rules = {
            ChartRule.LONG_RUN: run > longest_run_by_chance(n),
            ChartRule.FEW_CROSSINGS: crossings < fewest_crossings_by_chance(n),
        }
        false.update(rule for rule, signal in rules.items() if signal)
        false["any"] += any(rules.values())
    assert 300 < false[ChartRule.LONG_RUN] < 600
    assert 200 < false[ChartRule.FEW_CROSSINGS] < 500
    assert 400 < false["any"] < 700


def test_the_median_of_the_series_itself_gives_fewer_false_signals():
    """As many lie above as below it, which no chance decides: one series in forty, and at most one in twenty."""
    chance, signals = random.Random(CHANCE), Counter()
    for place in range(10_000):
        n = 10 + place % 31
        pairs = [(chance.randrange(10**6), None) for _ in range(n)]
        signals[n] += bool(signals_of(of_pairs(*pairs, first=1000)))
    assert 0.015 < sum(signals.values()) / 10_000 < 0.035
    assert max(signals.values()) / (10_000 / 31) < 0.075
