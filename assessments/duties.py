"""Tasks that self-assessments give an organisation's people."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import BooleanField, Count, Exists, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.models import User
from assessments.models import Assessment, Query, Rater, Reopening
from cohorts.duty import LATE_STAYS, Matter, Task
from cohorts.enums import Function
from cohorts.holders import Holder, answers_queries, answers_requests
from cohorts.models import Participation
from kit.templatetags.swedish import in_words
from meetings.models import Meeting
from meetings.records import MeetingRecords


@dataclass(frozen=True)
class Asked:
    """A self-assessment with what SKR has asked about it, and whether it waits for the reader's own rating."""

    assessment: Assessment
    n_queries: int
    reopening: bool
    waits_for_me: bool


@dataclass(frozen=True)
class AssessmentRecords:
    """The self-assessments of organisations and of their parts, by participation id."""

    asked: Mapping[int, list[Asked]]

    def at(self, participation: Participation, meeting: Meeting) -> Assessment | None:
        """Return the whole organisation's assessment before the meeting, never a part's."""
        rows = (asked.assessment for asked in self.asked.get(participation.pk, []))
        return next((row for row in rows if row.meeting_id == meeting.pk and row.part_id is None), None)


def read_assessments(participations: Sequence[Participation], user: User | None = None) -> AssessmentRecords:
    """Read the assessments; with `user`, mark those that wait for that person's own rating."""
    # Counted by a subquery, since one more join would multiply the count of scores in `with_progress`.
    unanswered = Query.objects.filter(assessment=OuterRef("pk"), answered_at=None).order_by().values("assessment")
    raters = Rater.objects.filter(round__assessment=OuterRef("pk"), round__closed_at=None, done_at=None, user=user)
    rows = (
        Assessment.objects.filter(participation__in=[row.pk for row in participations])
        .with_progress()
        .annotate(
            n_queries=Coalesce(Subquery(unanswered.annotate(n=Count("pk")).values("n")), 0),
            reopening=Exists(Reopening.objects.filter(assessment=OuterRef("pk"), consented=None)),
            waits_for_me=Exists(raters) if user else Value(False, output_field=BooleanField()),
        )
        .select_related("meeting", "part")
    )
    asked: dict[int, list[Asked]] = defaultdict(list)
    for row in rows.order_by("pk"):
        asked[row.participation_id].append(Asked(row, row.n_queries, row.reopening, row.waits_for_me))
    return AssessmentRecords(dict(asked))


def duties(holder: Holder, records: AssessmentRecords, meetings: MeetingRecords) -> Iterator[Task]:
    yield from own_ratings(holder, records)
    yield from assessments(holder, records, meetings)
    yield from from_skr(holder, records)


def own_ratings(holder: Holder, records: AssessmentRecords) -> Iterator[Task]:
    for asked in records.asked.get(holder.participation.pk, []):
        assessment = asked.assessment
        if asked.waits_for_me and assessment.is_draft:
            yield holder.task(
                Matter.RATING,
                assessment.pk,
                f"Gör din enskilda skattning {which(assessment)}",
                "Ni skattar var för sig innan ni går igenom momenten tillsammans. Ingen annan ser vad du väljer.",
                reverse("assessments:rate_alone", args=[assessment.pk]),
            )


def which(assessment: Assessment) -> str:
    """Return which self-assessment it is, in words: inför Lärandeträff 1, Socialnämnden."""
    about = f"inför {assessment.meeting}" if assessment.meeting else "utanför träffarna"
    return f"{about}, {assessment.part}" if assessment.part else about


def assessments(holder: Holder, records: AssessmentRecords, meetings: MeetingRecords) -> Iterator[Task]:
    if not (holder.participation.is_participant and holder.answers_for(Function.STRATEGIST)):
        return
    for meeting in meetings.expected(holder.participation):
        if meeting.is_assessed and meeting.assessment_opens_on <= holder.today <= meeting.ends_on + LATE_STAYS:
            yield _assessment(holder, meeting, records.at(holder.participation, meeting))


def _assessment(holder: Holder, meeting: Meeting, begun: Assessment | None) -> Task:
    verb = "Gör klart" if begun else "Börja med"
    return holder.task(
        Matter.ASSESSMENT,
        meeting.pk,
        f"{'Lämna in' if begun and begun.is_submitted else verb} självskattningen inför {meeting}",
        f"Du är {holder.whose} och lämnar in den.",
        begun.get_absolute_url() if begun else reverse("assessments:own", args=holder.place),
        due_on=meeting.assessment_due_on,
        done=begun is not None and begun.is_submitted,
        meeting_id=meeting.pk,
    )


def from_skr(holder: Holder, records: AssessmentRecords) -> Iterator[Task]:
    for asked in records.asked.get(holder.participation.pk, []):
        assessment = asked.assessment
        if asked.n_queries and answers_queries(holder) and assessment.is_submitted:
            number = "en fråga" if asked.n_queries == 1 else f"{in_words(asked.n_queries)} frågor"
            yield holder.task(
                Matter.QUERY,
                assessment.pk,
                f"Svara på {number} från SKR om självskattningen",
                f"SKR undrar över er självskattning{_before(assessment.meeting)}.",
                assessment.get_absolute_url(),
            )
        if asked.reopening and answers_requests(holder):
            yield holder.task(
                Matter.REOPENING,
                assessment.pk,
                "Svara på om självskattningen får öppnas igen",
                f"SKR vill att ni ändrar i självskattningen{_before(assessment.meeting)}. Bara er strateg kan säga ja.",
                f"{assessment.get_absolute_url()}#oppna-igen",
            )


def _before(meeting: Meeting | None) -> str:
    return f" inför {meeting}" if meeting else ""
