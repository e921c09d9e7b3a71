"""Elections to kommuner and regioner: every fourth year, on the second Sunday of September."""

from collections.abc import Iterable
from datetime import date, timedelta

from cohorts.models import Participation
from decisions.enums import DecisionKind
from decisions.models import PoliticalDecision

FIRST, EVERY = 2018, 4
SUNDAY = 6


def election_day(year: int) -> date:
    first = date(year, 9, 1)
    return first + timedelta(days=(SUNDAY - first.weekday()) % 7 + 7)


def election_in(year: int) -> date | None:
    return election_day(year) if year % EVERY == FIRST % EVERY else None


def last_election(today: date) -> date:
    """Return the latest election day, which may be today."""
    year = today.year - (today.year - FIRST) % EVERY
    return election_day(year) if election_day(year) <= today else election_day(year - EVERY)


def wants_reaffirming(participation: Participation, decisions: Iterable[PoliticalDecision], today: date) -> date | None:
    """Return the election after which the new leadership has not confirmed the work, or None."""
    cohort, election = participation.cohort, last_election(min(today, participation.cohort.ends_on))
    came = max(cohort.starts_on, participation.joined_on or cohort.starts_on)
    if election < came or not participation.is_active_on(today) or not cohort.is_open(today):
        return None
    confirmed = any(row.kind == DecisionKind.REAFFIRMED and row.decided_on >= election for row in decisions)
    return None if confirmed else election
