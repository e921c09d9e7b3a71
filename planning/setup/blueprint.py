"""The blueprint of a new omgång, made from a concept edition or from an earlier omgång.

An earlier omgång gives only how it was run, never its people, answers, places or values.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from admission.models import Letter
from checklist.models import Checklist
from cohorts.models import Cohort
from kit.staleness import content_of
from meetings.kinds import MeetingKind
from meetings.models import Meeting
from planning.enums import PeriodKind
from planning.models import Edition, EditionStep
from reports.sections import WORDS, sections_of, words_of

Row = dict[str, Any]
COHORT = ("mentor_model", "mentor_hours", "group_min", "group_max", "fee")
COUNTED = ("opens_before", "due_before", "present_before", "invite_before")
MEETING = ("name", "theme", "form", "goals", "starts_at", "ends_at", "has_presentations", *COUNTED)
PREPARATION = ("function", "text", "url", "days_before", "position")
AGENDA = ("position", "title", "minutes", "part", "whose")
# More contacts are people, who never come along.
LETTER = ("introduction", "closing", "paragraphs")
SECTION = ("key", "heading", "position", *WORDS)
MEETING_AGENDA = (*AGENDA, "text", "day", "starts_at")
HOST = ("phase", "text", "position")


@dataclass(frozen=True)
class MeetingStep:
    """`day` counts from the first day of the uppstart and may be negative; `fields` are columns of the meeting."""

    ref: str
    kind: MeetingKind
    day: int
    days: int
    prepares: str
    fields: Row
    preparations: tuple[Row, ...]
    agenda: tuple[Row, ...]
    host_tasks: tuple[Row, ...]


@dataclass(frozen=True)
class PeriodStep:
    name: str
    goals: str
    after: str
    before: str
    is_reporting: bool
    due_before: int


@dataclass(frozen=True)
class Blueprint:
    """`days` is the length of the omgång from the first day of its uppstart, or None if `months` gives it."""

    name: str
    cohort: Row
    checklist: Checklist | None
    plan: Row
    months: int
    days: int | None
    meetings: tuple[MeetingStep, ...]
    periods: tuple[PeriodStep, ...]
    results: tuple[Row, ...]
    sections: tuple[Row, ...]
    chapters: tuple[Row, ...]
    letter: Row = field(default_factory=dict)
    edition: Edition | None = None
    copied_from: Cohort | None = None


def of_edition(edition: Edition) -> Blueprint:
    steps = list(edition.steps.select_related("prepares").prefetch_related("preparations", "agenda"))
    meetings = [step for step in steps if not step.is_period]
    zero = _zero([(MeetingKind(step.kind), step.start_day) for step in meetings])
    host_tasks = tuple(content_of(task, *HOST) for task in edition.host_tasks.all())
    return Blueprint(
        name=edition.name,
        cohort=content_of(edition, *COHORT),
        checklist=edition.checklist,
        plan={"half_steps": edition.half_steps},
        months=edition.duration_months,
        days=None,
        meetings=tuple(_step(step, zero, host_tasks) for step in meetings),
        periods=tuple(_period(steps, at) for at, step in enumerate(steps) if step.is_period),
        results=tuple(content_of(row, "key", "text", "kind", "position") for row in edition.results.all()),
        chapters=tuple(content_of(row, "key", "heading", "kind", "position") for row in edition.chapters.all()),
        sections=tuple(content_of(row, *SECTION) for row in edition.sections.all()),
        edition=edition,
    )


def _zero(days: list[tuple[MeetingKind, int]]) -> int:
    """Return the day of the uppstart, or of the first meeting if there is no uppstart."""
    kickoffs = [day for kind, day in days if kind.facts.is_opening]
    return min(kickoffs or [day for _, day in days] or [0])


def _step(step: EditionStep, zero: int, host_tasks: tuple[Row, ...]) -> MeetingStep:
    return MeetingStep(
        ref=str(step.pk),
        kind=MeetingKind(step.kind),
        day=step.start_day - zero,
        days=step.days,
        prepares=str(step.prepares_id or ""),
        fields=content_of(step, *MEETING),
        preparations=tuple(content_of(row, *PREPARATION) for row in step.preparations.all()),
        agenda=tuple(content_of(row, *AGENDA) for row in step.agenda.all()),
        host_tasks=host_tasks,
    )


def _period(steps: list[EditionStep], at: int) -> PeriodStep:
    step = steps[at]
    # Only main meetings end a period: a strategträff in the middle of home work does not divide it.
    before = [str(other.pk) for other in steps[:at] if _is_main(other)]
    after = [str(other.pk) for other in steps[at + 1 :] if _is_main(other)]
    return PeriodStep(
        name=step.name,
        goals=step.goals,
        after=before[-1] if before else "",
        before=after[0] if after else "",
        is_reporting=step.kind == PeriodKind.REPORTING,
        due_before=step.due_before if step.kind == PeriodKind.REPORTING else 0,
    )


def _is_main(step: EditionStep) -> bool:
    return not step.is_period and MeetingKind(step.kind).facts.is_main


def of_cohort(cohort: Cohort) -> Blueprint:
    rows = cohort.meetings.select_related("hangs_on").prefetch_related("preparations", "agenda", "host_tasks")
    # The new omgång has no groups yet, so meetings that each group had become one for all.
    meetings = _one_for_all(list(rows))
    zero = min((m.starts_on for m in meetings if MeetingKind(m.kind).facts.is_opening), default=None)
    zero = zero or min((m.starts_on for m in meetings), default=cohort.starts_on)
    plan = getattr(cohort, "plan", None)
    letter = Letter.objects.filter(cohort=cohort).first()
    return Blueprint(
        name=cohort.name,
        cohort=content_of(cohort, *COHORT),
        checklist=plan.checklist if plan else None,
        plan=content_of(plan, "half_steps", "part_checklist", "title_rule") if plan else {},
        months=0,
        days=((cohort.extended_from or cohort.ends_on) - zero).days,
        meetings=tuple(_meeting(meeting, zero, _refs(meetings)) for meeting in meetings),
        periods=tuple(
            PeriodStep(
                name=row.name,
                goals=row.goals,
                after=_ref(row.after, meetings),
                before=_ref(row.before, meetings),
                is_reporting=row.is_reporting,
                due_before=row.due_before,
            )
            for row in cohort.periods.select_related("after", "before")
        ),
        results=tuple(content_of(row, "key", "text", "kind", "position") for row in cohort.expected_results.all()),
        sections=tuple(
            {"key": heading.key, "heading": heading.text, "position": at, **words_of(heading)}
            for at, heading in enumerate(sections_of(cohort))
        ),
        chapters=tuple(content_of(row, "key", "heading", "kind", "position") for row in cohort.chapters.all()),
        letter=content_of(letter, *LETTER) if letter else {},
        copied_from=cohort,
    )


def _one_for_all(meetings: list[Meeting]) -> list[Meeting]:
    """Return the first meeting of every kind and number, without those that are cancelled."""
    first: dict[tuple[str, int], Meeting] = {}
    for meeting in meetings:
        first.setdefault((meeting.kind, meeting.number), meeting)
    return [meeting for meeting in first.values() if not meeting.is_cancelled]


def _refs(meetings: list[Meeting]) -> dict[tuple[str, int], str]:
    return {(meeting.kind, meeting.number): meeting.key for meeting in meetings}


def _ref(meeting: Meeting | None, meetings: list[Meeting]) -> str:
    return _refs(meetings).get((meeting.kind, meeting.number), "") if meeting else ""


def _meeting(meeting: Meeting, zero: date, refs: dict[tuple[str, int], str]) -> MeetingStep:
    target = meeting.hangs_on
    return MeetingStep(
        ref=meeting.key,
        kind=MeetingKind(meeting.kind),
        day=(meeting.starts_on - zero).days,
        days=(meeting.ends_on - meeting.starts_on).days + 1,
        prepares=refs.get((target.kind, target.number), "") if target else "",
        fields=content_of(meeting, *MEETING),
        preparations=tuple(content_of(row, *PREPARATION) for row in meeting.preparations.all()),
        agenda=tuple(content_of(row, *MEETING_AGENDA) for row in meeting.agenda.all()),
        host_tasks=tuple(content_of(row, *HOST) for row in meeting.host_tasks.all()),
    )
