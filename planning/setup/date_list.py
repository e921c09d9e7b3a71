"""An omgång's meetings and periods in order of date, each with its deadlines and warnings."""

from dataclasses import dataclass
from datetime import date, timedelta

from cohorts.models import Cohort
from kit.templatetags.swedish import day_span
from meetings.models import Meeting, Period
from planning.setup.moving import due_sentences
from planning.setup.plan import Plan, plan_of
from planning.setup.warnings import by_meeting, still_ahead, warnings


@dataclass(frozen=True)
class DateLine:
    """A meeting or a period; `warned` are the warnings that stand beside it."""

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
    """`warned` are the warnings about the whole omgång; `n_warned` counts all warnings."""

    lines: list[DateLine]
    plan: Plan
    warned: list[str]
    n_warned: int

    @property
    def has_coming(self) -> bool:
        return any(line.meeting and not line.is_past and not line.meeting.is_cancelled for line in self.lines)


def dates_of(cohort: Cohort, today: date) -> Dates:
    meetings = list(cohort.meetings.select_related("group", "hangs_on"))
    periods = list(cohort.periods.select_related("after", "before"))
    for period in periods:
        period.cohort = cohort
    plan = plan_of(cohort, meetings, periods=periods)
    ahead = still_ahead(warnings(plan), plan, today)
    beside = by_meeting(ahead)
    lines = [_meeting(meeting, beside, today) for meeting in meetings]
    lines += [_period(period, today) for period in periods]
    # On the same day a period comes after the meetings, since it begins when they are over.
    lines.sort(key=lambda line: (line.first, line.period is not None, line.last))
    return Dates(lines, plan, beside.get("", []), len(ahead))


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
    # The meetings around a period may have changed places, and then it has no days.
    backwards = period.ends_on < period.starts_on
    return DateLine(
        first=period.starts_on,
        last=max(period.ends_on, period.starts_on),
        period=period,
        warned=("Perioden slutar innan den börjar. Välj andra träffar för den.",) if backwards else (),
        is_past=period.ends_on < today,
    )
