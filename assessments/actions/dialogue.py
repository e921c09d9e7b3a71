"""Actions by which SKR asks and the organisation answers: about a moment, or about opening an assessment again."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from assessments.actions.assessments import locked, open_again
from assessments.dialogue import right_meetings
from assessments.figures.releases import renew_release
from assessments.models import Assessment, Query, Reopening
from assessments.telling import tell_of_query, tell_of_reopening
from assessments.trail import AssessmentEvent
from checklist.models import Item
from cohorts.models import Participation
from kit import audit
from kit.editing import save
from kit.refusals import ActionRefused
from meetings.models import Meeting


@transaction.atomic
def ask_query(*, assessment: Assessment, item: Item, text: str, by: User) -> Query:
    """Ask about a moment of a submitted assessment, and mail it. The same unanswered question is not asked twice."""
    assessment = locked(assessment)
    if not assessment.is_submitted:
        raise ActionRefused("Organisationen har tagit tillbaka självskattningen. Frågan ställs när den är inlämnad.")
    there = Query.objects.filter(assessment=assessment, item=item, text=text, answered_at=None).first()
    if there:
        return there
    query = Query.objects.create(assessment=assessment, item=item, text=text, asked_by=by)
    _record(AssessmentEvent.QUERY_ASKED, query, by)
    tell_of_query(query)
    return query


@transaction.atomic
def answer_query(*, query: Query, answer: str, seen: str, by: User) -> Query:
    """Answer, or change the answer; `seen` is the digest of the answer that the page was drawn with."""
    query = Query.objects.select_for_update(of=("self",)).select_related("item").get(pk=query.pk)
    changed = {"changed": True} if query.is_answered else {}
    if save(query, {"answer": answer}, seen=seen, answered_at=timezone.now(), answered_by=by):
        _record(AssessmentEvent.QUERY_ANSWERED, query, by, **changed)
    return query


def _record(kind: AssessmentEvent, query: Query, by: User, **data: object) -> None:
    # The row is in the organisation's own trail, without the words of the question.
    assessment = query.assessment
    code = assessment.participation.organisation.code
    audit.record(kind, target=f"{assessment}: {query.item.short}", by=by, organisation=code, **data)


@transaction.atomic
def ask_reopening(*, assessment: Assessment, reason: str, move_to: Meeting | None = None, by: User) -> Reopening:
    """Ask the owner by mail to open a locked assessment; `move_to` is the meeting it should have been handed in for."""
    assessment = locked(assessment)
    if not assessment.is_locked(timezone.localdate()):
        raise ActionRefused("Självskattningen är inte låst. Organisationen kan själv ta tillbaka den.")
    _refuse_meeting(assessment, move_to)
    waiting = Reopening.objects.filter(assessment=assessment, consented=None).first()
    if waiting:
        if (waiting.reason, waiting.move_to_id) == (reason, move_to and move_to.pk):
            return waiting
        raise ActionRefused("Det finns redan en begäran som väntar på svar. Ta tillbaka den först.")
    reopening = Reopening.objects.create(assessment=assessment, reason=reason, move_to=move_to, asked_by=by)
    moved = {"move_to": move_to.name} if move_to else {}
    audit.record(
        AssessmentEvent.REOPENING_ASKED,
        target=assessment,
        by=by,
        organisation=assessment.participation.organisation.code,
        reason=reason,
        **moved,
    )
    tell_of_reopening(reopening)
    return reopening


@transaction.atomic
def withdraw_reopening(*, reopening: Reopening, by: User) -> None:
    assessment = locked(reopening.assessment)
    if Reopening.objects.filter(pk=reopening.pk, consented__isnull=False).exists():
        raise ActionRefused("Organisationen har redan svarat på begäran.")
    # A request that is taken back leaves only its rows in the trail.
    if Reopening.objects.filter(pk=reopening.pk).delete()[0]:
        code = assessment.participation.organisation.code
        audit.record(AssessmentEvent.REOPENING_WITHDRAWN, target=assessment, by=by, organisation=code)


@transaction.atomic
def answer_reopening(*, reopening: Reopening, consented: bool, by: User) -> Assessment:
    """Record the owner's answer. A yes makes it a draft, moved to the right meeting if one was named."""
    # start_assessment locks the organisation's row first too, so the right meeting gets no assessment meanwhile.
    Participation.objects.select_for_update(no_key=True).get(pk=reopening.assessment.participation_id)
    assessment = locked(reopening.assessment)
    asked = Reopening.objects.select_related("move_to").filter(pk=reopening.pk).first()
    if asked is None:
        raise ActionRefused("SKR har tagit tillbaka sin begäran.")
    if asked.consented is not None:
        if asked.consented == consented:
            return assessment
        raise ActionRefused("Begäran är redan besvarad.")
    asked.consented, asked.answered_at, asked.answered_by = consented, timezone.now(), by
    asked.save()
    if not consented:
        code = assessment.participation.organisation.code
        audit.record(AssessmentEvent.REOPENING_ANSWERED, target=assessment, by=by, organisation=code, consented=False)
        return assessment
    return _opened(assessment, asked.move_to, by)


def _opened(assessment: Assessment, move_to: Meeting | None, by: User) -> Assessment:
    _refuse_meeting(assessment, move_to)
    meetings = [meeting for meeting in (assessment.meeting, move_to) if meeting]
    assessment.meeting = move_to or assessment.meeting
    open_again(assessment, AssessmentEvent.ASSESSMENT_REOPENED, by)
    # Each meeting is locked, always in the same order, so that two of these never wait for each other.
    for meeting in sorted(meetings, key=lambda meeting: meeting.pk):
        renew_release(meeting=meeting)
    return assessment


def _refuse_meeting(assessment: Assessment, move_to: Meeting | None) -> None:
    if move_to and not right_meetings(assessment).filter(pk=move_to.pk).exists():
        raise ActionRefused(
            f"Självskattningen kan inte flyttas till {move_to}: organisationen har redan en till den träffen, "
            "eller så görs ingen där.",
            field="move_to",
        )
