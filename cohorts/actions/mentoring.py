"""Every write about mentorship: asked, answered, added, agreed, thanked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from cohorts.actions.participation import take_in
from cohorts.actions.people import add_delegate, locked
from cohorts.enums import Function, MentorAnswer, Role
from cohorts.mentoring import Estimate
from cohorts.models import Cohort, Delegate, MentorAgreement, MentorOffer, MentorQuestion, Participation
from mailings.actions import Envelope, queue_mail
from mailings.kinds import MailKind
from mailings.kinds import mentoring as kinds
from modell import audit
from modell.audit import Kind
from modell.refusals import ActionRefused
from modell.staleness import Stale, content_of, digest
from modell.templatetags.swedish import in_words

MENTORING = (Role.MENTOR, Role.SUPPORTING_MENTOR)
NO_ANSWER = {"answer": "", "tells_about": ""}
NO_AGREEMENT = {"hours": None, "capacity": None, "note": ""}


@dataclass(frozen=True)
class Letter:
    """A thank-you as it is sent: the PDF and what it tells in one sentence."""

    file: bytes
    name: str
    told: str


@transaction.atomic
def ask_mentor(
    *, cohort: Cohort, participation: Participation, message: str, estimate: Estimate, by: User
) -> MentorQuestion:
    """Mail the organisation's strategists; the same day again is no new question."""
    participation = locked(participation)
    _refuse_closed(cohort)
    _refuse_participant(cohort, participation)
    today = timezone.localdate()
    question = MentorQuestion.objects.filter(cohort=cohort, participation=participation).first()
    if question and question.asked_on == today:
        return question
    asked = strategists(participation)
    if not asked:
        raise ActionRefused(
            f"Ingen strateg är registrerad för {participation}, så ingen kan svara. Lägg till en person först."
        )
    question = question or MentorQuestion(cohort=cohort, participation=participation)
    question.asked_on, question.asked_by, question.message = today, by, message
    question.save()
    stem = f"mentor_question:{question.pk}:{today}"
    _mail(kinds.QUESTION, stem, asked, participation, cohort, {"tid": estimate.words, "egna_ord": message})
    audit.record(Kind.MENTOR_ASKED, target=participation, by=by, cohort=cohort.name)
    return question


@transaction.atomic
def answer_mentor(*, participation: Participation, answer: str, tells_about: str, seen: str, by: User) -> MentorOffer:
    """What the organisation says, or says anew. The same on a later day confirms it: the day is then that day."""
    participation = locked(participation)
    offer = MentorOffer.objects.filter(participation=participation).first()
    stored = content_of(offer, *NO_ANSWER) if offer else NO_ANSWER
    today = timezone.localdate()
    same = stored == {"answer": answer, "tells_about": tells_about}
    if offer and same and offer.said_on == today:
        return offer
    if not same and seen != digest(stored):
        raise Stale(stored)
    offer = offer or MentorOffer(participation=participation)
    offer.answer, offer.tells_about, offer.said_on, offer.said_by = answer, tells_about, today, by
    offer.not_before = _in_a_year(today) if answer == MentorAnswer.LATER else None
    offer.save()
    label = MentorAnswer(answer).label
    audit.record(
        Kind.MENTOR_ANSWERED, target=participation, by=by, organisation=participation.organisation.code, what=label
    )
    _tell_who_asked(offer)
    return offer


@transaction.atomic
def add_mentor(*, cohort: Cohort, source: Participation, role: str, with_people: bool, by: User) -> Participation:
    """Take an organisation into the omgång as mentor; its people from `source` may come along."""
    cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    _refuse_closed(cohort)
    if not cohort.has_mentors:
        raise ActionRefused("Omgången är upplagd utan mentorer. Välj ett annat mentorskap under Upplägg först.")
    _refuse_participant(cohort, source)
    there = cohort.participations.filter(organisation=source.organisation_id).first()
    if there:
        return there
    participation = take_in(cohort, source.organisation, code=source.code, role=role)
    audit.record(Kind.MENTOR_ADDED, target=participation, by=by, cohort=cohort.name, what=Role(role).label)
    if with_people:
        _bring_people(source, participation, by)
    stem, told = f"mentor_added:{participation.pk}", {"roll": Role(role).label.lower()}
    _mail(kinds.ADDED, stem, strategists(participation), participation, cohort, told)
    return participation


@transaction.atomic
def agree_to_mentor(
    *, participation: Participation, hours: int | None, capacity: int | None, note: str, seen: str, by: User
) -> MentorAgreement:
    """Yes to the five expectations, or a change of what was said with it."""
    participation = locked(participation)
    agreement = MentorAgreement.objects.filter(participation=participation).first()
    stored = agreed_content(participation, agreement)
    new = {"hours": hours, "capacity": capacity, "note": note}
    if agreement and stored == new:
        return agreement
    if seen != digest(stored):
        raise Stale(stored)
    agreement = agreement or MentorAgreement(participation=participation, agreed_on=timezone.localdate(), agreed_by=by)
    agreement.hours, agreement.note = hours, note
    agreement.save()
    participation.capacity = capacity
    participation.save(update_fields=["capacity"])
    audit.record(Kind.MENTOR_AGREED, target=participation, by=by, organisation=participation.organisation.code)
    return agreement


@transaction.atomic
def thank_mentor(*, participation: Participation, letter: Letter, by: User) -> Participation:
    """Mail the letter to the organisation's people, once."""
    participation = locked(participation)
    if participation.thanked_on:
        return participation
    cohort = participation.cohort
    people = list(current_people(participation))
    if not people:
        raise ActionRefused(f"Ingen person är registrerad för {participation}. Hämta brevet och skicka det själva.")
    _mail(
        kinds.THANKS, f"mentor_thanks:{participation.pk}", people, participation, cohort, {"gjort": letter.told}, letter
    )
    participation.thanked_on = timezone.localdate()
    participation.save(update_fields=["thanked_on"])
    told = "en mottagare" if len(people) == 1 else f"{in_words(len(people))} mottagare"
    audit.record(Kind.MENTOR_THANKED, target=participation, by=by, cohort=cohort.name, what=told)
    return participation


def agreed_content(participation: Participation, agreement: MentorAgreement | None) -> dict[str, object]:
    """What the agreement's page shows and stores; how many groups one can take is kept with the organisation."""
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
    """Those with a seat now or to come, whose account is open: who gets mail."""
    seats = participation.delegates.current_or_coming(timezone.localdate()).filter(user__is_active=True)
    return seats.select_related("user", "participation__organisation")


def strategists(participation: Participation) -> list[Delegate]:
    """Those who answer for the organisation."""
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
    """Whoever asked last for an omgång that still runs; an answer that nobody asked for stands in the pool."""
    asked = offer.participation.mentor_questions.filter(cohort__ends_on__gte=offer.said_on)
    question = asked.select_related("cohort", "asked_by").first()
    if question is None or question.asked_by is None or not question.asked_by.is_active:
        return
    organisation = offer.participation.organisation.name
    told = f"De berättar gärna om: {offer.tells_about}" if offer.tells_about else ""
    queue_mail(
        kind=kinds.ANSWER,
        key=f"mentor_answer:{question.pk}:{offer.said_on}:{offer.answer}",
        to=Envelope.to(question.asked_by, reason=f"Du får mejlet för att du frågade {organisation} om mentorskap."),
        values={
            "omgang": question.cohort.name,
            "organisation": organisation,
            "svar": MentorAnswer(offer.answer).label.lower(),
            "berattar": told,
        },
        path=reverse("programme:mentors", args=[question.cohort.slug]),
        about=question.cohort.slug,
    )


def _mail(
    kind: MailKind,
    stem: str,
    people: Iterable[Delegate],
    participation: Participation,
    cohort: Cohort,
    values: Mapping[str, str],
    letter: Letter | None = None,
) -> None:
    """One to each, about the organisation as mentor in the omgång; it opens the organisation's page."""
    for delegate in people:
        queue_mail(
            kind=kind,
            key=f"{stem}:{delegate.user_id}",
            to=_envelope(delegate, cohort),
            values={"omgang": cohort.name, "organisation": participation.organisation.name, **values},
            path=reverse("cohorts:mentor", args=[participation.cohort.slug, participation.code]),
            about=cohort.slug,
            attachment=ContentFile(letter.file, letter.name) if letter else None,
        )


def _envelope(delegate: Delegate, cohort: Cohort) -> Envelope:
    what = f"{delegate.get_function_display().lower()} för {delegate.participation.organisation.name}"
    reply_to = cohort.contact.email if cohort.contact else ""
    return Envelope.to(delegate.user, reason=f"Du får mejlet för att du är {what}.", reply_to=reply_to)


def _in_a_year(today: date) -> date:
    """The same day next year; the day after for one that next year lacks."""
    leap = (today.month, today.day) == (2, 29)
    return date(today.year + 1, 3, 1) if leap else today.replace(year=today.year + 1)
