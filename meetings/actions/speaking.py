"""What each says of a meeting: Plus – Minus – Intressant, and the ideas they take home."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from cohorts.models import Participation
from meetings.actions.agreeing import refuse_early
from meetings.actions.holding import about, held
from meetings.models import Impression, Meeting, Takeaway
from modell import audit
from modell.audit import Kind
from modell.refusals import ActionRefused
from modell.staleness import Stale, content_of, digest

IMPRESSION = ("participation", "kind", "text")


@transaction.atomic
def save_impression(
    *, impression: Impression, participation: Participation, kind: str, text: str, seen: str, by: User
) -> Impression:
    """A person's own opinion, shown with its organisation alone: it enters no trail, which would tell the name."""
    meeting = held(impression.meeting)
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
    elif content_of(row, *IMPRESSION) == new:
        return row
    elif digest(content_of(row, *IMPRESSION)) != seen:
        raise Stale(content_of(row, *IMPRESSION))
    for name, value in new.items():
        setattr(row, name, value)
    row.save()
    return row


@transaction.atomic
def remove_impression(*, impression: Impression, by: User) -> None:
    Impression.objects.filter(pk=impression.pk, written_by=by).delete()


@transaction.atomic
def note_idea(
    *, meeting: Meeting, participation: Participation, source: Participation, text: str, by: User
) -> Takeaway:
    """An idea from another organisation; that one sees that it was taken, and gets the credit."""
    meeting = held(meeting)
    refuse_early(meeting)
    if source.pk == participation.pk:
        raise ActionRefused("Välj en annan organisation än er egen.", field="source")
    about_it = {"participation": participation, "source": source, "text": text}
    there = meeting.takeaways.filter(**about_it).first()
    if there:
        return there
    idea = Takeaway.objects.create(meeting=meeting, noted_by=by, **about_it)
    _record(Kind.TAKEAWAY_NOTED, idea, by)
    return idea


@transaction.atomic
def remove_idea(*, idea: Takeaway, by: User) -> None:
    """An improvement that has come of it stays; it only loses where its idea was noted."""
    held(idea.meeting)
    if Takeaway.objects.filter(pk=idea.pk).delete()[0]:
        _record(Kind.TAKEAWAY_REMOVED, idea, by)


def _record(kind: Kind, idea: Takeaway, by: User) -> None:
    code = idea.participation.organisation.code
    what = f"från {idea.source.organisation.name}"
    audit.record(kind, target=idea.meeting, by=by, organisation=code, what=what, **about(idea.meeting))
