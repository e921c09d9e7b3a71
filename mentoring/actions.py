"""Every write about mentorship: questions, answers, mentors added, agreements and thanks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from cohorts.enums import Function, Role
from cohorts.locking import locked
from cohorts.models import Cohort, Delegate, Participation
from kit import audit
from kit.editing import compare
from kit.refusals import ActionRefused
from kit.staleness import content_of
from kit.templatetags.swedish import in_words
from mailings.actions import Envelope, queue_mail
from mailings.attachments import attach
from mailings.kinds import MailKind
from mentoring import mails as kinds
from mentoring.enums import MentorAnswer
from mentoring.load import Estimate
from mentoring.models import MentorAgreement, MentorOffer, MentorQuestion
from mentoring.trail import MentoringEvent
from people.actions.participation import take_in
from people.actions.seats import add_delegate

MENTORING = (Role.MENTOR, Role.SUPPORTING_MENTOR)
NO_ANSWER = {"answer": "", "tells_about": ""}
NO_AGREEMENT = {"hours": None, "capacity": None, "note": ""}


@dataclass(frozen=True)
class ThanksLetter:
    """A thank-you as it is sent: the PDF, its file name and one sentence for the mail."""

    file: bytes
    name: str
    summary: str


@transaction.atomic
def ask_mentor(
    *, cohort: Cohort, participation: Participation, message: str, estimate: Estimate, by: User
) -> MentorQuestion:
    """Mail the organisation's strategists. A second call the same day sends nothing."""
    participation = locked(participation)
    _refuse_closed(cohort)
    _refuse_participant(cohort, participation)
    today = timezone.localdate()
    question = MentorQuestion.objects.filter(cohort=cohort, participation=participation).first()
    if question and question.asked_on == today:
        return question
    recipients = strategists(participation)
    if not recipients:
        raise ActionRefused(
            f"Ingen strateg är registrerad för {participation}, så ingen kan svara. Lägg till en person först."
        )
    question = question or MentorQuestion(cohort=cohort, participation=participation)
    question.asked_on, question.asked_by, question.message = today, by, message
    question.save()
    stem = f"mentor_question:{question.pk}:{today}"
    _mail(kinds.QUESTION, stem, recipients, participation, cohort, {"tid": estimate.words, "egna_ord": message})
    audit.record(MentoringEvent.MENTOR_ASKED, target=participation, by=by, cohort=cohort.name)
    return question


@transaction.atomic
def answer_mentor(*, participation: Participation, answer: str, tells_about: str, seen: str, by: User) -> MentorOffer:
    """Save the organisation's answer and mail whoever asked. The same answer on a later day confirms it that day."""
    participation = locked(participation)
    offer = MentorOffer.objects.filter(participation=participation).first()
    stored = content_of(offer, *NO_ANSWER) if offer else NO_ANSWER
    today = timezone.localdate()
    changes = compare(stored, {"answer": answer, "tells_about": tells_about}, seen=seen)
    if offer and changes is None and offer.said_on == today:
        return offer
    offer = offer or MentorOffer(participation=participation)
    offer.answer, offer.tells_about, offer.said_on, offer.said_by = answer, tells_about, today, by
    offer.not_before = _in_a_year(today) if answer == MentorAnswer.LATER else None
    offer.save()
    label = MentorAnswer(answer).label
    audit.record(
        MentoringEvent.MENTOR_ANSWERED,
        target=participation,
        by=by,
        organisation=participation.organisation.code,
        what=label,
    )
    _tell_who_asked(offer)
    return offer


@transaction.atomic
def add_mentor(*, cohort: Cohort, source: Participation, role: str, with_people: bool, by: User) -> Participation:
    """Take an organisation into the omgång as mentor, if asked with its people, and mail its strategists."""
    cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    _refuse_closed(cohort)
    if not cohort.has_mentors:
        raise ActionRefused("Omgången är upplagd utan mentorer. Välj ett annat mentorskap under Upplägg först.")
    _refuse_participant(cohort, source)
    there = cohort.participations.filter(organisation=source.organisation_id).first()
    if there:
        return there
    participation = take_in(cohort, source.organisation, code=source.code, role=role)
    audit.record(MentoringEvent.MENTOR_ADDED, target=participation, by=by, cohort=cohort.name, what=Role(role).label)
    if with_people:
        _bring_people(source, participation, by)
    stem, values = f"mentor_added:{participation.pk}", {"roll": Role(role).label.lower()}
    _mail(kinds.ADDED, stem, strategists(participation), participation, cohort, values)
    return participation


@transaction.atomic
def agree_to_mentor(
    *, participation: Participation, hours: int | None, capacity: int | None, note: str, seen: str, by: User
) -> MentorAgreement:
    """Save the agreement, or a change to it, and the number of groups on the participation."""
    participation = locked(participation)
    agreement = MentorAgreement.objects.filter(participation=participation).first()
    stored = agreed_content(participation, agreement)
    new = {"hours": hours, "capacity": capacity, "note": note}
    changes = compare(stored, new, seen=seen)
    if agreement and changes is None:
        return agreement
    agreement = agreement or MentorAgreement(participation=participation, agreed_on=timezone.localdate(), agreed_by=by)
    agreement.hours, agreement.note = hours, note
    agreement.save()
    participation.capacity = capacity
    participation.save(update_fields=["capacity"])
    audit.record(
        MentoringEvent.MENTOR_AGREED, target=participation, by=by, organisation=participation.organisation.code
    )
    return agreement


@transaction.atomic
def thank_mentor(*, participation: Participation, letter: ThanksLetter, by: User) -> Participation:
    """Mail the letter to the organisation's people. A second call sends nothing."""
    participation = locked(participation)
    if participation.thanked_on:
        return participation
    cohort = participation.cohort
    people = list(current_people(participation))
    if not people:
        raise ActionRefused(f"Ingen person är registrerad för {participation}. Hämta brevet och skicka det själva.")
    _mail(
        kinds.THANKS,
        f"mentor_thanks:{participation.pk}",
        people,
        participation,
        cohort,
        {"gjort": letter.summary},
        letter,
    )
    participation.thanked_on = timezone.localdate()
    participation.save(update_fields=["thanked_on"])
    recipients = "en mottagare" if len(people) == 1 else f"{in_words(len(people))} mottagare"
    audit.record(MentoringEvent.MENTOR_THANKED, target=participation, by=by, cohort=cohort.name, what=recipients)
    return participation


def agreed_content(participation: Participation, agreement: MentorAgreement | None) -> dict[str, object]:
    """Return what the agreement's page shows and stores; the capacity belongs to the participation."""
    if agreement is None:
        return {**NO_AGREEMENT, "capacity": participation.capacity}
    return {**content_of(agreement, "hours", "note"), "capacity": participation.capacity}


def _refuse_closed(cohort: Cohort) -> None:
    if not cohort.is_open(timezone.localdate()):
        raise ActionRefused("Omgången är slut, så ingen ny mentor kan komma med.")


def _refuse_participant(cohort: Cohort, participation: Participation) -> None:
    there = cohort.participations.filter(organisation=participation.organisation_id)
    if there.exclude(role__in=MENTORING).exists():
        raise ActionRefused(f"{participation} deltar själv i omgången och kan inte vara mentor i den.")


def current_people(participation: Participation) -> QuerySet[Delegate]:
    """Return the people who get mail: those with a seat now or later, whose account is open."""
    seats = participation.delegates.current_or_coming(timezone.localdate()).filter(user__is_active=True)
    return seats.select_related("user", "participation__organisation")


def strategists(participation: Participation) -> list[Delegate]:
    return [delegate for delegate in current_people(participation) if delegate.function == Function.STRATEGIST]


def _bring_people(source: Participation, participation: Participation, by: User) -> None:
    for delegate in current_people(source):
        if not delegate.user.skr_role:
            add_delegate(
                participation=participation,
                name=delegate.user.name,
                email=delegate.user.email,
                function=delegate.function,
                deputy=delegate.deputy,
                by=by,
            )


def _tell_who_asked(offer: MentorOffer) -> None:
    """Mail the person who last asked on behalf of an omgång that still runs, if there is one."""
    asked = offer.participation.mentor_questions.filter(cohort__ends_on__gte=offer.said_on)
    question = asked.select_related("cohort", "asked_by").first()
    # An answer that nobody asked for is only shown in the pool.
    if question is None or question.asked_by is None or not question.asked_by.is_active:
        return
    organisation = offer.participation.organisation.name
    gladly_tells = f"De berättar gärna om: {offer.tells_about}" if offer.tells_about else ""
    queue_mail(
        kind=kinds.ANSWER,
        key=f"mentor_answer:{question.pk}:{offer.said_on}:{offer.answer}",
        to=Envelope.to(question.asked_by, reason=f"Du får mejlet för att du frågade {organisation} om mentorskap."),
        values={
            "omgang": question.cohort.name,
            "organisation": organisation,
            "svar": MentorAnswer(offer.answer).label.lower(),
            "berattar": gladly_tells,
        },
        path=reverse("mentoring:mentors", args=[question.cohort.slug]),
        about=question.cohort.slug,
    )


def _mail(
    kind: MailKind,
    stem: str,
    people: Iterable[Delegate],
    participation: Participation,
    cohort: Cohort,
    values: Mapping[str, str],
    letter: ThanksLetter | None = None,
) -> None:
    files = [attach(letter.name, letter.file)] if letter else []
    for delegate in people:
        queue_mail(
            kind=kind,
            key=f"{stem}:{delegate.user_id}",
            to=_envelope(delegate, cohort),
            values={"omgang": cohort.name, "organisation": participation.organisation.name, **values},
            path=reverse("mentoring:mentor", args=[participation.cohort.slug, participation.code]),
            about=cohort.slug,
            files=files,
        )


def _envelope(delegate: Delegate, cohort: Cohort) -> Envelope:
    what = f"{delegate.get_function_display().lower()} för {delegate.participation.organisation.name}"
    return Envelope.to(delegate.user, reason=f"Du får mejlet för att du är {what}.", contact=cohort.contact)


def _in_a_year(today: date) -> date:
    """Return the same day next year; 29 February becomes 1 March."""
    leap = (today.month, today.day) == (2, 29)
    return date(today.year + 1, 3, 1) if leap else today.replace(year=today.year + 1)
