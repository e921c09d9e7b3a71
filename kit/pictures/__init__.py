"""The pictures: a dot is an organisation, a dumbbell is movement, chevrons are the result chain, a bar is time.

They print values and compute no means. Templates write `{{ picture }}` (screen) or `{{ picture.for_print }}` (PDF).
"""

from kit.pictures.base import Picture, PictureTable, TableCell
from kit.pictures.chevrons import ChainStage, Chevrons
from kit.pictures.dumbbell import Dumbbell, DumbbellRow
from kit.pictures.gap import GapMark, GapPicture, GapPoint, GapTarget
from kit.pictures.map import Spot, SwedenMap
from kit.pictures.people import People
from kit.pictures.scale import ScaleStep
from kit.pictures.strip import Neighbour, RangeAndMean, Strip, StripRow
from kit.pictures.timetable import Activity, Event, Span, Timetable
from kit.pictures.trend import Trend, TrendPoint, TrendRun

__all__ = [
    "Activity",
    "ChainStage",
    "Chevrons",
    "Dumbbell",
    "DumbbellRow",
    "Event",
    "GapMark",
    "GapPicture",
    "GapPoint",
    "GapTarget",
    "Neighbour",
    "People",
    "Picture",
    "PictureTable",
    "RangeAndMean",
    "ScaleStep",
    "Span",
    "Spot",
    "Strip",
    "StripRow",
    "SwedenMap",
    "TableCell",
    "Timetable",
    "Trend",
    "TrendPoint",
    "TrendRun",
]
