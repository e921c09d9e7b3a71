"""Actions for what people write about a meeting: Plus – Minus – Intressant, and ideas to take home."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from cohorts.models import Participation
from kit import audit
from kit.editing import save
from kit.refusals import ActionRefused
from meetings.actions.agreeing import refuse_early
from meetings.actions.holding import about, locked
from meetings.models import Impression, Meeting, Takeaway
from meetings.trail import MeetingEvent

IMPRESSION = ("participation", "kind", "text")


@transaction.atomic
def save_impression(
    *, impression: Impression, participation: Participation, kind: str, text: str, seen: str, by: User
) -> Impression:
    """Save a person's own opinion. It writes no row in the trail, which would show the person's name."""
    meeting = locked(impression.meeting)
    refuse_early(meeting)
    new = {"participation": participation, "kind": kind, "text": text}
    row = Impression.objects.filter(pk=impression.pk, written_by=by).first() if impression.pk else None
    if impression.pk and row is None:
        raise ActionRefused("Det du skrev är borttaget.")
    if row is None:
        twin = meeting.impressions.filter(written_by=by, **new).first()
        if twin:
            return twin
        row = Impression(meeting=meeting, written_by=by)
    save(row, new, seen=seen)
    return row


@transaction.atomic
def remove_impression(*, impression: Impression, by: User) -> None:
    Impression.objects.filter(pk=impression.pk, written_by=by).delete()


@transaction.atomic
def note_idea(
    *, meeting: Meeting, participation: Participation, source: Participation, text: str, by: User
) -> Takeaway:
    meeting = locked(meeting)
    refuse_early(meeting)
    if source.pk == participation.pk:
        raise ActionRefused("Välj en annan organisation än er egen.", field="source")
    content = {"participation": participation, "source": source, "text": text}
    twin = meeting.takeaways.filter(**content).first()
    if twin:
        return twin
    idea = Takeaway.objects.create(meeting=meeting, noted_by=by, **content)
    _record(MeetingEvent.TAKEAWAY_NOTED, idea, by)
    return idea


@transaction.atomic
def remove_idea(*, idea: Takeaway, by: User) -> None:
    """Remove an idea. An improvement made from it stays, without its reference to the idea."""
    locked(idea.meeting)
    if Takeaway.objects.filter(pk=idea.pk).delete()[0]:
        _record(MeetingEvent.TAKEAWAY_REMOVED, idea, by)


def _record(kind: MeetingEvent, idea: Takeaway, by: User) -> None:
    code = idea.participation.organisation.code
    what = f"från {idea.source.organisation.name}"
    audit.record(kind, target=idea.meeting, by=by, organisation=code, what=what, **about(idea.meeting))
