"""Whether an organisation is represented as the programme asks: what is missing, and what is only wished for."""

from datetime import date

import pytest

from cohorts.enums import Function
from cohorts.models import Delegate
from people.composition import composition

TODAY = date(2026, 11, 22)
P, M, S, C = Function.POLITICIAN, Function.MANAGER, Function.STRATEGIST, Function.CONTRIBUTOR


def seat(function, *, deputy=False, starts_on=date(2026, 1, 1), ends_on=None):
    return Delegate(function=function, deputy=deputy, starts_on=starts_on, ends_on=ends_on)


def of(*seats, both_sides=None):
    return composition(seats, both_sides, TODAY)


@pytest.mark.parametrize(
    ("functions", "missing", "sentence"),
    [
        ((), (P, M, S), "En politiker, en chef och en strateg saknas."),
        ((S,), (P, M), "En politiker och en chef saknas."),
        ((P, S, C), (M,), "En chef saknas."),
        ((P, M, S), (), "Politiker, chef och strateg är representerade."),
    ],
)
def test_the_three_functions_are_asked_for_and_those_who_contribute_are_not(functions, missing, sentence):
    team = of(*map(seat, functions))
    assert (team.missing, team.sentence, team.is_whole) == (missing, sentence, not missing)


def test_only_those_with_a_seat_today_count():
    team = of(seat(P, ends_on=date(2026, 11, 21)), seat(M, starts_on=date(2026, 11, 23)), seat(S, ends_on=TODAY))
    assert team.missing == (P, M)


def test_a_deputy_alone_represents_the_function():
    assert of(seat(P, deputy=True), seat(M), seat(S)).missing == ()


def test_two_of_each_and_deputies_are_wished_for_and_hold_nothing_up():
    team = of(seat(P), seat(P), seat(P, deputy=True), seat(M), seat(S))
    assert team.is_whole
    assert team.wishes == (
        "Gärna två chefer och strateger, så att arbetet inte hänger på en person.",
        "Gärna ersättare för chefer och strateger.",
    )


def test_nothing_is_wished_for_where_all_is_there():
    full = [seat(function, deputy=deputy) for function in (P, M, S) for deputy in (False, False, True)]
    assert of(*full, both_sides=True).wishes == ()


@pytest.mark.parametrize(
    ("both_sides", "sentence", "wished"),
    [
        (True, "Både majoritet och opposition är företrädda.", False),
        (False, "Majoritet och opposition är inte båda företrädda.", True),
        (None, "Om både majoritet och opposition är företrädda är inte angivet.", False),
    ],
)
def test_both_sides_are_a_fact_of_the_organisation(both_sides, sentence, wished):
    team = of(seat(P), both_sides=both_sides)
    assert (team.sides, "Gärna politiker från både majoritet och opposition." in team.wishes) == (sentence, wished)
