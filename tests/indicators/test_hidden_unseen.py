"""What few people are behind is read by those alone who may change it, wherever one looks."""

import re

import pytest
from django.urls import reverse

from cohorts.models import Participation
from indicators.perms import EDIT_INDICATORS
from kit.permissions import may
from tests.access import ROLES
from tests.factories import IndicatorFactory, ValueFactory
from tests.pages import TABLE
from tests.people.test_reason_unread import written_in
from tests.world import place

pytestmark = pytest.mark.django_db
WOMEN, MEN = 7_131_713, 9_171_719
NUMBER = re.compile(rf"{WOMEN}|{MEN - WOMEN}")
# Between the digits of a number, as pages and papers write it.
SPACES = re.compile(r"(?<=\d)[\s\N{NO-BREAK SPACE}]+(?=\d)|&nbsp;")


@pytest.fixture(autouse=True)
def papers_are_read_as_html(monkeypatch) -> None:
    monkeypatch.setattr("kit.pdf.page_document", lambda html: html)
    monkeypatch.setattr("kit.pdf.write", str.encode)


@pytest.fixture
def hidden(world):
    """An indicator with three women behind its values, chosen as the measure of an improvement."""
    indicator = IndicatorFactory(participation=world.own, kind="mean", unit="kronor", shared=True, title="Bidrag")
    for year in ("2024", "2025"):
        ValueFactory(indicator=indicator, period=year, unit="kronor", women=WOMEN, men=MEN, women_denominator=3)
    world.improvement.indicators.add(indicator)
    return indicator


@pytest.mark.in_turn(3)
@pytest.mark.parametrize("role", ROLES)
def test_on_no_page_and_in_no_file_of_the_access_table(client, world, hidden, role):
    client.force_login(world.users[role])
    rows = [row for row in TABLE if not row.post and role in row.ok]
    shown_on, asked_of_it = [], {"improvements:improvement", "improvements:work", "indicators:indicators"}
    for row in rows:
        place_of_row = (hidden.pk,) if row.name.startswith("improvements:indicator") else place(world, row.where)
        response = client.get(reverse(row.name, args=place_of_row))
        shown_on += [row.id] if NUMBER.search(SPACES.sub("", written_in(response))) else []
    may_change = may(world.users[role], EDIT_INDICATORS, Participation.objects.get(pk=world.own.pk))
    assert bool(shown_on) is may_change, shown_on
    if may_change:
        assert asked_of_it <= {name.rpartition("-")[0] for name in shown_on}
