"""The clock on another day, so that tests can see the site in summer, at new year or on an election day.

It needs time-machine, which only bin/setup dev installs; nothing here runs unless MODELL_NOW is set.
"""

import os
import time
from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured

SINCE = "MODELL_NOW_SINCE"


def go_on_from(now: str, zone: str) -> None:
    """Set the clock of this process, and of the processes it starts, to continue from `now` in `zone`."""
    try:
        then = datetime.fromisoformat(now)
    except ValueError as error:
        raise ImproperlyConfigured(f"MODELL_NOW is {now!r}; set it to a day and hour as 2027-03-28T02:30.") from error
    try:
        import time_machine
    except ImportError as error:
        raise ImproperlyConfigured("MODELL_NOW needs time-machine: run bin/setup dev, or remove it.") from error
    # The environment hands the start on, so that a worker started later has the same clock as the first process.
    really = machines_own()
    gone = really - float(os.environ.setdefault(SINCE, str(really)))
    began = then if then.tzinfo else then.replace(tzinfo=ZoneInfo(zone))
    time_machine.travel(began.timestamp() + gone).start()


def machines_own() -> float:
    """Return the real time of the machine, also while another clock is set."""
    from time_machine import escape_hatch

    return escape_hatch.time.time() if escape_hatch.is_travelling() else time.time()
