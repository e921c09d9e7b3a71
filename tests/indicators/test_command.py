"""`manage.py indicators`: what any reader outside the editors sees, as JSON."""

import json
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from kolada.models import KeyFigure, OfficialValue
from tests.factories import IndicatorFactory, ParticipationFactory, ValueFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def own():
    return ParticipationFactory()


def printed(own, **options):
    out = StringIO()
    call_command("indicators", own.cohort.slug, organisation=own.code, stdout=out, **options)
    return json.loads(out.getvalue())["indicators"]


def test_a_gap_that_shrank_because_those_ahead_fell_back(own):
    row = IndicatorFactory(
        participation=own, title="Väntetid", target_women=40, target_gap=Decimal("1.5"), original_source="Vårddata"
    )
    for year, women, men in ((2018, 51, 42), (2025, 51, 47)):
        ValueFactory(indicator=row, period=str(year), women=women, men=men, total=None)
    point = {"women": "51", "men": "47", "total": None, "gap": "4", "gap_percent": "8.5"}
    assert printed(own) == [
        {
            "key": "vantetid",
            "title": "Väntetid",
            "unit": "dagar",
            "direction": "lower",
            "source": "own",
            "original_source": "Vårddata",
            "series": [
                {
                    "period": "2018",
                    "women": "51",
                    "men": "42",
                    "total": None,
                    "gap": "9",
                    "gap_percent": "21.4",
                    "suppressed": [],
                    "status": None,
                },
                {"period": "2025", **point, "suppressed": [], "status": None},
            ],
            "targets": {"women": "40", "men": None, "gap": "1.5"},
            "movement": {"from": "2018", "to": "2025", "women": "0", "men": "5", "gap": "-5", "because": "ahead_fell"},
            "signals": [],
        }
    ]


def test_what_few_people_are_behind_is_named_and_not_printed(own):
    row = IndicatorFactory(participation=own, kind="count", unit="personer")
    ValueFactory(indicator=row, period="2024", women=30, men=777, total=807)
    ValueFactory(indicator=row, period="2025", women=3, men=888, total=891)
    ValueFactory(indicator=row, period="2026", women=4, men=999)
    first, second, third = printed(own)[0]["series"]
    assert first["women"] == "30"
    names = ["women", "men", "total", "gap", "gap_percent"]
    assert second["suppressed"] == names
    assert [second[name] for name in names] == [None] * 5
    assert third["suppressed"] == ["women", "total", "gap", "gap_percent"]
    assert third["men"] == "999"
    assert printed(own)[0]["movement"] is None


def test_official_values_are_never_hidden_and_say_why_one_is_missing(own):
    figure = KeyFigure.objects.create(code="N99999", title="Fall, antal", place_kind="K")
    IndicatorFactory(participation=own, kind="count", source="kolada", key_figure=figure)
    facts = {"women": "2", "men_status": "Inte publicerat"}
    OfficialValue.objects.create(key_figure=figure, place=own.code, year=2025, **facts)
    point = printed(own)[0]["series"][0]
    assert (point["women"], point["men"], point["gap"], point["status"]) == ("2", None, None, "Inte publicerat")
    assert point["suppressed"] == []


def test_one_is_named_by_its_key(own):
    IndicatorFactory(participation=own, title="Ett")
    IndicatorFactory(participation=own, title="Två")
    assert [row["title"] for row in printed(own, indicator="ett")] == ["Ett"]


@pytest.mark.parametrize("options", [{"organisation": "0000"}, {"indicator": "okand"}])
def test_what_is_not_there_is_told_in_a_line(own, options):
    with pytest.raises(CommandError, match="There is no"):
        call_command("indicators", own.cohort.slug, **{"organisation": own.code, **options})
