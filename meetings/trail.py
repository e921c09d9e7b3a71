from django.db.models import TextChoices


class MeetingEvent(TextChoices):
    """The events of meetings; the label is the sentence that the trail shows after the actor's name."""

    MEETING_SAVED = "meeting_saved", "ändrade en träff"
    MEETING_ADDED = "meeting_added", "lade till en träff"
    MEETING_MOVED = "meeting_moved", "flyttade en träff"
    MEETING_CANCELLED = "meeting_cancelled", "ställde in en träff"
    MEETING_DELETED = "meeting_deleted", "tog bort en träff"
    AGENDA_SAVED = "agenda_saved", "ändrade dagordningen"
    PREPARATIONS_SAVED = "preparations_saved", "ändrade förberedelserna"
    PREPARATION_TICKED = "preparation_ticked", "bockade av en förberedelse"
    HOST_TASK_TICKED = "host_task_ticked", "bockade av en arrangörsuppgift"
    MEETING_ANSWERED = "meeting_answered", "svarade på en inbjudan till en träff"
    ATTENDANCE_RECORDED = "attendance_recorded", "antecknade närvaron"
    MATERIAL_ADDED = "material_added", "lade till material"
    MATERIAL_REMOVED = "material_removed", "tog bort material"
    AGREEMENT_SAVED = "agreement_saved", "skrev en överenskommelse"
    AGREEMENT_DONE = "agreement_done", "markerade en överenskommelse som klar"
    AGREEMENT_REMOVED = "agreement_removed", "tog bort en överenskommelse"
    TAKEAWAY_NOTED = "takeaway_noted", "antecknade en idé att ta med"
    TAKEAWAY_REMOVED = "takeaway_removed", "tog bort en idé"
    REMINDER_SENT = "reminder_sent", "skickade en påminnelse"
    CALENDAR_KEY_CHANGED = "calendar_key_changed", "bytte adress till sin kalender"
