"""What people write when they know a year, a month or a day."""

from datetime import date

import pytest

from kit.when import When, is_real, when

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2026", When(2026)),
        (" 2026. ", When(2026)),
        ("mars 2026", When(2026, 3)),
        ("Mar. 2026", When(2026, 3)),
        ("2026-03", When(2026, 3)),
        ("2026-3-4", When(2026, 3, 4)),
        ("14 mars 2026", When(2026, 3, 14)),
        ("den 14:e mars 2026", When(2026, 3, 14)),
        ("14/3 2026", When(2026, 3, 14)),
        ("29 februari 2028", When(2028, 2, 29)),
        ("2000", When(2000)),
        ("2100", When(2100)),
    ],
)
def test_reads(text, read):
    assert when(text) == read


@pytest.mark.parametrize(
    "text",
    ["", "i våras", "26", "1999", "2101", "2026-13", "2026-00", "2026-03-00", "29 februari 2026", "31 april 2026",
     "vår 2026", "mars", "9" * 400, "14/3/2026"],
)  # fmt: skip
def test_refuses(text):
    assert when(text) is None


def test_prints_as_swedes_write():
    assert [str(When(*parts)) for parts in ((2026,), (2026, 3), (2026, 3, 14))] == ["2026", "mars 2026", "14 mars 2026"]
    assert [When(*parts).iso for parts in ((2026,), (2026, 3), (2026, 3, 4))] == ["2026", "2026-03", "2026-03-04"]


def test_stands_in_a_sentence():
    spoken = [When(*parts).in_a_sentence for parts in ((2026,), (2026, 3), (2026, 3, 14))]
    assert spoken == ["2026", "i mars 2026", "den 14 mars 2026"]


def test_ends_with_its_last_day():
    assert [When(*parts).last for parts in ((2026,), (2028, 2), (2026, 3, 14))] == [
        date(2026, 12, 31),
        date(2028, 2, 29),
        date(2026, 3, 14),
    ]


def test_a_day_has_a_month():
    assert not is_real(2026, None, 4)
    assert is_real(2026, None, None)
