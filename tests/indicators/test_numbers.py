"""Numbers as a reader sees them: no more decimals than they need."""

from decimal import Decimal
from fractions import Fraction

import pytest

from indicators.numbers import figure


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        (None, "–"),
        (Decimal(4), "4"),
        (Decimal("4.04"), "4"),
        (Decimal("4.25"), "4,3"),
        (Decimal("0.4"), "0,4"),
        (Decimal("0.45"), "0,45"),
        (Decimal("-0.4"), "−0,4"),
        (Decimal("400000"), "400\u00a0000"),
        (Fraction(1, 3), "0,33"),
    ],
)
def test_figure(number, printed):
    assert figure(number) == printed
