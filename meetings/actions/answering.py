"""Actions for answers to a meeting, for the question to a deputy, and for attendance."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cohorts.models import Delegate
from kit import audit
from kit.editing import refuse_stale
from kit.refusals import ActionRefused
from kit.templatetags.swedish import weekday_and_day
from mailings.actions import Envelope, queue_mail
from meetings.actions.holding import about, locked, locked_seats, trail_of
from meetings.enums import Rsvp
from meetings.invitees import Invitee
from meetings.mails import DEPUTY_ASKED
from meetings.models import Attendance, Meeting
from meetings.telling import calendar_file
from meetings.trail import MeetingEvent


@transaction.atomic
def answer_meeting(*, meeting: Meeting, delegates: Iterable[Delegate], answer: str, to: int, by: User) -> None:
    """Save the answer for all the person's seats; refuse it if the meeting has changed since the sequence `to`."""
    seats = locked_seats(delegate.pk for delegate in delegates)
    meeting = locked(meeting)
    if meeting.is_cancelled or timezone.localdate() > meeting.ends_on:
        raise ActionRefused("Träffen är genomförd eller inställd, så svaret behövs inte.")
    if to != meeting.sequence:
        raise ActionRefused("Träffen har ändrats sedan du öppnade sidan. Se när och var den är nu, och svara igen.")
    for delegate in seats.values():
        row = Attendance.objects.filter(meeting=meeting, delegate=delegate).first()
        row = row or Attendance(meeting=meeting, delegate=delegate)
        if (row.answer, row.answered_to) == (answer, meeting.sequence) and row.pk:
            continue
        row.answer, row.answered_to, row.answered_at = answer, meeting.sequence, timezone.now()
        row.save()
        audit.record(
            MeetingEvent.MEETING_ANSWERED,
            target=meeting,
            by=by,
            organisation=delegate.participation.organisation.code,
            what=str(Rsvp(answer).label),
            **about(meeting),
        )


def deputy_key(meeting: Meeting, absent_pk: int, deputy_pk: int) -> str:
    # The sequence is a part of the key: after a move, the deputy may have to be asked again.
    return f"deputy_asked:{meeting.pk}:{meeting.sequence}:{absent_pk}:{deputy_pk}"


@transaction.atomic
def ask_deputy(*, meeting: Meeting, absent: Invitee, deputy: Invitee, by: User) -> bool:
    """Mail the deputy and return True, or return False if the deputy has had the mail already."""
    if not absent.has_said(Rsvp.NO, meeting):
        raise ActionRefused("Svara först att du inte kommer. Sedan kan du fråga ersättaren.")
    organisation = deputy.participation.organisation.name
    user = User.objects.get(pk=deputy.user_id)
    mail = queue_mail(
        kind=DEPUTY_ASKED,
        key=deputy_key(meeting, absent.pk, deputy.pk),
        to=Envelope.to(
            user,
            reason=f"Du får mejlet för att du är ersättare för {absent.name} i {organisation}.",
            contact=meeting.cohort.contact,
        ),
        values={
            "omgang": meeting.cohort.name,
            "traff": meeting.name,
            "dag": weekday_and_day(meeting.starts_on),
            "person": absent.name,
            "organisation": organisation,
        },
        path=f"{meeting.get_absolute_url()}?svar=ja",
        about=meeting.cohort.slug,
        files=[calendar_file(meeting)],
    )
    if mail is None:
        return False
    audit.record(
        MeetingEvent.REMINDER_SENT,
        target=meeting,
        by=by,
        organisation=deputy.participation.organisation.code,
        what="frågade ersättaren",
        **about(meeting),
    )
    return True


def came_of(people: Iterable[Invitee]) -> dict[str, list[str]]:
    """Return the recorded attendance in the form that the page posts."""
    return {"present": sorted(str(person.pk) for person in people if person.attended)}


@transaction.atomic
def record_attendance(
    *, meeting: Meeting, people: Collection[Invitee], present: Collection[str], seen: str, by: User
) -> None:
    """Record everyone at once: a person not in `present` was absent, but an unmarked deputy gets no value."""
    seats = locked_seats(person.pk for person in people)
    meeting = locked(meeting)
    if not meeting.has_begun(timezone.localdate()):
        raise ActionRefused("Närvaron antecknas när träffen har börjat.")
    rows = {row.delegate_id: row for row in Attendance.objects.filter(meeting=meeting)}
    stored = {"present": sorted(str(row.delegate_id) for row in rows.values() if row.attended)}
    is_recorded = any(row.attended is not None for row in rows.values())
    new = {"present": sorted(present)}
    if is_recorded and stored == new:
        return
    refuse_stale(stored, seen=seen)
    for person in people:
        attended = True if str(person.pk) in new["present"] else None if person.deputy else False
        if person.pk not in seats or (person.pk not in rows and attended is None):
            continue
        row = rows.get(person.pk) or Attendance(meeting=meeting, delegate_id=person.pk)
        row.attended = attended
        row.save()
    audit.record(
        MeetingEvent.ATTENDANCE_RECORDED, target=meeting, by=by, organisation=trail_of(meeting, by), **about(meeting)
    )
