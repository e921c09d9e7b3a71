"""One language: a dot is an organisation, a dumbbell is movement, a chevron row is the result chain, a bar is time.

Values come in; no mean is computed here. Templates write `{{ picture }}` (screen) or `{{ picture.for_print }}` (PDF).
"""

from .base import Cell, Picture, Table
from .chevrons import ChainStage, Chevrons
from .dumbbell import Dumbbell, DumbbellRow
from .map import Spot, SwedenMap
from .scale import Step
from .strip import Neighbour, Spread, Strip, StripRow
from .timeline import Mark, Timeline
from .timetable import Activity, Event, Span, Timetable

__all__ = [
    "Activity",
    "Cell",
    "ChainStage",
    "Chevrons",
    "Dumbbell",
    "DumbbellRow",
    "Event",
    "Mark",
    "Neighbour",
    "Picture",
    "Span",
    "Spot",
    "Spread",
    "Step",
    "Strip",
    "StripRow",
    "SwedenMap",
    "Table",
    "Timeline",
    "Timetable",
]
