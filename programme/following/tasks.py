"""Mina uppgifter: what one person has to do, derived from how things stand. One small function for each source.

A source asks of one seat what it has. Reminders and the readiness page ask the same ones, so that a mail never says
anything else than the page it opens.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from django.urls import reverse

from cohorts.composition import REQUIRED
from cohorts.composition import composition as of_organisation
from cohorts.enums import Function
from cohorts.models import Delegate
from meetings.enums import HostPhase, Rsvp
from meetings.models import Agreement, Meeting, Preparation
from modell.templatetags.swedish import enumerated, in_words, sentence
from programme.enums import Matter
from programme.following.concerned import WORKERS, responsible
from programme.following.mentoring import mentor_agreements, mentor_questions
from programme.following.seat import Seat, page_of, whose
from programme.following.task import Task, in_order
from reports.models import Report

# When a task is first shown, and how long what is late stays: the numbers of this page, in one place.
SHOWN_BEFORE_PREPARATION = timedelta(days=14)
SHOWN_BEFORE_REPORT = timedelta(days=60)
SHOWN_BEFORE_HOSTING = timedelta(days=30)
ATTENDANCE_WITHIN = timedelta(days=7)
AFTER_WITHIN = timedelta(days=14)
LATE_STAYS = timedelta(days=30)

LEADERS = (Function.POLITICIAN, Function.MANAGER)


def tasks_of(seat: Seat) -> list[Task]:
    """In an omgång that is over the report is left, until it is handed in, and being asked to be mentor in another."""
    sources = OPEN_SOURCES if seat.participation.cohort.is_open(seat.today) else CLOSED_SOURCES
    return in_order([task for source in sources for task in source(seat)])


def answers(seat: Seat) -> Iterator[Task]:
    """Kommer eller kommer inte, to the day as it stands now."""
    for meeting, instead_of in seat.asked_to:
        if not meeting.invitation_due_on <= seat.today <= meeting.starts_on:
            continue
        given = seat.facts.answer(meeting, seat.delegate)
        moved = not given and (meeting.pk, seat.delegate.pk) in seat.facts.marks.answers
        yield seat.task(
            Matter.ANSWER,
            meeting.pk,
            _answered(meeting, given),
            _why_asked(seat, instead_of, moved=moved),
            page_of(meeting),
            due_on=max(meeting.invitation_due_on, meeting.starts_on - timedelta(days=7)),
            done=bool(given),
            meeting=meeting,
        )


def _answered(meeting: Meeting, given: str) -> str:
    said = {Rsvp.YES: f"Du kommer till {meeting}", Rsvp.NO: f"Du kommer inte till {meeting}"}
    return said.get(Rsvp(given), "") if given else f"Svara om du kommer till {meeting}"


def _why_asked(seat: Seat, instead_of: str | None, *, moved: bool) -> str:
    if moved:
        return "Träffen har fått en ny dag sedan du svarade."
    if instead_of:
        return f"Du är ersättare för {instead_of}, som inte kan komma."
    return f"Du är {whose(seat)}."


def preparations(seat: Seat) -> Iterator[Task]:
    """The lines of a meeting's list for one's function, and for all; who does not come prepares nothing."""
    for meeting, _ in seat.asked_to:
        if seat.today > meeting.ends_on or seat.facts.answer(meeting, seat.delegate) == Rsvp.NO:
            continue
        for preparation in seat.facts.preparations.get(meeting.pk, []):
            if preparation.function in ("", seat.delegate.function):
                yield from _preparation(seat, meeting, preparation)


def _preparation(seat: Seat, meeting: Meeting, preparation: Preparation) -> Iterator[Task]:
    due_on = meeting.starts_on - timedelta(days=preparation.days_before)
    if seat.today < min(meeting.invitation_due_on, due_on - SHOWN_BEFORE_PREPARATION):
        return
    everyone = preparation.function == ""
    yield seat.task(
        Matter.PREPARATION,
        preparation.pk,
        preparation.text,
        f"Förberedelse inför {meeting}, för {'alla' if everyone else Function(preparation.function).label.lower()}.",
        page_of(meeting),
        due_on=due_on,
        done=(preparation.pk, seat.delegate.pk) in seat.facts.marks.ticks,
        meeting=meeting,
    )


def assessments(seat: Seat) -> Iterator[Task]:
    """The organisation's self-assessment before each meeting that has one; the strateg leads it and hands it in."""
    if not (seat.participation.is_participant and seat.answers_for(Function.STRATEGIST)):
        return
    for meeting in seat.facts.expected(seat.participation):
        if meeting.is_assessed and meeting.assessment_opens_on <= seat.today <= meeting.ends_on + LATE_STAYS:
            yield _assessment(seat, meeting)


def _assessment(seat: Seat, meeting: Meeting) -> Task:
    begun = seat.facts.by_meeting.get((seat.participation.pk, meeting.pk))
    verb = "Gör klart" if begun else "Börja med"
    return seat.task(
        Matter.ASSESSMENT,
        meeting.pk,
        f"{'Lämna in' if begun and begun.is_submitted else verb} självskattningen inför {meeting}",
        f"Du är {whose(seat)} och lämnar in den.",
        begun.get_absolute_url() if begun else reverse("checklist:own", args=seat.place),
        due_on=meeting.assessment_due_on,
        done=begun is not None and begun.is_submitted,
        meeting=meeting,
    )


def presentations(seat: Seat) -> Iterator[Task]:
    """What the organisation shows at a meeting where each presents, a week before."""
    if not (seat.participation.is_participant and seat.delegate.function in WORKERS):
        return
    for meeting, _ in seat.asked_to:
        if meeting.has_presentations and meeting.invitation_due_on <= seat.today <= meeting.ends_on:
            yield seat.task(
                Matter.PRESENTATION,
                meeting.pk,
                f"Lägg upp er presentation inför {meeting}",
                f"Du är {whose(seat)}, och alla organisationer presenterar på träffen.",
                page_of(meeting),
                due_on=meeting.presentation_due_on,
                done=(meeting.pk, seat.participation.pk) in seat.facts.marks.presented,
                meeting=meeting,
            )


def agreements(seat: Seat) -> Iterator[Task]:
    """Till nästa gång: those one has taken on, or that one's function has, or had when their owner left."""
    for agreement in seat.facts.agreements:
        if seat.delegate in _owners(seat, agreement):
            own = agreement.owner_id == seat.delegate.pk
            yield seat.task(
                Matter.AGREEMENT,
                agreement.pk,
                agreement.text,
                f"{'Du tog på dig' if own else 'Ni kom överens om'} det på {agreement.meeting}.",
                page_of(agreement.meeting),
                due_on=agreement.due_on,
                meeting=agreement.meeting,
            )


def _owners(seat: Seat, agreement: Agreement) -> list[Delegate]:
    owner = agreement.owner
    if (owner.participation_id if owner else agreement.participation_id) != seat.participation.pk:
        return []
    if owner and owner in seat.colleagues:
        return [owner]
    function = owner.function if owner else agreement.function
    return responsible(seat.colleagues, function) or responsible(seat.colleagues, Function.STRATEGIST)


def own_ratings(seat: Seat) -> Iterator[Task]:
    for asked in seat.facts.assessments.get(seat.participation.pk, []):
        assessment = asked.assessment
        if asked.waits_for_me and assessment.is_draft:
            about = f"inför {assessment.meeting}" if assessment.meeting else "utanför träffarna"
            part = f", {assessment.part}" if assessment.part else ""
            yield seat.task(
                Matter.RATING,
                assessment.pk,
                f"Gör din enskilda skattning {about}{part}",
                "Ni skattar var för sig innan ni går igenom momenten tillsammans. Ingen annan ser vad du väljer.",
                reverse("checklist:rate_alone", args=[assessment.pk]),
            )


def from_skr(seat: Seat) -> Iterator[Task]:
    """What SKR has asked about a self-assessment that is handed in."""
    for asked in seat.facts.assessments.get(seat.participation.pk, []):
        assessment = asked.assessment
        if asked.n_queries and seat.delegate.function in WORKERS and assessment.is_submitted:
            number = "en fråga" if asked.n_queries == 1 else f"{in_words(asked.n_queries)} frågor"
            yield seat.task(
                Matter.QUERY,
                assessment.pk,
                f"Svara på {number} från SKR om självskattningen",
                f"SKR undrar över er självskattning{_before(assessment.meeting)}.",
                assessment.get_absolute_url(),
            )
        if asked.reopening and seat.answers_for(Function.STRATEGIST):
            yield seat.task(
                Matter.REOPENING,
                assessment.pk,
                "Svara på om självskattningen får öppnas igen",
                f"SKR vill att ni ändrar i självskattningen{_before(assessment.meeting)}. Bara er strateg kan säga ja.",
                f"{assessment.get_absolute_url()}#oppna-igen",
            )


def _before(meeting: Meeting | None) -> str:
    return f" inför {meeting}" if meeting else ""


def reports(seat: Seat) -> Iterator[Task]:
    """Resultatrapporten, from two months before until it is handed in; then its approval."""
    period = seat.facts.reporting.get(seat.participation.cohort_id)
    if period is None or not seat.participation.is_participant or seat.participation.reported:
        return
    if seat.today < period.due_on - SHOWN_BEFORE_REPORT:
        return
    report: Report | None = getattr(seat.participation, "report", None)
    handed_in = report if report and not report.is_draft else None
    url = reverse("reports:report", args=seat.place)
    if seat.delegate.function in WORKERS and not handed_in:
        title = "Skriv och lämna in resultatrapporten"
        why = f"Du är {whose(seat)}. Rapporten är det ni och andra lär av efteråt."
        yield seat.task(Matter.REPORT, period.pk, title, why, url, due_on=period.due_on)
    if seat.answers_for(*LEADERS) and handed_in and handed_in.approved_on is None:
        why = f"Du är {whose(seat)}. Någon i ledningen godkänner rapporten innan den kan publiceras."
        yield seat.task(Matter.APPROVAL, period.pk, "Läs och godkänn er resultatrapport", why, url)


def composition(seat: Seat) -> Iterator[Task]:
    """All three functions are to be at every meeting, so somebody must hold each."""
    if not (seat.participation.is_participant and seat.answers_for(Function.STRATEGIST)):
        return
    missing = of_organisation(seat.colleagues, seat.participation.both_sides, seat.today).missing
    if missing:
        names = enumerated(function.label.lower() for function in missing)
        why = f"{sentence(enumerated(one.label.lower() for one in REQUIRED))} ska vara med på varje träff."
        url = reverse("cohorts:people", args=seat.place)
        yield seat.task(Matter.COMPOSITION, "functions", f"Lägg till {names} för er organisation", why, url)


def hosting(seat: Seat) -> Iterator[Task]:
    """The organiser's checklist, before the meeting and after it, and who came."""
    if not seat.answers_for(Function.STRATEGIST):
        return
    marks = seat.facts.marks
    for meeting in seat.facts.meetings.get(seat.participation.cohort_id, []):
        if meeting.host_id != seat.participation.pk or seat.today > meeting.ends_on + LATE_STAYS:
            continue
        why = f"{seat.participation.organisation.name} är värd för {meeting}."
        for phase, opens_on, due_on in _phases(meeting):
            left = marks.host_tasks.get((meeting.pk, phase), 0)
            if left and opens_on <= seat.today:
                title = f"Gå igenom arrangörens checklista {phase.label.lower()} {meeting}: {_points(left)} kvar"
                about = f"{meeting.pk}:{phase}"
                yield seat.task(Matter.HOST, about, title, why, page_of(meeting), due_on=due_on, meeting=meeting)
        if meeting.starts_on <= seat.today and meeting.pk not in marks.recorded:
            title = f"Anteckna vilka som var med på {meeting}"
            due_on = meeting.ends_on + ATTENDANCE_WITHIN
            url = page_of(meeting)
            yield seat.task(Matter.ATTENDANCE, meeting.pk, title, why, url, due_on=due_on, meeting=meeting)


def _phases(meeting: Meeting) -> Iterable[tuple[HostPhase, date, date]]:
    return (
        (HostPhase.BEFORE, meeting.starts_on - SHOWN_BEFORE_HOSTING, meeting.starts_on),
        (HostPhase.DURING, meeting.starts_on, meeting.ends_on),
        (HostPhase.AFTER, meeting.ends_on, meeting.ends_on + AFTER_WITHIN),
    )


def _points(number: int) -> str:
    return "en punkt" if number == 1 else f"{in_words(number)} punkter"


Source = Callable[[Seat], Iterator[Task]]
CLOSED_SOURCES: tuple[Source, ...] = (reports, mentor_questions)
OPEN_SOURCES: tuple[Source, ...] = (
    own_ratings,
    answers,
    preparations,
    assessments,
    presentations,
    agreements,
    from_skr,
    reports,
    composition,
    mentor_agreements,
    mentor_questions,
    hosting,
)
