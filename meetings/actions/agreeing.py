"""Till nästa gång: what was agreed at a meeting, by whom and until when, and whether it is done."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cohorts.models import Delegate, Participation
from meetings.actions.holding import about, held
from meetings.models import Agreement, Meeting
from modell import audit
from modell.audit import Kind
from modell.refusals import ActionRefused
from modell.staleness import Stale, content_of, digest

AGREEMENT = ("participation", "function", "text", "owner", "due_on")
TOO_EARLY = "Det går att skriva här när träffen har börjat."


@transaction.atomic
def save_agreement(
    *,
    agreement: Agreement,
    participation: Participation | None,
    function: str,
    text: str,
    owner: Delegate | None,
    due_on: date | None,
    seen: str,
    by: User,
) -> Agreement:
    """Without an organisation it is for all at the meeting. The same again is the one that is there."""
    meeting = held(agreement.meeting)
    refuse_early(meeting)
    if owner and participation and owner.participation_id != participation.pk:
        raise ActionRefused("Den ansvariga ska vara från samma organisation.", field="owner")
    if due_on and due_on < meeting.starts_on:
        raise ActionRefused("Välj en dag efter träffen.", field="due_on")
    new = {"participation": participation, "function": function, "text": text, "owner": owner, "due_on": due_on}
    row = Agreement.objects.filter(pk=agreement.pk).first() if agreement.pk else None
    if agreement.pk and row is None:
        raise ActionRefused("Överenskommelsen är borttagen.")
    if row is None:
        twin = meeting.agreements.filter(participation=participation, function=function, text=text).first()
        if twin and content_of(twin, *AGREEMENT) == new:
            return twin
        row = Agreement(meeting=meeting, position=meeting.agreements.count() + 1)
    elif content_of(row, *AGREEMENT) == new:
        return row
    elif digest(content_of(row, *AGREEMENT)) != seen:
        raise Stale(content_of(row, *AGREEMENT))
    for name, value in new.items():
        setattr(row, name, value)
    row.save()
    _record(Kind.AGREEMENT_SAVED, row, by)
    return row


@transaction.atomic
def tick_agreement(*, agreement: Agreement, done: bool, by: User) -> None:
    held(agreement.meeting)
    row = Agreement.objects.select_related("meeting__cohort", "participation__organisation").filter(pk=agreement.pk)
    found = row.first()
    if found is None or bool(found.done_on) == done:
        return
    found.done_on = timezone.localdate() if done else None
    found.save(update_fields=["done_on"])
    _record(Kind.AGREEMENT_DONE if done else Kind.AGREEMENT_SAVED, found, by)


@transaction.atomic
def remove_agreement(*, agreement: Agreement, by: User) -> None:
    held(agreement.meeting)
    if Agreement.objects.filter(pk=agreement.pk).delete()[0]:
        _record(Kind.AGREEMENT_REMOVED, agreement, by)


def refuse_early(meeting: Meeting) -> None:
    """Nothing has been said before the meeting has begun."""
    if not meeting.has_begun(timezone.localdate()):
        raise ActionRefused(TOO_EARLY)


def _record(kind: Kind, row: Agreement, by: User) -> None:
    """In the trail of whose it is. What is everyone's stands in the writer's own, and SKR's in SKR's."""
    if row.participation:
        code = row.participation.organisation.code
    else:
        seat = next((seat for seat in _seats(row, by)), None)
        code = seat.participation.organisation.code if seat else ""
    audit.record(kind, target=row.meeting, by=by, organisation=code, what=row.text, **about(row.meeting))


def _seats(row: Agreement, by: User) -> list[Delegate]:
    seats = Delegate.objects.filter(user=by, participation__cohort=row.meeting.cohort_id)
    return list(seats.current(timezone.localdate()).select_related("participation__organisation")[:1])
