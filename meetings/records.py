"""Records of many organisations' meetings, read with as few queries for one person as for 310 organisations."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from django.db.models import Q, QuerySet

from cohorts.holders import Holder, InTurn, in_turn
from cohorts.models import Delegate, GroupMentor, Participation
from meetings.enums import MaterialKind, Rsvp
from meetings.models import Agreement, Attendance, HostTask, Material, Meeting, Preparation, PreparationTick
from meetings.whom import comes_whole, functions_asked, is_expected, mentorships_of

Row = TypeVar("Row")
# A meeting that ended longer ago has no tasks left, so its records are not read.
LOOKS_BACK = timedelta(days=60)


@dataclass(frozen=True)
class Presence:
    """A representative's answer, the sequence it was given to, and whether they came (None: not recorded)."""

    answer: str
    answered_to: int
    came: bool | None


@dataclass(frozen=True)
class MeetingRecords:
    """Meetings by omgång, preparations by meeting, and what people have done as bare keys."""

    meetings: Mapping[int, list[Meeting]]
    mentorships: Mapping[int, list[GroupMentor]]
    preparations: Mapping[int, list[Preparation]]
    agreements: tuple[Agreement, ...]
    presence: Mapping[tuple[int, int], Presence]
    ticks: frozenset[tuple[int, int]]
    presented: frozenset[tuple[int, int]]
    host_tasks: Mapping[tuple[int, str], int]
    recorded: frozenset[int]

    def expected(self, participation: Participation) -> list[Meeting]:
        mentorships = self.mentorships.get(participation.pk, [])
        meetings = self.meetings.get(participation.cohort_id, [])
        return [meeting for meeting in meetings if is_expected(participation, meeting, mentorships)]

    def answer(self, meeting: Meeting, delegate: Delegate) -> str:
        """Return the answer to the meeting as it now stands; empty if it was given before a move."""
        given = self.presence.get((meeting.pk, delegate.pk))
        return given.answer if given and given.answered_to == meeting.sequence else ""

    def declined(self, meeting: Meeting, delegates: Iterable[Delegate]) -> frozenset[int]:
        return frozenset(delegate.pk for delegate in delegates if self.answer(meeting, delegate) == Rsvp.NO)

    def asked_to(self, holder: Holder) -> list[tuple[Meeting, str | None]]:
        """Return the meetings the person is asked to, each with the names they replace, or None if it is their own."""
        return [
            (meeting, turn.instead_of if turn.delegate.deputy else None)
            for meeting in self.meetings.get(holder.participation.cohort_id, [])
            for turn in self.in_turn(holder.participation, meeting, holder.colleagues)
            if turn.delegate == holder.delegate
        ]

    def is_strategists_only(self, participation: Participation, meeting: Meeting) -> bool:
        """True if the meeting is one that other mentors support."""
        return not (participation.is_participant or comes_whole(meeting, self.mentorships.get(participation.pk, [])))

    def in_turn(self, participation: Participation, meeting: Meeting, people: Sequence[Delegate]) -> list[InTurn]:
        """Return those of the organisation's people who are asked to the meeting."""
        mentorships = self.mentorships.get(participation.pk, [])
        functions = functions_asked(participation, meeting, mentorships)
        return in_turn(people, functions, self.declined(meeting, people))


def read_meetings(
    participations: Sequence[Participation], today: date, *, only: Meeting | None = None
) -> MeetingRecords:
    """Read the records of the organisations; with `only`, those of one meeting, without its host's own."""
    pks, cohorts = [row.pk for row in participations], {row.cohort_id for row in participations}
    meetings = Meeting.objects.taking_place().filter(cohort__in=cohorts)
    if only:
        meetings = meetings.filter(pk=only.pk)
    recent = meetings.filter(ends_on__gte=today - LOOKS_BACK)
    theirs = Q(owner__participation__in=pks) | Q(owner=None, participation__in=pks)
    agreements = Agreement.objects.filter(theirs, done_on=None, meeting__cancelled_on=None)
    ticks = PreparationTick.objects.filter(delegate__participation__in=pks, preparation__meeting__in=recent)
    presented = Material.objects.filter(kind=MaterialKind.PRESENTATION, participation__in=pks, meeting__in=recent)
    host_tasks = HostTask.objects.filter(done_on=None, meeting__in=recent, meeting__host__in=pks)
    recorded = Attendance.objects.filter(meeting__in=recent, attended__isnull=False).order_by()
    return MeetingRecords(
        meetings={only.cohort_id: [only]} if only else _by(meetings.select_related("cohort", "group"), "cohort_id"),
        mentorships=mentorships_of(pks),
        preparations=_by(Preparation.objects.filter(meeting__in=recent), "meeting_id"),
        agreements=tuple(agreements.select_related("meeting__cohort", "owner")),
        presence=_presence(Attendance.objects.filter(delegate__participation__in=pks, meeting__in=recent)),
        ticks=frozenset(ticks.values_list("preparation_id", "delegate_id")),
        presented=frozenset(presented.values_list("meeting_id", "participation_id")),
        host_tasks={} if only else Counter(host_tasks.values_list("meeting_id", "phase")),
        recorded=frozenset() if only else frozenset(recorded.values_list("meeting_id", flat=True).distinct()),
    )


def _by(rows: Iterable[Row], field: str) -> Mapping[int, list[Row]]:
    grouped: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[getattr(row, field)].append(row)
    return dict(grouped)


def _presence(rows: QuerySet[Attendance]) -> Mapping[tuple[int, int], Presence]:
    # Plain columns and no model instances: hundreds of organisations have many thousand rows.
    columns = ("meeting_id", "delegate_id", "answer", "answered_to", "attended")
    return {(meeting, delegate): Presence(*said) for meeting, delegate, *said in rows.values_list(*columns)}
