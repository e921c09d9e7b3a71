"""SKR asks and the organisation answers: about a moment, and whether a locked assessment may be opened again."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from checklist.actions.assessments import locked, open_again
from checklist.actions.releases import renew_release
from checklist.dialogue import right_meetings
from checklist.models import Assessment, Item, Query, Reopening
from cohorts.models import Participation
from meetings.models import Meeting
from modell import audit
from modell.audit import Kind
from modell.refusals import ActionRefused
from modell.staleness import Stale, content_of, digest


@transaction.atomic
def ask_query(*, assessment: Assessment, item: Item, text: str, by: User) -> Query:
    """A question beside a moment of what is handed in. The same one again is no new one."""
    assessment = locked(assessment)
    if not assessment.is_submitted:
        raise ActionRefused("Organisationen har tagit tillbaka självskattningen. Frågan ställs när den är inlämnad.")
    there = Query.objects.filter(assessment=assessment, item=item, text=text, answered_at=None).first()
    if there:
        return there
    query = Query.objects.create(assessment=assessment, item=item, text=text, asked_by=by)
    _record(Kind.QUERY_ASKED, query, by)
    return query


@transaction.atomic
def answer_query(*, query: Query, answer: str, seen: str, by: User) -> Query:
    """Answer it, or change the answer; `seen` is the digest of the one the page was drawn with."""
    query = Query.objects.select_for_update(of=("self",)).select_related("item").get(pk=query.pk)
    stored = content_of(query, "answer")
    if stored["answer"] == answer:
        return query
    if seen != digest(stored):
        raise Stale(stored)
    changed = {"changed": True} if query.is_answered else {}
    query.answer, query.answered_at, query.answered_by = answer, timezone.now(), by
    query.save()
    _record(Kind.QUERY_ANSWERED, query, by, **changed)
    return query


def _record(kind: Kind, query: Query, by: User, **data: object) -> None:
    """In the owner's trail, since it is about the owner's material. The words stay out of it."""
    assessment = query.assessment
    code = assessment.participation.organisation.code
    audit.record(kind, target=f"{assessment}: {query.item.short}", by=by, organisation=code, **data)


@transaction.atomic
def ask_reopening(*, assessment: Assessment, reason: str, move_to: Meeting | None = None, by: User) -> Reopening:
    """Ask the owner to open a locked one again; `move_to` is the meeting it should have been handed in for."""
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
        Kind.REOPENING_ASKED,
        target=assessment,
        by=by,
        organisation=assessment.participation.organisation.code,
        reason=reason,
        **moved,
    )
    return reopening


@transaction.atomic
def withdraw_reopening(*, reopening: Reopening, by: User) -> None:
    """Take an unanswered request back; it leaves only its rows in the trail."""
    assessment = locked(reopening.assessment)
    if Reopening.objects.filter(pk=reopening.pk, consented__isnull=False).exists():
        raise ActionRefused("Organisationen har redan svarat på begäran.")
    if Reopening.objects.filter(pk=reopening.pk).delete()[0]:
        code = assessment.participation.organisation.code
        audit.record(Kind.REOPENING_WITHDRAWN, target=assessment, by=by, organisation=code)


@transaction.atomic
def answer_reopening(*, reopening: Reopening, consented: bool, by: User) -> Assessment:
    """The owner's yes opens it as a draft, for the right meeting where one was named; a no leaves it as it is."""
    # First the organisation's row, as start_assessment does: the right meeting may get an assessment meanwhile.
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
        audit.record(Kind.REOPENING_ANSWERED, target=assessment, by=by, organisation=code, consented=False)
        return assessment
    return _opened(assessment, asked.move_to, by)


def _opened(assessment: Assessment, move_to: Meeting | None, by: User) -> Assessment:
    """The omgång's figures of both meetings follow by their own rule."""
    _refuse_meeting(assessment, move_to)
    meetings = [meeting for meeting in (assessment.meeting, move_to) if meeting]
    assessment.meeting = move_to or assessment.meeting
    open_again(assessment, Kind.ASSESSMENT_REOPENED, by)
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
