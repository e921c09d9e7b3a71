"""What tasks, readiness and reminders are derived from, read in as few queries for one person as for 310 organisations.

Nothing of it is stored anywhere else: whoever holds a function has its tasks, and a hand-over loses none.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TypeVar

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from accounts.models import User
from checklist.models import Assessment, Query, Rater, Reopening
from cohorts.enums import Function, MentorModel
from cohorts.models import Delegate, GroupMentor, MentorAgreement, MentorOffer, MentorQuestion, Participation
from cohorts.roles import Mentored
from meetings.enums import MaterialKind, Rsvp
from meetings.models import Agreement, Attendance, HostTask, Material, Meeting, Period, Preparation, PreparationTick
from meetings.whom import is_expected

Row = TypeVar("Row")
# What was at a meeting longer ago than this has no tasks left, and is not read.
LOOKS_BACK = timedelta(days=60)


@dataclass(frozen=True)
class Answer:
    """What a representant has said of coming, and to which of the meeting's days."""

    to: int
    answer: str


@dataclass(frozen=True)
class Asked:
    """A self-assessment, and what is asked about it: by SKR, and of the one person whose page it is."""

    assessment: Assessment
    n_queries: int
    reopening: bool
    waits_for_me: bool


@dataclass(frozen=True)
class Marks:
    """What people have done, as bare keys: hundreds of organisations have many thousand."""

    answers: Mapping[tuple[int, int], Answer]
    came: Mapping[tuple[int, int], bool]
    ticks: frozenset[tuple[int, int]]
    presented: frozenset[tuple[int, int]]
    agreed: frozenset[int]
    mentorships: Mapping[int, tuple[Mentored, ...]]
    asked_to_mentor: Mapping[int, tuple[tuple[int, str], ...]]
    host_tasks: Mapping[tuple[int, str], int]
    recorded: frozenset[int]


@dataclass(frozen=True)
class Facts:
    """`delegates` are those who hold a seat today, by organisation; `assessments` those of whole and of parts."""

    today: date
    participations: tuple[Participation, ...]
    delegates: Mapping[int, list[Delegate]]
    meetings: Mapping[int, list[Meeting]]
    preparations: Mapping[int, list[Preparation]]
    agreements: tuple[Agreement, ...]
    assessments: Mapping[int, list[Asked]]
    reporting: Mapping[int, Period]
    marks: Marks

    @cached_property
    def by_meeting(self) -> Mapping[tuple[int, int], Assessment]:
        """Whole organisations' own, by organisation and meeting."""
        rows = (one.assessment for found in self.assessments.values() for one in found)
        return {(one.participation_id, one.meeting_id): one for one in rows if one.meeting_id and one.part_id is None}

    def expected(self, participation: Participation) -> list[Meeting]:
        """The meetings that the organisation is to be at, in time's order."""
        mentorships = self.marks.mentorships.get(participation.pk, ())
        found = self.meetings.get(participation.cohort_id, [])
        return [meeting for meeting in found if is_expected(participation, meeting, mentorships)]

    def answer(self, meeting: Meeting, delegate: Delegate) -> str:
        """The answer to the day as it stands; one given before the meeting was moved is none."""
        given = self.marks.answers.get((meeting.pk, delegate.pk))
        return given.answer if given and given.to == meeting.sequence else ""

    def declined(self, meeting: Meeting, delegates: Iterable[Delegate]) -> frozenset[int]:
        return frozenset(one.pk for one in delegates if self.answer(meeting, one) == Rsvp.NO)


def read_facts(
    participations: QuerySet[Participation], today: date, *, user: User | None = None, only: Meeting | None = None
) -> Facts:
    """With `user`, which of the assessments wait for that person's own rating; `only` one meeting where it is given."""
    rows = tuple(participations.select_related("cohort__contact", "organisation", "report"))
    pks, cohorts = [row.pk for row in rows], {row.cohort_id for row in rows}
    meetings = Meeting.objects.filter(cohort__in=cohorts, cancelled_on=None)
    if only:
        meetings = meetings.filter(pk=only.pk)
    recent = meetings.filter(ends_on__gte=today - LOOKS_BACK)
    current = Delegate.objects.current(today).filter(participation__in=pks).select_related("user")
    theirs = Q(owner__participation__in=pks) | Q(owner=None, participation__in=pks)
    agreements = Agreement.objects.filter(theirs, done_on=None, meeting__cancelled_on=None)
    periods = Period.objects.filter(cohort__in=cohorts, is_reporting=True).select_related("before", "after", "cohort")
    return Facts(
        today=today,
        participations=rows,
        delegates=_by(sorted(current, key=_by_function), "participation_id"),
        meetings={only.cohort_id: [only]} if only else _by(meetings.select_related("cohort", "group"), "cohort_id"),
        preparations=_by(Preparation.objects.filter(meeting__in=recent), "meeting_id"),
        agreements=tuple(agreements.select_related("meeting__cohort", "owner")),
        assessments=_assessments(pks, user),
        reporting={period.cohort_id: period for period in periods},
        marks=_marks(pks, recent, today),
    )


def _by_function(delegate: Delegate) -> tuple[int, bool, str, int]:
    return Function.values.index(delegate.function), delegate.deputy, delegate.user.name.casefold(), delegate.pk


def _by(rows: Iterable[Row], field: str) -> Mapping[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[getattr(row, field)].append(row)
    return dict(found)


def _assessments(pks: list[int], user: User | None) -> Mapping[int, list[Asked]]:
    """With how many questions wait, whether SKR asks to open it, and whether the person is asked to rate alone."""
    unanswered = Query.objects.filter(assessment=OuterRef("pk"), answered_at=None).order_by().values("assessment")
    asked = Rater.objects.filter(round__assessment=OuterRef("pk"), round__closed_at=None, done_at=None, user=user)
    rows = (
        Assessment.objects.filter(participation__in=pks)
        .with_progress()
        .annotate(
            n_queries=Coalesce(Subquery(unanswered.annotate(n=Count("pk")).values("n")), 0),
            reopening=Exists(Reopening.objects.filter(assessment=OuterRef("pk"), consented=None)),
            waits_for_me=Exists(asked) if user else Value(False, output_field=BooleanField()),
        )
        .select_related("meeting", "part")
    )
    found: dict[int, list[Asked]] = defaultdict(list)
    for row in rows.order_by("pk"):
        found[row.participation_id].append(Asked(row, row.n_queries, row.reopening, row.waits_for_me))
    return dict(found)


def _unanswered(pks: list[int], today: date) -> QuerySet[MentorQuestion]:
    """For omgångar that still run and have mentors; one that has come with since has answered by that."""
    answers = MentorOffer.objects.filter(participation=OuterRef("participation"), said_on__gte=OuterRef("asked_on"))
    there = Participation.objects.filter(
        cohort=OuterRef("cohort"), organisation=OuterRef("participation__organisation")
    )
    asked = MentorQuestion.objects.filter(participation__in=pks, cohort__ends_on__gte=today)
    return asked.exclude(cohort__mentor_model=MentorModel.NONE).exclude(Exists(answers) | Exists(there))


def _marks(pks: list[int], recent: QuerySet[Meeting], today: date) -> Marks:
    """One query for all that is only a key: nine small ones would be read on every page."""
    answers = Attendance.objects.filter(delegate__participation__in=pks, meeting__in=recent)
    came = Case(When(attended=True, then=1), default=0, output_field=IntegerField())
    ticks = PreparationTick.objects.filter(delegate__participation__in=pks, preparation__meeting__in=recent)
    presented = Material.objects.filter(kind=MaterialKind.PRESENTATION, participation__in=pks, meeting__in=recent)
    host_tasks = HostTask.objects.filter(done_on=None, meeting__in=recent, meeting__host__in=pks)
    recorded = recent.filter(Exists(Attendance.objects.filter(meeting=OuterRef("pk"), attended__isnull=False)))
    parts = (
        _keys("answer", answers.exclude(answer=""), "meeting_id", "delegate_id", F("answered_to"), F("answer")),
        _keys("came", answers.filter(attended__isnull=False), "meeting_id", "delegate_id", came),
        _keys("tick", ticks, "preparation_id", "delegate_id"),
        _keys("presented", presented, "meeting_id", "participation_id"),
        _keys("agreed", MentorAgreement.objects.filter(participation__in=pks), "participation_id", "participation_id"),
        _keys(
            "mentors",
            GroupMentor.objects.filter(participation__in=pks),
            "participation_id",
            "group_id",
            F("position"),
            F("theme"),
        ),
        _keys(
            "asked",
            _unanswered(pks, today),
            "participation_id",
            "cohort_id",
            text=F("cohort__name"),
        ),
        _keys("host", host_tasks, "meeting_id", "pk", Value(0), F("phase")),
        _keys("recorded", recorded, "pk", "pk"),
    )
    first, *others = parts
    found: dict[str, list[tuple[int, int, int, str]]] = defaultdict(list)
    for what, *row in first.union(*others, all=True):
        found[what].append(tuple(row))
    return _sorted_out(found)


def _keys(
    what: str, rows: QuerySet, one: str, other: str, number: object = Value(0), text: object = Value("")
) -> QuerySet:
    columns = {
        "what_": Value(what, output_field=CharField()),
        "one_": F(one),
        "other_": F(other),
        "number_": number,
        "text_": text,
    }
    return rows.order_by().annotate(**columns).values_list(*columns)


def _sorted_out(found: Mapping[str, list[tuple[int, int, int, str]]]) -> Marks:
    def pairs(what: str) -> frozenset[tuple[int, int]]:
        return frozenset((one, other) for one, other, _, _ in found.get(what, []))

    mentorships: dict[int, tuple[Mentored, ...]] = defaultdict(tuple)
    for mentor, group, _, theme in sorted(found.get("mentors", []), key=lambda row: row[2]):
        mentorships[mentor] += (Mentored(group, theme),)
    asked: dict[int, tuple[tuple[int, str], ...]] = defaultdict(tuple)
    for one, cohort, _, name in sorted(found.get("asked", [])):
        asked[one] += ((cohort, name),)
    host_tasks: dict[tuple[int, str], int] = defaultdict(int)
    for meeting, _, _, phase in found.get("host", []):
        host_tasks[meeting, phase] += 1
    return Marks(
        answers={(meeting, who): Answer(to, text) for meeting, who, to, text in found.get("answer", [])},
        came={(meeting, who): bool(came) for meeting, who, came, _ in found.get("came", [])},
        ticks=pairs("tick"),
        presented=pairs("presented"),
        agreed=frozenset(one for one, _ in pairs("agreed")),
        mentorships=dict(mentorships),
        asked_to_mentor=dict(asked),
        host_tasks=dict(host_tasks),
        recorded=frozenset(one for one, _ in pairs("recorded")),
    )
