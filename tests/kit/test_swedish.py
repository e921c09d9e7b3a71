"""Days as Swedes write them."""

from datetime import UTC, date, datetime

import pytest

from kit.templatetags.swedish import day, short_day


@pytest.mark.parametrize(
    ("value", "written", "shortly"),
    [
        (date(2026, 11, 28), "28 november 2026", "28 nov."),
        # Half past twelve at night in Sweden.
        (datetime(2026, 11, 28, 23, 30, tzinfo=UTC), "29 november 2026", "29 nov."),
        (datetime(2026, 4, 30, 22, 30, tzinfo=UTC), "1 maj 2026", "1 maj"),
        (datetime(2026, 11, 28, 22, 59, tzinfo=UTC), "28 november 2026", "28 nov."),
        (None, "", ""),
    ],
)
def test_a_day_is_the_swedish_one(value, written, shortly):
    assert (day(value), short_day(value)) == (written, shortly)
