"""Small numbers: what few people are behind is hidden, and nobody can work it out from what is shown."""

from contextlib import suppress
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.papers.work import _figures as archived
from indicators.document import _point as as_json
from indicators.enums import IndicatorKind
from indicators.figures import NAMES, Figures, completed
from indicators.models import Indicator, Value
from indicators.series import FIGURES, Series, _guarded, _own_point
from indicators.suppression import ALL, hidden_in

pytestmark = pytest.mark.one_database


def of(kind="count", fewest=5, unit="personer", **figures):
    return hidden_in(
        Figures(**{name: None if number is None else Decimal(number) for name, number in figures.items()}),
        kind=kind,
        unit=unit,
        fewest=fewest,
    )


@pytest.mark.parametrize(("women", "is_hidden"), [(4, True), (5, False)])
def test_the_number_itself_counts_for_a_count(women, is_hidden):
    assert of(women=women, men=40, total=40 + women) == (ALL if is_hidden else frozenset())


def test_without_a_total_the_other_sex_gives_nothing_back():
    assert of(women=4, men=40) == {"women", "women_numerator", "women_denominator", "total", "gap"}


@pytest.mark.parametrize(
    ("numerator", "denominator", "is_hidden"), [(4, 100, True), (5, 100, False), (4, 4, True), (5, 5, False)]
)
def test_numerator_and_denominator_count_for_a_share(numerator, denominator, is_hidden):
    parts = {"women_numerator": numerator, "women_denominator": denominator, "women": 1, "men": 50, "total": 20}
    hidden = of("share", unit="procent", **(parts | {"women": None}))
    assert hidden == (ALL if is_hidden else frozenset())


@pytest.mark.parametrize(("share", "is_hidden"), [("4.9", True), ("5", False)])
def test_a_share_of_a_known_number_gives_its_numerator(share, is_hidden):
    assert bool(of("share", unit="procent", women=share, women_denominator=100, men=40)) is is_hidden


@pytest.mark.parametrize("kind", ["mean", "index"])
@pytest.mark.parametrize(("people", "is_hidden"), [(4, True), (5, False), (None, False)])
def test_the_people_behind_count_for_a_mean_where_they_are_given(kind, people, is_hidden):
    assert bool(of(kind, women=3, men=40, women_denominator=people)) is is_hidden


def test_a_small_total_hides_all():
    assert of(total=4) == ALL


def test_the_indicator_says_how_few():
    assert of(women=9, men=40, total=49, fewest=10) == ALL
    assert of(women=10, men=40, total=50, fewest=10) == frozenset()


# Nobody can work out what is hidden


def shown_to_a_reader(indicator, values):
    return Series(indicator, _guarded(indicator, [_own_point(value) for value in values], editor=False))


def json_texts(point):
    return [as_json(point)[name] for name in FIGURES]


def worked_out(known, kind, unit_scale=100):
    """Return all that follows from the known figures of a period, by every rule that ties them together."""
    known = dict(known)
    before = -1
    while before != len(known):
        before = len(known)

        def learn(name, *from_, by):
            if name not in known and all(other in known for other in from_):
                with suppress(ZeroDivisionError):
                    known[name] = by(*(known[other] for other in from_))

        learn("gap", "women", "men", by=lambda w, m: w - m)
        learn("women", "gap", "men", by=lambda g, m: g + m)
        learn("men", "gap", "women", by=lambda g, w: w - g)
        learn("gap", "gap_percent", "men", by=lambda p, m: p * m / 100)
        if kind == "count":
            learn("total", "women", "men", by=lambda w, m: w + m)
            learn("women", "total", "men", by=lambda t, m: t - m)
            learn("men", "total", "women", by=lambda t, w: t - w)
        for sex in ("women", "men"):
            above, below = f"{sex}_numerator", f"{sex}_denominator"
            if kind == "share":
                learn(sex, above, below, by=lambda a, b: a / b * unit_scale)
                learn(above, sex, below, by=lambda v, b: v * b / unit_scale)
                learn(below, sex, above, by=lambda v, a: a * unit_scale / v)
        if kind == "share":
            parts = [f"{sex}_{part}" for sex in ("women", "men") for part in ("numerator", "denominator")]
            learn("total", *parts, by=lambda a, b, c, d: (a + c) / (b + d) * unit_scale)
            for name in parts:
                others = [part for part in parts if part != name]
                learn(name, "total", *others, by=lambda *_: Fraction(0))  # one equation, one unknown
    return known


def people():
    return st.one_of(st.none(), st.integers(0, 12), st.integers(0, 10_000))


@st.composite
def periods(draw):
    kind = draw(st.sampled_from(IndicatorKind.values))
    unit = "procent" if kind == "share" else "personer"
    numbers = {name: draw(people()) for name in NAMES}
    if kind == "share":
        for sex in ("women", "men"):
            below, above = numbers[f"{sex}_denominator"], numbers[f"{sex}_numerator"]
            if below is not None and above is not None:
                numbers[f"{sex}_numerator"], numbers[f"{sex}_denominator"] = sorted((above, below))
                numbers[sex] = None
            elif numbers[sex] is not None:
                numbers[sex] %= 101
        numbers["total"] = draw(st.one_of(st.none(), st.just(50))) if draw(st.booleans()) else None
    if kind == "count" and numbers["women"] is not None and numbers["men"] is not None:
        numbers["total"] = draw(st.sampled_from([None, numbers["women"] + numbers["men"]]))
    if kind != "share":
        numbers |= {"women_numerator": None, "men_numerator": None}
    figures = Figures(**{name: None if number is None else Decimal(number) for name, number in numbers.items()})
    return kind, unit, completed(kind, unit, figures)


def small_in(kind, figures):
    """Return the figures that tell how few people there are, where they are few."""
    names = {
        "count": ("women", "men", "total"),
        "share": ("women_numerator", "women_denominator", "men_numerator", "men_denominator"),
    }.get(kind, ("women_denominator", "men_denominator"))
    return {name for name in names if getattr(figures, name) is not None and getattr(figures, name) < 5}


@given(periods())
def test_every_printer_prints_what_the_page_shows_and_no_more(period):
    kind, unit, figures = period
    indicator = Indicator(kind=kind, unit=unit, fewest_people=5, title="Antal")
    value = Value(indicator=indicator, period="2025", unit=unit, **vars(figures))
    point = shown_to_a_reader(indicator, [value]).points[0]
    for name, cell, text in zip(FIGURES, archived(point), json_texts(point), strict=True):
        number = getattr(point, name)
        assert (number is None) == (text is None) == (cell in ("", "visas inte"))
        if name in point.hidden:
            assert (cell, number) == ("visas inte", None)
        elif number is not None:
            assert Decimal(text) == number == Decimal(cell.replace(",", "."))


@given(periods())
def test_no_hidden_figure_can_be_worked_out_from_the_others_of_its_period(period):
    kind, unit, figures = period
    indicator = Indicator(kind=kind, unit=unit, fewest_people=5, title="Antal")
    value = Value(indicator=indicator, period="2025", unit=unit, note="tre personer", **vars(figures))
    point = shown_to_a_reader(indicator, [value]).points[0]
    names = (*NAMES, "gap", "gap_percent")
    known = {name: Fraction(number) for name in names if (number := getattr(point, name)) is not None}
    derivable = worked_out(known, kind)
    few = small_in(kind, figures)
    assert not few & set(derivable)
    # The value of those few is not told either, nor what it is with the others.
    sexes = {name.partition("_")[0] for name in few} & {"women", "men"}
    assert not (sexes | ({"gap"} if sexes else set())) & set(derivable)
    if few:
        assert point.hidden
        assert not point.note


def test_a_part_of_the_year_does_not_give_the_rest():
    indicator = Indicator(kind="count", unit="personer", fewest_people=5)
    numbers = {"2025": (23, 60), "2025-H1": (3, 20), "2025-H2": (20, 40), "2024": (30, 40)}
    values = [
        Value(indicator=indicator, period=period, unit="personer", women=women, men=men)
        for period, (women, men) in sorted(numbers.items())
    ]
    shown = {point.period: point.women for point in shown_to_a_reader(indicator, values).points}
    assert shown == {"2024": 30, "2025": None, "2025-H1": None, "2025-H2": 20}


def test_an_editor_sees_all_and_is_told_what_others_do_not():
    indicator = Indicator(kind="count", unit="personer", fewest_people=5)
    value = Value(indicator=indicator, period="2025", unit="personer", women=3, men=40, total=43, note="Tre söker.")
    point = _guarded(indicator, [_own_point(value)], editor=True)[0]
    assert (point.women, point.note, point.hidden, point.only_editors) == (3, "Tre söker.", frozenset(), ALL)
