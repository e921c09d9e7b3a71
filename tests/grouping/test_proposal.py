"""How long a proposal is kept, so that a page that is loaded again does not solve the same problem again."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine

from grouping import proposal
from tests.factories import TODAY

NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)


@pytest.mark.parametrize(("seconds", "n_solved"), [(3599, 1), (3601, 2)])
def test_a_solution_is_kept_for_an_hour(monkeypatch, settings, seconds, n_solved):
    # Redis has a clock of its own, which does not travel.
    local = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": uuid4().hex}
    settings.CACHES = {"default": local}
    solved = []
    monkeypatch.setattr(proposal, "solve", lambda task: solved.append(task) or "solution")
    with time_machine.travel(NOON, tick=False) as traveller:
        proposal._solved("task")
        traveller.shift(timedelta(seconds=seconds))
        proposal._solved("task")
    assert len(solved) == n_solved
