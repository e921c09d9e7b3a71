"""The omgång's days in order, meetings and periods together, each with what hangs on it and what to think of."""

from dataclasses import dataclass
from datetime import date, timedelta

from cohorts.models import Cohort
from meetings.models import Meeting, Period
from modell.templatetags.swedish import day_span
from programme.setup.moving import due_sentences
from programme.setup.plan import Plan, plan_of
from programme.setup.warnings import by_meeting, still_ahead, warnings


@dataclass(frozen=True)
class DateLine:
    """A meeting or a period; `warned` are the sentences that stand beside it."""

    first: date
    last: date
    meeting: Meeting | None = None
    period: Period | None = None
    counted: tuple[str, ...] = ()
    warned: tuple[str, ...] = ()
    is_past: bool = False

    @property
    def days(self) -> str:
        return day_span(self.first, self.last)


@dataclass(frozen=True)
class Dates:
    """`warned` are those of the whole omgång; `n_warned` counts all."""

    lines: list[DateLine]
    plan: Plan
    warned: list[str]
    n_warned: int


def dates_of(cohort: Cohort, today: date) -> Dates:
    meetings = list(cohort.meetings.select_related("group", "hangs_on"))
    periods = list(cohort.periods.select_related("after", "before"))
    for period in periods:
        period.cohort = cohort
    plan = plan_of(cohort, meetings, periods=periods)
    found = still_ahead(warnings(plan), plan, today)
    beside = by_meeting(found)
    lines = [_meeting(meeting, beside, today) for meeting in meetings]
    lines += [_period(period, today) for period in periods]
    # What begins on the same day: the longer afterwards, so that a period stands after the meeting it follows.
    lines.sort(key=lambda line: (line.first, line.period is not None, line.last))
    return Dates(lines, plan, beside.get("", []), len(found))


def _meeting(meeting: Meeting, beside: dict[str, list[str]], today: date) -> DateLine:
    return DateLine(
        first=meeting.starts_on,
        last=meeting.ends_on,
        meeting=meeting,
        counted=() if meeting.is_cancelled else tuple(due_sentences(meeting, timedelta(0))),
        warned=tuple(beside.get(meeting.key, ())),
        is_past=meeting.ends_on < today,
    )


def _period(period: Period, today: date) -> DateLine:
    """Where the meetings around it have changed places it has no days, and says so."""
    backwards = period.ends_on < period.starts_on
    return DateLine(
        first=period.starts_on,
        last=max(period.ends_on, period.starts_on),
        period=period,
        warned=("Perioden slutar innan den börjar. Välj andra träffar för den.",) if backwards else (),
        is_past=period.ends_on < today,
    )
