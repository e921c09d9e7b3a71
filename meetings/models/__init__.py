from meetings.models.agenda import AgendaItem, HostTask, Preparation
from meetings.models.attendance import Attendance, CalendarFeed, PreparationTick
from meetings.models.meeting import Meeting
from meetings.models.outcome import Agreement, Impression, Material, Takeaway
from meetings.models.period import Period

__all__ = (
    "AgendaItem",
    "Agreement",
    "Attendance",
    "CalendarFeed",
    "HostTask",
    "Impression",
    "Material",
    "Meeting",
    "Period",
    "Preparation",
    "PreparationTick",
    "Takeaway",
)
