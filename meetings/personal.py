"""What is held about a person here (kit/holding.py)."""

from kit.holding import Held
from meetings.models import (
    AgendaItem,
    Agreement,
    Attendance,
    CalendarFeed,
    HostTask,
    Impression,
    Material,
    Meeting,
    Period,
    Preparation,
    PreparationTick,
    Takeaway,
)

HELD = {
    Attendance: Held(shows=("meeting", "answer", "attended"), by=("delegate__user",)),
    PreparationTick: Held(shows=("preparation", "ticked_on"), by=("delegate__user",)),
    # The key opens the calendar for whoever has it, so that it is not shown.
    CalendarFeed: Held(shows=("user",), by=("user",), deletes=True),
    HostTask: Held(
        shows=("meeting", "text", "done_on", "done_by"),
        called="uppgifter för arrangören som du har bockat av",
        by_name=("done_by",),
    ),
    Material: Held(
        shows=("meeting", "title", "url", "added_at"), called="material som du har lagt till", made=("added_by",)
    ),
    Agreement: Held(
        shows=("meeting", "text", "due_on", "done_on"), called="det du har åtagit dig", made=("owner__user",)
    ),
    Impression: Held(shows=("meeting", "kind", "text", "written_at"), made=("written_by",)),
    Takeaway: Held(shows=("meeting", "text", "noted_at"), made=("noted_by",)),
}
NOTHING = dict.fromkeys((AgendaItem, Meeting, Period, Preparation), "the programme's own plan")
