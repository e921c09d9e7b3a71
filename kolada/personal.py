"""What is held about a person here, and for how long (kit/holding.py)."""

from kit.holding import Held
from kolada.models import Fetch, KeyFigure, OfficialValue, Revision, StarterFigure

HELD = {Fetch: Held(shows=("ordered_at", "state"), called="hämtningar från Kolada", made=("ordered_by",))}
NOTHING = dict.fromkeys((KeyFigure, OfficialValue, Revision, StarterFigure), "official statistics about places")
