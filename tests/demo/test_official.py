"""Official values of invented organisations: the same every time, whole, and never the country's."""

from datetime import date
from decimal import Decimal

import pytest

from cohorts.models import Organisation
from cohorts.register import load_register
from demo.official import LEVELS, YEARS, add_official
from kolada.models import OfficialValue, StarterFigure
from kolada.places import COUNTRY, place_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 30)


@pytest.fixture(autouse=True)
def register(settings):
    Organisation.objects.filter(invented=True).delete()
    load_register(Organisation, settings.DATA_DIR / "organisations-demo.csv", invented=True)


def rows():
    return list(OfficialValue.objects.values_list("key_figure__code", "place", "year", "women", "men", "total"))


def test_every_starter_has_a_level():
    assert set(LEVELS) == set(StarterFigure.objects.values_list("key_figure__code", flat=True))


def test_values_are_the_same_every_time_and_only_of_the_invented():
    add_official(today=TODAY)
    first = rows()
    invented = {place_of(code) for code in Organisation.objects.filter(invented=True).values_list("code", flat=True)}
    assert {row[1] for row in first} <= invented
    assert COUNTRY not in {row[1] for row in first}
    assert {row[2] for row in first} == set(range(2026 - YEARS, 2026))
    assert not OfficialValue.objects.filter(invented=False).exists()
    add_official(today=TODAY)
    assert rows() == first
    OfficialValue.objects.all().delete()
    add_official(today=TODAY)
    assert rows() == first


def test_values_can_be_what_they_say():
    add_official(today=TODAY)
    for value in OfficialValue.objects.select_related("key_figure"):
        numbers = [value.number(name) for name in ("women", "men", "total")]
        assert all(number is None or number > 0 for number in numbers)
        if "andel" in value.key_figure.title.lower():
            assert all(number is None or number < 100 for number in numbers)
        assert (value.gap is None) == (value.women_status == "Missing")
        if value.gap is not None:
            assert min(numbers) == min(numbers[:2]) <= numbers[2] <= max(numbers[:2])
    assert OfficialValue.objects.filter(women="").exists()
    assert Decimal(OfficialValue.objects.exclude(women="").first().women)


def test_what_is_real_is_left():
    figure = StarterFigure.objects.first().key_figure
    OfficialValue.objects.create(key_figure=figure, place="9001", year=2022, women="1")
    add_official(today=TODAY)
    assert OfficialValue.objects.get(key_figure=figure, place="9001", year=2022).women == "1"
