"""An omgång's tidplan, its meetings and periods in one picture, for screen, letter and print."""

from collections import defaultdict
from datetime import date

from cohorts.models import Cohort
from kit.pictures import Activity, Event, Span, Timetable
from meetings.kinds import MeetingKind
from meetings.models import Meeting, Period

REPORT = "Resultatrapport"


def timetable_of(cohort: Cohort, today: date | None = None) -> Timetable | None:
    """Return None if there is nothing to draw; without `today`, as in a letter, every event is still to come."""
    meetings = list(cohort.meetings.taking_place().select_related("group"))
    periods = list(cohort.periods.select_related("before", "after"))
    for period in periods:
        period.cohort = cohort
    activities = (*_meetings(meetings), *_periods(periods))
    if not activities:
        return None
    first = min([cohort.starts_on, *(meeting.starts_on for meeting in meetings)])
    last = max([cohort.ends_on, *(meeting.ends_on for meeting in meetings)])
    title = f"Tidplan för {cohort}"
    return Timetable(key="tidplan", title=title, start=first, end=last, activities=activities, today=today)


def headline(timetable: Timetable | None) -> str:
    if timetable is None or not timetable.events:
        return "Inga träffar är planerade än."
    coming = timetable.next_event
    if coming is None:
        return "Alla träffar är genomförda."
    begun = timetable.today is not None and coming.starts_on <= timetable.today
    return f"{'Nu pågår' if begun else 'Härnäst kommer'} {coming.name}, {coming.when}."


def _meetings(meetings: list[Meeting]) -> list[Activity]:
    kinds = MeetingKind.in_timetable()
    lines = [(kind, [meeting for meeting in meetings if meeting.kind == kind]) for kind in kinds]
    return [Activity(str(kind.label), events=tuple(map(_event, of_kind))) for kind, of_kind in lines if of_kind]


def _event(meeting: Meeting) -> Event:
    about = ", ".join(part for part in (meeting.group.name if meeting.group else "", meeting.theme) if part)
    return Event(meeting.starts_on, meeting.ends_on, meeting.name, about)


def _periods(periods: list[Period]) -> list[Activity]:
    # Periods with the same name share a line, and a period that has no days is left out.
    lines: dict[str, list[Period]] = defaultdict(list)
    for period in sorted(periods, key=lambda period: period.is_reporting):
        if period.starts_on <= period.ends_on:
            lines[REPORT if period.is_reporting else period.name].append(period)
    return [
        Activity(
            name,
            events=tuple(
                Event(period.due_on, period.due_on, "Resultatrapporten lämnas in")
                for period in namesakes
                if period.is_reporting
            ),
            spans=tuple(Span(period.starts_on, period.ends_on, period.name) for period in namesakes),
        )
        for name, namesakes in lines.items()
    ]
