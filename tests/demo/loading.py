"""How the tests load the demonstration, as on a day that they say."""

from datetime import date
from io import StringIO

import time_machine
from django.core.management import call_command

TODAY = date(2026, 11, 22)


def load(today: date) -> str:
    """Return what the command printed."""
    out = StringIO()
    with time_machine.travel(f"{today}T09:00:00+01:00", tick=False):
        call_command("load_demo", stdout=out)
    return out.getvalue()
