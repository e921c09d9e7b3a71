"""What stands beside an organisation's official value."""

from fractions import Fraction

import pytest

from kolada.comparing import SIMILAR, PlacesMean, compare, similar_to
from kolada.models import KeyFigure, OfficialValue
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def figure():
    return KeyFigure.objects.get(code="N00905")


def give(figure, place, women, men, year=2024, **more):
    OfficialValue.objects.create(key_figure=figure, place=place, year=year, women=women, men=men, **more)


def test_the_seven_of_the_same_kind_nearest_in_population():
    near = similar_to("1480")
    assert len(near) == SIMILAR
    assert "1480" not in near
    assert all(not place.startswith("00") for place in near)
    assert all(place.startswith("00") for place in similar_to("0025"))


def test_gotland_is_a_kommun_among_kommuner_and_a_region_among_regioner():
    assert all(not place.startswith("00") for place in similar_to("0980"))
    assert all(place.startswith("00") for place in similar_to("0009"))


def test_invented_organisations_have_invented_ones_beside_them():
    for number in range(9):
        OrganisationFactory(code=f"97{number}0", population=1000 * (number + 1))
    assert list(similar_to("9700")) == [f"97{number}0" for number in range(1, 8)]
    assert not {place for place in similar_to("1480") if place.startswith("97")}


def test_nearest_comes_first_and_the_code_decides_where_two_are_as_near():
    for code, population in (("9700", 1000), ("9710", 900), ("9720", 1100), ("9730", 1001)):
        OrganisationFactory(code=code, population=population)
    assert list(similar_to("9700")) == ["9730", "9710", "9720"]


def test_an_organisation_without_population_has_none_beside_it(figure):
    OrganisationFactory(code="9700", population=None)
    assert compare(figure=figure, place="9700", year=2024).similar == PlacesMean(None, None, 0, 0)
    assert similar_to("7777") == {}


def test_means_are_exact_and_of_those_with_both(figure):
    for number in range(4):
        OrganisationFactory(code=f"97{number}0", population=1000 + number, name=f"Provby {number}")
    give(figure, "9710", "0.1", "0.3")
    give(figure, "9720", "0.2", "0")
    give(figure, "9730", "5", "")
    give(figure, "9710", "99", "99", year=2023)
    beside = compare(figure=figure, place="9700", year=2024, group=["9720", "9730", "9799"])
    assert beside.similar == PlacesMean(Fraction(3, 20), Fraction(3, 20), 2, 3)
    assert beside.similar.gap == 0
    assert beside.names == ("Provby 1", "Provby 2")
    assert beside.group == PlacesMean(Fraction(1, 5), Fraction(0), 1, 3)
    assert beside.group.gap == Fraction(1, 5)
    assert beside.country is None


def test_the_country_as_kolada_gives_it(figure, django_assert_num_queries):
    give(figure, "0000", "1.5", "", total="2")
    with django_assert_num_queries(2):
        beside = compare(figure=figure, place="1480", year=2024)
    assert (beside.country.women, beside.country.men, beside.country.total) == (Fraction(3, 2), None, Fraction(2))
    assert beside.country.gap is None
    assert beside.invented is False


def test_what_is_made_up_says_so(figure):
    OrganisationFactory(code="9700", population=1000)
    OrganisationFactory(code="9710", population=1000)
    give(figure, "9710", "1", "2", invented=True)
    assert compare(figure=figure, place="9700", year=2024).invented is True
