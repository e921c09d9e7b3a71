"""Mail about a meeting to those it is for, with its calendar file; `planning.setup.move_mails` mails new dates."""

from collections.abc import Sequence
from datetime import date

from cohorts.models import Cohort, Delegate
from mailings.actions import Envelope, queue_mail
from mailings.attachments import attach
from mailings.kinds import MailKind
from mailings.models import Attachment
from meetings.calendar import mailed
from meetings.enums import Rsvp
from meetings.mails import OTHER_HOURS
from meetings.models import Meeting
from meetings.whom import delegates_at


def tell_of_hours(meeting: Meeting, *, before: str, now: str, today: date) -> int:
    """Mail everyone whose last answer is yes, even if the hours have changed since, and return how many."""
    if meeting.is_cancelled or meeting.ends_on < today:
        return 0
    coming = delegates_at(meeting, today).filter(attendances__meeting=meeting, attendances__answer=Rsvp.YES)
    n_mails, file = 0, calendar_file(meeting)
    for delegate in coming.select_related("user", "participation__organisation").order_by("pk"):
        key = f"{OTHER_HOURS.key}:{meeting.pk}:{meeting.sequence}:{delegate.user_id}"
        n_mails += tell(OTHER_HOURS, key, delegate, meeting, meeting.cohort, {"forut": before, "nu": now}, [file])
    return n_mails


def calendar_file(meeting: Meeting, *, days_before: int = 1) -> Attachment:
    """Return the file that adds the meeting to a calendar, changes it or takes it away there."""
    made = mailed(meeting, days_before=days_before)
    return attach(made.name, made.content, made.media_type)


def tell(
    kind: MailKind,
    key: str,
    delegate: Delegate,
    meeting: Meeting,
    cohort: Cohort,
    values: dict[str, str],
    files: Sequence[Attachment],
) -> int:
    """Queue one mail; return 1, or 0 if a mail with the key exists already."""
    deputy = " (ersättare)" if delegate.deputy else ""
    reason = (
        f"Du får mejlet för att du är {delegate.get_function_display().lower()}{deputy} för "
        f"{delegate.participation.organisation.name} i {cohort.name}."
    )
    mail = queue_mail(
        kind=kind,
        key=key,
        to=Envelope.to(delegate.user, reason=reason, contact=cohort.contact),
        values={"omgang": cohort.name, "traff": meeting.name, **values},
        path=meeting.get_absolute_url(),
        about=cohort.slug,
        files=files,
    )
    return 1 if mail else 0
