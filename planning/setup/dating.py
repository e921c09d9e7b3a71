"""The plan of an omgång's days, made from a blueprint and the first day of the uppstart."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils import timezone

from kit.days import months_after
from meetings.enums import MeetingForm
from planning.setup.blueprint import Blueprint, MeetingStep
from planning.setup.days import off_weekend
from planning.setup.plan import Plan, PlannedMeeting

ONE_DAY = timedelta(days=1)


def dated(
    blueprint: Blueprint, begins_on: date, *, days: Mapping[str, date] | None = None, ends_on: date | None = None
) -> Plan:
    """Return the days of the whole omgång; `days` are first days chosen by hand, by the step's ref.

    A meeting that would fall on a weekend moves to the Monday after. The omgång begins with its first meeting and lasts
    the blueprint's length from the uppstart, or until its last meeting is over if that is later.
    """
    chosen = days or {}
    meetings = tuple(_planned(step, chosen.get(step.ref) or _day(step, begins_on)) for step in blueprint.meetings)
    first = min((meeting.starts_on for meeting in meetings), default=begins_on)
    last = max((meeting.ends_on for meeting in meetings), default=first)
    return Plan(
        starts_on=first,
        ends_on=max(ends_on or _end(blueprint, begins_on), last),
        meetings=meetings,
        report_due_on=_report_due(blueprint, meetings),
    )


def _day(step: MeetingStep, begins_on: date) -> date:
    return off_weekend(begins_on + ONE_DAY * step.day, step.days) if step.day else begins_on


def _planned(step: MeetingStep, first: date) -> PlannedMeeting:
    return PlannedMeeting(
        ref=step.ref,
        name=step.fields["name"],
        kind=step.kind,
        starts_on=first,
        ends_on=first + ONE_DAY * (step.days - 1),
        form=MeetingForm(step.fields["form"]),
        starts_at=step.fields["starts_at"],
        ends_at=step.fields["ends_at"],
        theme=step.fields["theme"],
        prepares=step.prepares,
        opens_before=step.fields["opens_before"],
        due_before=step.fields["due_before"],
        presents_before=step.fields["present_before"] if step.fields["has_presentations"] else None,
    )


def _end(blueprint: Blueprint, begins_on: date) -> date:
    if blueprint.days is not None:
        return begins_on + ONE_DAY * blueprint.days
    return months_after(begins_on, blueprint.months) - ONE_DAY


def _report_due(blueprint: Blueprint, meetings: tuple[PlannedMeeting, ...]) -> date | None:
    for period in blueprint.periods:
        before = next((meeting for meeting in meetings if meeting.ref == period.before), None)
        if period.is_reporting and before:
            return before.starts_on - ONE_DAY * period.due_before
    return None


def usual_start() -> date:
    """Return the day that the form proposes: a Monday in three months' time."""
    ahead = timezone.localdate() + timedelta(weeks=13)
    return ahead - ONE_DAY * ahead.weekday()
