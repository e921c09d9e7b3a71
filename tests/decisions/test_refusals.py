"""Which days a political decision may have."""

from datetime import date, timedelta

import pytest
import time_machine

from decisions.actions import record_decision
from decisions.enums import DecisionKind
from tests.refusing import refused

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 20)
FORTY_YEARS = timedelta(days=365 * 40)


def decide(cast, decided_on):
    fields = {"body": "Kommunfullmäktige", "paragraph": "45", "diary_number": "", "text": "", "cemr": False}
    kind = DecisionKind.values[0]
    with time_machine.travel(TODAY):
        return record_decision(participation=cast.own, kind=kind, decided_on=decided_on, by=cast.anna, **fields)


@pytest.mark.parametrize("decided_on", [TODAY, TODAY - FORTY_YEARS])
def test_taken(cast, decided_on):
    assert decide(cast, decided_on).decided_on == decided_on


def test_not_tomorrow(cast):
    with refused("Datumet ligger i framtiden."):
        decide(cast, TODAY + timedelta(days=1))


def test_not_forty_years_and_a_day_ago(cast):
    with refused("Kontrollera året."):
        decide(cast, TODAY - FORTY_YEARS - timedelta(days=1))
