"""The gap in words: the headline, what has moved and why, what is missing, and the question to ask."""

from dataclasses import replace
from decimal import Decimal

import pytest

from indicators.gap import (
    breaks_in_words,
    direction_in_words,
    headline_of,
    lead_of,
    missing_in_words,
    question_of,
    signals_in_words,
)
from indicators.models import Indicator
from indicators.movement import movement_of
from indicators.run_chart import signals_of
from indicators.units import difference, with_unit
from tests.indicators.gap_samples import SAMPLES
from tests.indicators.series_samples import WAITING, of_pairs, point, series

HIDDEN = frozenset({"women", "men", "total", "gap"})


def lead(*pairs, **fields):
    rows = of_pairs(*pairs, **fields)
    return lead_of(rows, movement_of(rows))


def question(*pairs, **fields):
    rows = of_pairs(*pairs, **fields)
    return question_of(rows, movement_of(rows))


@pytest.mark.parametrize(
    ("pair", "fields", "words"),
    [
        ((51, 47), {"says": "väntar längre"}, "Kvinnor väntar fyra dagar längre än män."),
        ((47, 51), {"says": "väntar längre"}, "Män väntar fyra dagar längre än kvinnor."),
        ((51, 47), {}, "Kvinnor ligger fyra dagar högre än män."),
        ((48, 47), {}, "Kvinnor ligger en dag högre än män."),
        (("47.25", 47), {}, "Kvinnor ligger 0,25 dagar högre än män."),
        ((60, 47), {}, "Kvinnor ligger 13 dagar högre än män."),
        ((47, 51), {"whom": "children"}, "Pojkar ligger fyra dagar högre än flickor."),
        (("8.2", "5.1"), {"unit": "procent"}, "Kvinnor ligger 3,1 procentenheter högre än män."),
        (("8", "7"), {"unit": "%"}, "Kvinnor ligger en procentenhet högre än män."),
        (
            ("8", "5"),
            {"unit": "procent", "says": "har högre sjukfrånvaro"},
            "Kvinnor har tre procentenheter högre sjukfrånvaro än män.",
        ),
        ((31000, 34200), {"unit": "kr"}, "Män ligger 3\xa0200 kronor högre än kvinnor."),
        (("8", "5"), {"unit": "antal per 1 000"}, "Kvinnor ligger 3 högre än män, mätt i antal per 1 000."),
        (("8", "5"), {"unit": ""}, "Kvinnor ligger 3 högre än män."),
        ((47, 47), {}, "Kvinnor och män har samma värde: 47 dagar."),
        ((0, 0), {}, "Kvinnor och män har samma värde: 0 dagar."),
        ((47, None), {}, "Kvinnor och män går inte att jämföra än."),
    ],
)
def test_the_headline(pair, fields, words):
    assert headline_of(of_pairs(pair, **fields)) == words


def test_the_headline_is_of_the_latest_with_both():
    assert headline_of(of_pairs((51, 47), (60, None))) == "Kvinnor ligger fyra dagar högre än män."


def test_without_values_or_with_hidden_ones_the_headline_says_so():
    assert headline_of(series()) == "Det finns inga värden än."
    hidden = series(point(2025, None, None, hidden=HIDDEN))
    assert headline_of(hidden) == "Värdena visas inte, eftersom få personer ligger bakom dem."
    assert lead_of(hidden, None) == ""


@pytest.mark.parametrize(
    ("pairs", "fields", "words"),
    [
        (
            WAITING,
            {"says": "väntar längre"},
            "Skillnaden har minskat sedan 2018, men för att männen väntar längre. Kvinnorna har samma värde som 2018.",
        ),
        (
            WAITING,
            {},
            "Skillnaden har minskat sedan 2018, men för att männen ligger sämre till. "
            "Kvinnorna har samma värde som 2018.",
        ),
        (
            ((60, 80), (55, 65)),
            {"direction": "higher"},
            "Skillnaden har minskat sedan 2018, men för att männen ligger sämre till. "
            "Kvinnorna ligger också sämre till, men inte lika mycket.",
        ),
        (
            ((60, 80), (75, 85)),
            {"direction": "higher"},
            "Skillnaden har minskat sedan 2018, för att kvinnorna ligger bättre till. "
            "Männen ligger också bättre till, men inte lika mycket.",
        ),
        (
            ((51, 42), (49, 44)),
            {},
            "Skillnaden har minskat sedan 2018, både för att kvinnorna ligger bättre till "
            "och för att männen ligger sämre till.",
        ),
        (
            ((60, 80), (60, 70)),
            {"direction": "equal"},
            "Skillnaden har minskat sedan 2018, för att männen har ett lägre värde. "
            "Kvinnorna har samma värde som 2018.",
        ),
        (
            ((51, 42), (42, 42)),
            {},
            "Skillnaden har försvunnit sedan 2018, för att kvinnorna ligger bättre till. "
            "Männen har samma värde som 2018.",
        ),
        (
            ((51, 42), (53, 42)),
            {"says": "väntar längre"},
            "Skillnaden har ökat sedan 2018: kvinnorna väntar längre och männen har samma värde.",
        ),
        (
            ((51, 42), (53, 43)),
            {},
            "Skillnaden har ökat sedan 2018: både kvinnorna och männen ligger sämre till.",
        ),
        (((51, 42), (51, 42)), {}, "Skillnaden är lika stor som 2018: båda har samma värde."),
        (
            ((51, 42), (52, 43)),
            {"whom": "children"},
            "Skillnaden är lika stor som 2018: både flickorna och pojkarna ligger sämre till.",
        ),
        (
            ((40, 55), (55, 46)),
            {},
            "Skillnaden har vänt: 2018 hade männen det högre värdet, nu har kvinnorna det. "
            "Skillnaden har minskat sedan 2018, både för att männen ligger bättre till "
            "och för att kvinnorna ligger sämre till.",
        ),
        (((51, 42),), {}, "Det finns inget tidigare värde att jämföra med."),
    ],
)
def test_how_the_gap_has_moved(pairs, fields, words):
    assert lead(*pairs, **fields) == words


def test_the_question_is_about_why():
    asked = "Varför väntar männen längre nu, och vad krävs för att kvinnorna ska få det bättre?"
    assert question(*WAITING, says="väntar längre") == asked
    assert question((51, 42), (47, 42)).startswith("Vad har gjort att skillnaden minskar")
    assert question((51, 42), (53, 42)).startswith("Varför har skillnaden ökat")
    assert question((51, 42), (51, 42)).startswith("Varför minskar inte skillnaden")
    assert question((51, 42), (51, 51)).startswith("Gäller det alla grupper av kvinnor och män")
    assert question((51, 42)).startswith("Vad beror skillnaden på")
    assert question((51, None), whom="children") == "När kan vi jämföra flickor och pojkar?"


def test_what_is_missing_is_said_with_why_and_once():
    rows = series(
        point(2020, None, None, hidden=HIDDEN),
        point(2021, None, None, hidden=HIDDEN),
        point(2019, None, 40, hidden=frozenset({"women", "gap"})),
        point(2022, 5, None, status="Uppgift saknas från regionen"),
        point(2023, None, None, status="Missing"),
        point(2024, 0, 0),
    )
    assert missing_in_words(rows) == (
        "2020 och 2021: värdena för kvinnor och män visas inte, eftersom få personer ligger bakom dem.",
        "2019: värdet för kvinnor visas inte, eftersom få personer ligger bakom det.",
        "2022: värde saknas för män (Uppgift saknas från regionen).",
        "2023: värde saknas för kvinnor och män.",
    )


def test_a_break_is_said():
    assert breaks_in_words(SAMPLES["broken"]) == (
        "Från 2021 mäts det i dagar, före det i veckor. Värdena går inte att jämföra.",
    )


@pytest.mark.parametrize(("direction", "words"), [("higher", "Högre är bättre."), ("lower", "Lägre är bättre.")])
def test_the_direction(direction, words):
    assert direction_in_words(Indicator(direction=direction)) == words


@pytest.mark.parametrize(("count", "words"), [(0, "inget"), (1, "ett"), (8, "åtta"), (9, "nio")])
def test_below_ten_no_rule_is_used(count, words):
    rows = of_pairs(*[(50, 40)] * count)
    assert signals_in_words(rows, signals_of(rows)) == (
        f"Reglerna för vad som är mer än slump används från tio värden i samma enhet, och här finns {words}.",
    )


def test_signals_are_told_with_the_rules_and_their_source():
    rows = of_pairs(*[(1, None)] * 8, *[(9, None)] * 8)
    sentences = signals_in_words(rows, signals_of(rows))
    assert sentences[0] == (
        "Åtta värden i rad för kvinnor ligger över mitten, från 2026 till 2033: det är mer än slumpen brukar ge."
    )
    assert sentences[1] == "Kurvan för kvinnor korsar mitten bara en gång: det är färre än slumpen brukar ge."
    assert sentences[2].endswith("De kommer från Anhøj och Olesen (2014).")
    quiet = of_pairs(*[(50 + place % 2, None) for place in range(10)])
    assert signals_in_words(quiet, ())[0] == "Inget i kurvorna är mer än slumpen brukar ge."


def test_units():
    assert with_unit(Decimal(1), "dagar") == "1 dag"
    assert with_unit(Decimal("43.21"), "procent") == "43,2 procent"
    assert with_unit(Decimal(5), "") == "5"
    assert difference(Decimal(12), "år") == "tolv år"
    assert difference(Decimal(1), "år") == "ett år"


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sentence_begins_with_a_capital_or_a_number_and_ends(name):
    rows = SAMPLES[name]
    movement = movement_of(rows)
    for words in (headline_of(rows), lead_of(rows, movement), question_of(rows, movement), *missing_in_words(rows)):
        assert words[0].isupper() or words[0].isdigit()
        assert words[-1] in ".?"
        assert "  " not in words
        assert "None" not in words


def test_the_words_turn_if_the_two_change_places():
    rows = SAMPLES["waiting"]
    turned = replace(rows, points=tuple(replace(each, women=each.men, men=each.women) for each in rows.points))
    swapped = lead_of(turned, movement_of(turned))
    assert swapped.startswith("Skillnaden har minskat sedan 2018, men för att kvinnorna väntar längre.")
