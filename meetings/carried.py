"""Fields of meetings, and of the periods between them, that the cohort package carries (data/FORMAT.md)."""

from cohorts.carried import CODE, FOR_FUNCTION, GROUP_KEY
from kit.carrying import (
    ADDRESS,
    LONG_TEXT,
    NO_ROWS,
    CarriedColumn,
    Field,
    Rows,
    Shape,
    a_slug,
    a_text,
    address,
    choice,
    day,
    day_or_null,
    flag,
    hour_or_null,
    limit,
    number,
    or_null,
    short,
    title,
    words,
)
from meetings.enums import AgendaPart, HostPhase, ImpressionKind, MaterialKind, MeetingForm, Whose
from meetings.kinds import MeetingKind
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
from meetings.models.meeting import DUE_BEFORE, INVITE_BEFORE, OPENS_BEFORE, PRESENT_BEFORE

MEETING_KEY = a_text(limit(Meeting, "key"))
WHOSE = Field(CODE, column="participation")
WHOSE_OR_ALL = Field(or_null(CODE), column="participation")

AGENDA_ITEM = Shape(
    {
        "day": number(1),
        "position": number(0),
        "starts_at": hour_or_null(),
        "title": title(AgendaItem, "title"),
        "minutes": number(1, 1440),
        "part": choice(AgendaPart.values),
        "whose": choice(Whose.values),
        "text": words(),
    },
    AgendaItem,
    by_place=("meeting",),
    known_by=("day", "position", "part"),
)
PREPARATION = Shape(
    {
        "function": words(FOR_FUNCTION),
        "text": title(Preparation, "text"),
        "url": address(),
        "days_before": number(0),
    },
    Preparation,
    by_place=("meeting", "position"),
    known_by=("function", "text"),
)
HOST_TASK = Shape(
    {"phase": choice(HostPhase.values), "text": title(HostTask, "text"), "done_on": day_or_null()},
    HostTask,
    by_place=("meeting", "position"),
    known_by=("phase", "text"),
)
AGREEMENT = Shape(
    {
        "organisation": WHOSE_OR_ALL,
        "function": words(FOR_FUNCTION),
        "text": title(Agreement, "text"),
        "due_on": day_or_null(),
        "done_on": day_or_null(),
    },
    Agreement,
    by_place=("meeting", "position"),
    known_by=("participation_id", "function", "text"),
)
IMPRESSION = Shape(
    {"organisation": WHOSE, "kind": choice(ImpressionKind.values), "text": title(Impression, "text")},
    Impression,
    by_place=("meeting",),
    known_by=("participation_id", "kind", "text"),
)
TAKEAWAY = Shape(
    {
        "organisation": WHOSE,
        "source": Field(CODE),
        "improvement": Field(or_null(LONG_TEXT)),
        "text": title(Takeaway, "text"),
    },
    Takeaway,
    by_place=("meeting",),
    known_by=("participation_id", "source_id", "text"),
)
LINK = Shape(
    {
        "organisation": WHOSE_OR_ALL,
        "kind": choice(MaterialKind.values),
        "title": title(Material, "title"),
        "url": CarriedColumn(ADDRESS),
    },
    Material,
    by_place=("meeting",),
    known_by=("participation_id", "kind", "title"),
)
MEETING = Shape(
    {
        "key": Field(a_slug(limit(Meeting, "key"))),
        "name": title(Meeting, "name"),
        "kind": choice(MeetingKind.values),
        "number": number(1),
        "theme": short(Meeting, "theme"),
        "starts_on": day(),
        "ends_on": day(),
        "form": choice(MeetingForm.values),
        "group": Field(or_null(GROUP_KEY)),
        "starts_at": hour_or_null(since=2),
        "ends_at": hour_or_null(since=2),
        "place": short(Meeting, "place", since=2),
        "link": address(since=2),
        "goals": words(since=2),
        "documentation": words(since=2),
        "opens_before": number(0, empty=OPENS_BEFORE, since=2),
        "due_before": number(0, empty=DUE_BEFORE, since=2),
        "present_before": number(0, empty=PRESENT_BEFORE, since=2),
        "invite_before": number(0, empty=INVITE_BEFORE, since=2),
        "has_presentations": flag(empty=False, since=2),
        "cancelled_on": day_or_null(since=2),
        "host": Field(or_null(CODE), since=2),
        "hangs_on": Field(or_null(MEETING_KEY), since=2),
        "agenda": Field(Rows(AGENDA_ITEM), NO_ROWS, since=2),
        "preparations": Field(Rows(PREPARATION), NO_ROWS, since=2),
        "host_tasks": Field(Rows(HOST_TASK), NO_ROWS, since=2),
        "agreements": Field(Rows(AGREEMENT), NO_ROWS, since=2),
        "impressions": Field(Rows(IMPRESSION), NO_ROWS, since=2),
        "takeaways": Field(Rows(TAKEAWAY), NO_ROWS, since=2),
        "links": Field(Rows(LINK), NO_ROWS, since=2),
    },
    Meeting,
    by_place=("cohort",),
)
PERIOD = Shape(
    {
        "after": Field(or_null(MEETING_KEY)),
        "before": Field(or_null(MEETING_KEY)),
        "name": title(Period, "name"),
        "goals": words(),
        "is_reporting": flag(),
        "due_before": number(0),
    },
    Period,
    by_place=("cohort", "position"),
    known_by=("name",),
)

NOT_CARRIED = {
    Attendance: "people and their answers",
    PreparationTick: "what people have ticked",
    CalendarFeed: "people",
    Meeting: {
        "sequence": "each site's own count of changes",
        "changed_at": "each site's own stamp",
        "chosen_by": "carried as the theme of a group's mentor",
    },
    HostTask: {"done_by": "a person"},
    Agreement: {"owner": "a person"},
    Impression: {"written_by": "a person", "written_at": "each site's own stamp"},
    Takeaway: {"noted_by": "a person", "noted_at": "each site's own stamp"},
    Material: {
        "file": "files",
        "size": "files",
        "media_type": "files",
        "added_at": "each site's own stamp",
        "added_by": "a person",
    },
}
