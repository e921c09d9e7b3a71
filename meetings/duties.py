"""Tasks that a meeting gives an organisation's people, and SKR while a coming meeting lacks its hour or place."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Q

from cohorts.duty import LATE_STAYS, Matter, Task, skr_task
from cohorts.enums import Function
from cohorts.holders import WORKERS, Holder, responsible
from cohorts.models import Cohort, Delegate
from kit.templatetags.swedish import in_words
from meetings.enums import HostPhase, Rsvp
from meetings.models import Agreement, Meeting, Preparation
from meetings.records import MeetingRecords
from meetings.whom import is_to_prepare

ANSWER_BEFORE = timedelta(days=7)
SHOWN_BEFORE_PREPARATION = timedelta(days=14)
SHOWN_BEFORE_HOSTING = timedelta(days=30)
ATTENDANCE_WITHIN = timedelta(days=7)
AFTER_WITHIN = timedelta(days=14)
BARE_WITHIN = timedelta(days=21)


def duties(holder: Holder, records: MeetingRecords) -> Iterator[Task]:
    for source in (answers, preparations, presentations, agreements, hosting):
        yield from source(holder, records)


def answers(holder: Holder, records: MeetingRecords) -> Iterator[Task]:
    for meeting, instead_of in records.asked_to(holder):
        if not meeting.invitation_due_on <= holder.today <= meeting.starts_on:
            continue
        given = records.answer(meeting, holder.delegate)
        before = records.presence.get((meeting.pk, holder.delegate.pk))
        moved = not given and before is not None and before.answer != ""
        alone = records.is_strategists_only(holder.participation, meeting)
        yield holder.task(
            Matter.ANSWER,
            meeting.pk,
            _answered(meeting, given),
            _why_asked(holder, instead_of, moved=moved, alone=alone),
            meeting.get_absolute_url(),
            due_on=max(meeting.invitation_due_on, meeting.starts_on - ANSWER_BEFORE),
            done=bool(given),
            meeting_id=meeting.pk,
        )


def _answered(meeting: Meeting, given: str) -> str:
    said = {Rsvp.YES: f"Du kommer till {meeting}", Rsvp.NO: f"Du kommer inte till {meeting}"}
    return said.get(Rsvp(given), "") if given else f"Svara om du kommer till {meeting}"


def _why_asked(holder: Holder, instead_of: str | None, *, moved: bool, alone: bool) -> str:
    if moved:
        return "Träffens dag eller tid har ändrats sedan du svarade."
    if instead_of:
        return f"Du är ersättare för {instead_of}, som inte kan komma."
    if alone:
        return f"Du är {holder.whose}. Ni stödjer inte den här träffen, men mentorernas strateger är med på alla."
    return f"Du är {holder.whose}."


def preparations(holder: Holder, records: MeetingRecords) -> Iterator[Task]:
    for meeting, _ in records.asked_to(holder):
        # A person who does not come prepares nothing.
        if not is_to_prepare(holder.participation, meeting):
            continue
        if holder.today > meeting.ends_on or records.answer(meeting, holder.delegate) == Rsvp.NO:
            continue
        for preparation in records.preparations.get(meeting.pk, []):
            if preparation.function in ("", holder.delegate.function):
                ticked = (preparation.pk, holder.delegate.pk) in records.ticks
                yield from _preparation(holder, meeting, preparation, ticked=ticked)


def _preparation(holder: Holder, meeting: Meeting, preparation: Preparation, *, ticked: bool) -> Iterator[Task]:
    due_on = meeting.starts_on - timedelta(days=preparation.days_before)
    if holder.today < min(meeting.invitation_due_on, due_on - SHOWN_BEFORE_PREPARATION):
        return
    everyone = preparation.function == ""
    yield holder.task(
        Matter.PREPARATION,
        preparation.pk,
        preparation.text,
        f"Förberedelse inför {meeting}, för {'alla' if everyone else Function(preparation.function).label.lower()}.",
        meeting.get_absolute_url(),
        due_on=due_on,
        done=ticked,
        meeting_id=meeting.pk,
    )


def presentations(holder: Holder, records: MeetingRecords) -> Iterator[Task]:
    if not (holder.participation.is_participant and holder.delegate.function in WORKERS):
        return
    for meeting, _ in records.asked_to(holder):
        if meeting.has_presentations and meeting.invitation_due_on <= holder.today <= meeting.ends_on:
            yield holder.task(
                Matter.PRESENTATION,
                meeting.pk,
                f"Lägg upp er presentation inför {meeting}",
                f"Du är {holder.whose}, och alla organisationer presenterar på träffen.",
                meeting.get_absolute_url(),
                due_on=meeting.presentation_due_on,
                done=(meeting.pk, holder.participation.pk) in records.presented,
                meeting_id=meeting.pk,
            )


def agreements(holder: Holder, records: MeetingRecords) -> Iterator[Task]:
    for agreement in records.agreements:
        if holder.delegate in _owners(holder, agreement):
            own = agreement.owner_id == holder.delegate.pk
            yield holder.task(
                Matter.AGREEMENT,
                agreement.pk,
                agreement.text,
                f"{'Du åtog dig' if own else 'Ni kom överens om'} det på {agreement.meeting}.",
                agreement.meeting.get_absolute_url(),
                due_on=agreement.due_on,
                meeting_id=agreement.meeting_id,
            )


def _owners(holder: Holder, agreement: Agreement) -> list[Delegate]:
    """Return those who answer for it: its owner, or the function's holders now if the owner has left."""
    owner = agreement.owner
    if (owner.participation_id if owner else agreement.participation_id) != holder.participation.pk:
        return []
    if owner and owner in holder.colleagues:
        return [owner]
    function = owner.function if owner else agreement.function
    return responsible(holder.colleagues, function) or responsible(holder.colleagues, Function.STRATEGIST)


def hosting(holder: Holder, records: MeetingRecords) -> Iterator[Task]:
    if not holder.answers_for(Function.STRATEGIST):
        return
    for meeting in records.meetings.get(holder.participation.cohort_id, []):
        if meeting.host_id == holder.participation.pk and holder.today <= meeting.ends_on + LATE_STAYS:
            yield from _hosting(holder, meeting, records)


def _hosting(holder: Holder, meeting: Meeting, records: MeetingRecords) -> Iterator[Task]:
    why, url = f"{holder.participation.organisation.name} är värd för {meeting}.", meeting.get_absolute_url()
    for phase, opens_on, due_on in _phases(meeting):
        left = records.host_tasks.get((meeting.pk, phase), 0)
        if left and opens_on <= holder.today:
            title = f"Gå igenom arrangörens checklista {phase.label.lower()} {meeting}: {_points(left)} kvar"
            about = f"{meeting.pk}:{phase}"
            yield holder.task(Matter.HOST, about, title, why, url, due_on=due_on, meeting_id=meeting.pk)
    if meeting.starts_on <= holder.today and meeting.pk not in records.recorded:
        title = f"Anteckna vilka som var med på {meeting}"
        due_on = meeting.ends_on + ATTENDANCE_WITHIN
        yield holder.task(Matter.ATTENDANCE, meeting.pk, title, why, url, due_on=due_on, meeting_id=meeting.pk)


def _phases(meeting: Meeting) -> Iterable[tuple[HostPhase, date, date]]:
    return (
        (HostPhase.BEFORE, meeting.starts_on - SHOWN_BEFORE_HOSTING, meeting.starts_on),
        (HostPhase.DURING, meeting.starts_on, meeting.ends_on),
        (HostPhase.AFTER, meeting.ends_on, meeting.ends_on + AFTER_WITHIN),
    )


def _points(number: int) -> str:
    return "en punkt" if number == 1 else f"{in_words(number)} punkter"


def skr_duties(cohorts: Iterable[Cohort], today: date) -> Iterator[Task]:
    """Yield a task for each meeting soon that lacks its hour, or both place and link."""
    soon = Meeting.objects.taking_place().filter(cohort__in=cohorts, starts_on__range=(today, today + BARE_WITHIN))
    bare = soon.filter(Q(starts_at=None) | Q(place="", link="")).select_related("cohort")
    for meeting in bare.order_by("starts_on", "pk"):
        lacks = [
            word
            for word, lacking in (("tid", meeting.starts_at is None), ("plats", not (meeting.place or meeting.link)))
            if lacking
        ]
        title = f"{meeting} saknar {' och '.join(lacks)}"
        why = f"Träffen i {meeting.cohort} är snart, och deltagarna behöver veta."
        url, due_on = meeting.get_absolute_url(), meeting.invitation_due_on
        yield skr_task(Matter.MEETING, meeting.cohort, title, why, url, due_on=due_on)
