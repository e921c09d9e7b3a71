"""Periods and numbers as people write them."""

from decimal import Decimal

import pytest

from indicators.enums import Frequency
from indicators.from_kolada import unit_and_kind
from indicators.numbers import NoNumber, figure, read_number, typed
from indicators.periods import NoPeriod, in_words, is_period, read_period

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(
    ("written", "frequency", "kept", "words"),
    [
        ("2025", "year", "2025", "2025"),
        ("År 2025", "year", "2025", "2025"),
        ("2025-H1", "half", "2025-H1", "första halvåret 2025"),
        ("H2 2025", "half", "2025-H2", "andra halvåret 2025"),
        ("2025, första halvåret", "half", "2025-H1", "första halvåret 2025"),
        ("halvår 2 2025", "half", "2025-H2", "andra halvåret 2025"),
        ("2025 kv 3", "quarter", "2025-Q3", "tredje kvartalet 2025"),
        ("Tredje kvartalet 2025", "quarter", "2025-Q3", "tredje kvartalet 2025"),
        ("4:e kvartalet 2025", "quarter", "2025-Q4", "fjärde kvartalet 2025"),
        ("Q1 2025", "quarter", "2025-Q1", "första kvartalet 2025"),
        ("juni 2025", "month", "2025-06", "juni 2025"),
        ("Jan. 2025", "month", "2025-01", "januari 2025"),
        ("2025-12", "month", "2025-12", "december 2025"),
        ("2025-06-01", "month", "2025-06", "juni 2025"),
    ],
)
def test_a_period_is_read_and_told(written, frequency, kept, words):
    assert read_period(written, frequency) == kept
    assert in_words(kept) == words
    assert is_period(kept)
    assert read_period(words, frequency) == kept


@pytest.mark.parametrize(
    ("written", "frequency", "says"),
    [
        ("juni", "month", "Skriv också året"),
        ("H1", "half", "Skriv också året"),
        ("2025", "half", "varje halvår"),
        ("juni 2025", "year", "varje år"),
        ("2024/25", "year", "går inte att läsa"),
        ("2025-13", "month", "går inte att läsa"),
        ("kv 5 2025", "quarter", "går inte att läsa"),
        ("halvår 3 2025", "half", "går inte att läsa"),
    ],
)
def test_what_is_no_period_is_refused_with_what_is_missing(written, frequency, says):
    with pytest.raises(NoPeriod, match=says):
        read_period(written, frequency)


def test_every_frequency_has_an_example_that_is_read():
    from indicators.periods import EXAMPLES

    for frequency in Frequency:
        assert is_period(read_period(EXAMPLES[frequency], frequency))


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("43,2", "43.2"),
        ("43.2", "43.2"),
        ("43,2 %", "43.2"),
        ("43 procent", "43"),
        ("1 234,5", "1234.5"),
        ("1\u2009234", "1234"),
        ("1\u00a0234", "1234"),
        ("−3", "-3"),
        ("0", "0"),
    ],
)
def test_a_number_is_read(written, number):
    assert read_number(written) == Decimal(number)


def test_an_empty_number_is_missing_and_never_nought():
    assert read_number("") is None
    assert read_number(" - ") is None
    assert figure(None) == "–"
    assert typed(None) == ""


@pytest.mark.parametrize(
    ("written", "says"),
    [("många", "Skriv ett tal"), ("1,2,3", "Skriv ett tal"), ("0,1234567", "sex decimaler"), ("9" * 13, "för stort")],
)
def test_what_is_no_number_is_refused(written, says):
    with pytest.raises(NoNumber, match=says):
        read_number(written)


def test_a_number_is_printed_with_comma_and_space():
    assert figure(Decimal("1234567.25")) == "1\u00a0234\u00a0567,3"
    assert figure(Decimal("0.04")) == "0,04"
    assert figure(Decimal("40.000000")) == "40"
    assert typed(Decimal("40.000000")) == "40"
    assert typed(Decimal("33.333333")) == "33,333333"


@pytest.mark.parametrize(
    ("title", "unit", "kind"),
    [
        ("Sjukfrånvaro totalt bland anställda, kommun, andel (%)", "procent", "share"),
        ("Invånare, andel (%) (-2024)", "procent", "share"),
        ("Årsarbetare totalt, kommun, antal", "antal", "count"),
        ("Medarbetarengagemang, index", "index", "index"),
        ("Fallskador, antal/100 000 inv", "per 100 000 invånare", "mean"),
        ("Väntetid, antal dagar", "dagar", "mean"),
        ("Lön, kr", "kr", "mean"),
        ("Meritvärde, genomsnitt (17 ämnen)", "", "mean"),
    ],
)
def test_the_unit_is_guessed_from_the_end_of_the_title(title, unit, kind):
    assert unit_and_kind(title) == (unit, kind)
