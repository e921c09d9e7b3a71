"""Actions for agreements: what is to be done until the next meeting (Till nästa gång), by whom and when."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cohorts.models import Delegate, Participation
from kit import audit
from kit.editing import save
from kit.refusals import ActionRefused
from kit.staleness import content_of
from meetings.actions.holding import about, locked
from meetings.models import Agreement, Meeting
from meetings.trail import MeetingEvent

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
    """Save an agreement, for all at the meeting if it has no organisation; return the existing row if sent twice."""
    meeting = locked(agreement.meeting)
    refuse_early(meeting)
    if owner and participation and owner.participation_id != participation.pk:
        raise ActionRefused("Den ansvariga ska vara från samma organisation.", field="owner")
    if due_on and due_on < meeting.starts_on:
        raise ActionRefused("Välj träffens dag eller en senare dag.", field="due_on")
    new = {"participation": participation, "function": function, "text": text, "owner": owner, "due_on": due_on}
    row = Agreement.objects.filter(pk=agreement.pk).first() if agreement.pk else None
    if agreement.pk and row is None:
        raise ActionRefused("Överenskommelsen är borttagen.")
    if row is None:
        twin = meeting.agreements.filter(participation=participation, function=function, text=text).first()
        if twin and content_of(twin, *AGREEMENT) == new:
            return twin
        row = Agreement(meeting=meeting, position=meeting.agreements.count() + 1)
    if save(row, new, seen=seen):
        _record(MeetingEvent.AGREEMENT_SAVED, row, by)
    return row


@transaction.atomic
def tick_agreement(*, agreement: Agreement, done: bool, by: User) -> None:
    locked(agreement.meeting)
    rows = Agreement.objects.select_related("meeting__cohort", "participation__organisation")
    row = rows.filter(pk=agreement.pk).first()
    if row is None or bool(row.done_on) == done:
        return
    row.done_on = timezone.localdate() if done else None
    row.save(update_fields=["done_on"])
    _record(MeetingEvent.AGREEMENT_DONE if done else MeetingEvent.AGREEMENT_SAVED, row, by)


@transaction.atomic
def remove_agreement(*, agreement: Agreement, by: User) -> None:
    locked(agreement.meeting)
    if Agreement.objects.filter(pk=agreement.pk).delete()[0]:
        _record(MeetingEvent.AGREEMENT_REMOVED, agreement, by)


def refuse_early(meeting: Meeting) -> None:
    if not meeting.has_begun(timezone.localdate()):
        raise ActionRefused(TOO_EARLY)


def _record(kind: MeetingEvent, row: Agreement, by: User) -> None:
    if row.participation:
        code = row.participation.organisation.code
    else:  # an agreement for all stands in the writer's own trail, or SKR's
        seat = next((seat for seat in _seats(row, by)), None)
        code = seat.participation.organisation.code if seat else ""
    audit.record(kind, target=row.meeting, by=by, organisation=code, what=row.text, **about(row.meeting))


def _seats(row: Agreement, by: User) -> list[Delegate]:
    seats = Delegate.objects.filter(user=by, participation__cohort=row.meeting.cohort_id)
    return list(seats.current(timezone.localdate()).select_related("participation__organisation")[:1])
