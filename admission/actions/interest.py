"""Writes to an interest form by its writers, who have a key and no account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from admission.enums import InterestState as State
from admission.enums import WriterStanding
from admission.interest import mail
from admission.interest.moves import is_withdrawable, is_writable
from admission.interest.proof import STANDS_FOR_IT, proves
from admission.interest.sections import PEOPLE, InterestSection, missing, stored_content
from admission.models import Interest, InterestAsk, InterestPerson, InterestWriter
from admission.trail import AdmissionEvent
from cohorts.models import Cohort, Organisation
from kit import audit
from kit.editing import compare, save
from kit.refusals import ActionRefused
from kit.staleness import content_of

WRITER = "Den som skriver anmälan"
PERSON = ("name", "email", "title", "function", "deputy")
MOST_WRITERS = 12
MOST_PEOPLE = 40
CLOSED = "Anmälan kan inte ändras längre. Kontakta SKR om något är fel i den."


@transaction.atomic
def ask_for_form(*, cohort: Cohort, organisation: Organisation, email: str) -> None:
    """Mail the address its link, if it is one of the organisation's, and else leave it to SKR; the page never says."""
    cohort = Cohort.objects.select_for_update(of=("self",)).select_related("contact").get(pk=cohort.pk)
    if not cohort.takes_interest(timezone.localdate()):
        raise ActionRefused("Intresseanmälan är inte öppen längre.")
    interest = live_form(cohort, organisation)
    writer = interest.writers.filter(email=email).first() if interest else None
    if interest and writer:
        writer.interest = interest
        mail.send_link(writer)
    elif not proves(organisation, email):
        ask, _ = InterestAsk.objects.get_or_create(
            cohort=cohort, organisation=organisation, email=email, defaults={"asked_on": timezone.localdate()}
        )
        mail.send_unknown(ask)
    elif is_taken(cohort, organisation, interest):
        mail.send_there(cohort, organisation, email, interest)
    else:
        let_write(cohort, organisation, interest, email, WriterStanding.PROVED)


def live_form(cohort: Cohort, organisation: Organisation) -> Interest | None:
    live = Interest.objects.exclude(state=State.WITHDRAWN).filter(cohort=cohort, organisation=organisation)
    interest = live.select_related("organisation").first()
    if interest:
        interest.cohort = cohort
    return interest


def is_taken(cohort: Cohort, organisation: Organisation, interest: Interest | None) -> bool:
    """True if nobody more can write for the organisation: it is in the omgång, answered, or has many writers."""
    if interest is None:
        return cohort.participations.filter(organisation=organisation).exists()
    return not is_withdrawable(interest) or interest.writers.count() >= MOST_WRITERS


def let_write(
    cohort: Cohort, organisation: Organisation, interest: Interest | None, email: str, standing: WriterStanding
) -> InterestWriter:
    """Give the address a link to the form, begun if there is none, and tell those who stand for it already."""
    if interest is None:
        interest = Interest.objects.create(cohort=cohort, organisation=organisation)
        _record(AdmissionEvent.INTEREST_STARTED, interest)
    holders = list(interest.writers.filter(standing__in=STANDS_FOR_IT))
    writer = InterestWriter.objects.create(interest=interest, email=email, standing=standing)
    mail.send_link(writer)
    for holder in holders:
        holder.interest = interest
        mail.send_asked(holder, email)
    return writer


@transaction.atomic
def save_section(*, interest: Interest, section: InterestSection, seen: str, content: Mapping[str, Any]) -> Interest:
    """Save a section, finished or not; `seen` is the digest of what the page was drawn with."""
    interest = _writable(interest)
    changes = compare(stored_content(interest, section), content, seen=seen)
    if changes is None:
        return interest
    for name, value in changes.after.items():
        if name == "partners":
            interest.partners.set(Organisation.objects.filter(code__in=value).exclude(pk=interest.organisation_id))
        else:
            setattr(interest, name, value)
    return _changed(interest, section)


@transaction.atomic
def save_person(
    *, interest: Interest, person: InterestPerson | None, seen: str = "", content: Mapping[str, Any]
) -> InterestPerson:
    """Add or change a named person; adding the same person again changes nothing."""
    interest = _writable(interest)
    if person:
        person = interest.people.filter(pk=person.pk).first()
        if person is None:
            raise ActionRefused("Någon annan har tagit bort personen ur anmälan.")
    same = interest.people.filter(email=content["email"]).first()
    if same and same != person:
        if person is None and content_of(same, *PERSON) == dict(content):
            return same
        raise ActionRefused(f"{same.name}, med samma adress, finns redan i anmälan.", field="email")
    if person is None and interest.people.count() >= MOST_PEOPLE:
        raise ActionRefused(f"En anmälan kan ha högst {MOST_PEOPLE} personer.")
    person = person or InterestPerson(interest=interest)
    if save(person, content, seen=seen):
        _changed(interest, PEOPLE)
    return person


@transaction.atomic
def remove_person(*, interest: Interest, pk: int) -> None:
    interest = _writable(interest)
    # Two writers may press at once, so a person who is already gone is no error.
    if interest.people.filter(pk=pk).delete()[0]:
        _changed(interest, PEOPLE)


@transaction.atomic
def invite_writer(*, interest: Interest, email: str, by: InterestWriter) -> InterestWriter:
    """Mail a co-writer a link of their own; a person who already writes gets no second mail."""
    interest = _locked(interest)
    if not is_withdrawable(interest):
        raise ActionRefused(CLOSED)
    there = interest.writers.filter(email=email).first()
    if there:
        return there
    if interest.writers.count() >= MOST_WRITERS:
        raise ActionRefused(f"Högst {MOST_WRITERS} kan skriva på samma anmälan.", field="email")
    writer = InterestWriter.objects.create(interest=interest, email=email)
    mail.send_cowriter(writer, by)
    return writer


@transaction.atomic
def remove_writer(*, interest: Interest, pk: int, by: InterestWriter) -> None:
    """Delete a writer's link, which stops working at once; nobody can remove their own."""
    interest = _locked(interest)
    if pk == by.pk:
        raise ActionRefused("Du kan inte ta bort dig själv. Be någon av de andra att göra det.")
    first = interest.writers.order_by("pk").first()
    if first and first.pk == pk:
        raise ActionRefused("Den som började anmälan kan bara SKR ta bort. Svara på ett mejl från SKR om det är fel.")
    interest.writers.filter(pk=pk).delete()


@transaction.atomic
def submit_interest(*, interest: Interest) -> Interest:
    """Send the form in and mail its writers and SKR; a second click changes nothing."""
    interest = _locked(interest)
    if interest.state == State.SUBMITTED:
        return interest
    if not is_writable(interest, timezone.localdate()):
        raise ActionRefused(CLOSED)
    if missing(interest):
        raise ActionRefused("Anmälan kan inte skickas in än. Nedanför ser ni vad som saknas.")
    interest.state = State.SUBMITTED
    interest.submitted_at = timezone.now()
    interest.revision += 1
    interest.save()
    _record(AdmissionEvent.INTEREST_SUBMITTED, interest)
    mail.send_received(interest)
    return interest


@transaction.atomic
def withdraw_interest(*, interest: Interest) -> Interest:
    """Withdraw the form; the organisation may ask for a new one while the omgång is open."""
    interest = _locked(interest)
    if interest.state == State.WITHDRAWN:
        return interest
    if not is_withdrawable(interest):
        raise ActionRefused("Anmälan är besvarad och kan inte tas tillbaka här. Kontakta SKR.")
    interest.state = State.WITHDRAWN
    interest.withdrawn_on = timezone.localdate()
    interest.save()
    _record(AdmissionEvent.INTEREST_WITHDRAWN, interest)
    return interest


def note_written(*, writer: InterestWriter) -> None:
    """Note what the person has done; a visit is noted nowhere, since mail programs open links too."""
    InterestWriter.objects.filter(pk=writer.pk).update(wrote_at=timezone.now())


def _writable(interest: Interest) -> Interest:
    interest = _locked(interest)
    if not is_writable(interest, timezone.localdate()):
        raise ActionRefused(CLOSED)
    return interest


def _locked(interest: Interest) -> Interest:
    rows = Interest.objects.select_for_update(of=("self",)).select_related("cohort__contact", "organisation")
    return rows.get(pk=interest.pk)


def _changed(interest: Interest, section: InterestSection) -> Interest:
    interest.revision += 1
    interest.save()
    # SKR reads a form that has been sent in, so a later change is recorded; a draft is its writers' own.
    if interest.state != State.DRAFT:
        _record(AdmissionEvent.INTEREST_CHANGED, interest, what=section.title)
    return interest


def _record(kind: AdmissionEvent, interest: Interest, **data: object) -> None:
    # The row has no name or address, since the form's people are erased in time.
    about = {"cohort": interest.cohort.name, **data}
    audit.record_without_account(kind, who=WRITER, target=interest.organisation, data=about)
