"""Every write to an interest form by those who write it: they have a key and no account."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from cohorts.enums import InterestState as State
from cohorts.interest import mail
from cohorts.interest.moves import is_withdrawable, is_writable
from cohorts.interest.sections import PEOPLE, Section, missing, stored_content
from cohorts.models import Cohort, Interest, InterestPerson, InterestWriter, Organisation
from modell import audit
from modell.audit import Kind
from modell.refusals import ActionRefused
from modell.staleness import Stale, content_of, digest

WRITER = "Den som skriver anmälan"
PERSON = ("name", "email", "title", "function", "deputy")
MOST_WRITERS = 12
MOST_PEOPLE = 40
CLOSED = "Anmälan kan inte ändras längre. Kontakta SKR om något är fel i den."
SEEN_AGAIN = timedelta(hours=1)


@transaction.atomic
def ask_for_form(*, cohort: Cohort, organisation: Organisation, email: str) -> None:
    """Give the address its link. What the organisation has already is told by mail only, never on screen."""
    cohort = Cohort.objects.select_for_update(of=("self",)).select_related("contact").get(pk=cohort.pk)
    if not cohort.takes_interest(timezone.localdate()):
        raise ActionRefused("Intresseanmälan är inte öppen längre.")
    live = Interest.objects.exclude(state=State.WITHDRAWN).filter(cohort=cohort, organisation=organisation)
    interest = live.select_related("organisation").first()
    if interest is None and not cohort.participations.filter(organisation=organisation).exists():
        interest = Interest.objects.create(cohort=cohort, organisation=organisation)
        InterestWriter.objects.create(interest=interest, email=email)
        _record(Kind.INTEREST_STARTED, interest)
    writer = interest.writers.filter(email=email).first() if interest else None
    if writer:
        writer.interest = _with_cohort(interest, cohort)
        mail.send_link(writer)
        return
    mail.send_there(cohort, organisation, email, interest)
    if interest:
        mail.send_asked(_with_cohort(interest, cohort), email)


@transaction.atomic
def save_section(*, interest: Interest, section: Section, seen: str, content: Mapping[str, Any]) -> Interest:
    """Save what stands in one section, finished or not; `seen` is the digest of what the page was drawn with."""
    interest = _writable(interest)
    stored = stored_content(interest, section)
    if stored == dict(content):
        return interest
    if seen != digest(stored):
        raise Stale(stored)
    for name, value in content.items():
        if name == "partners":
            interest.partners.set(Organisation.objects.filter(code__in=value).exclude(pk=interest.organisation_id))
        else:
            setattr(interest, name, value)
    return _changed(interest, section)


@transaction.atomic
def save_person(
    *, interest: Interest, person: InterestPerson | None, seen: str = "", content: Mapping[str, Any]
) -> InterestPerson:
    """Name someone, or change how they are named. The same person again is no change."""
    interest = _writable(interest)
    stored = None
    if person:
        person = interest.people.filter(pk=person.pk).first()
        if person is None:
            raise ActionRefused("Någon annan har tagit bort personen ur anmälan.")
        stored = content_of(person, *PERSON)
    same = interest.people.filter(email=content["email"]).first()
    if same and same != person:
        if person is None and content_of(same, *PERSON) == dict(content):
            return same
        raise ActionRefused(f"{same.name} med samma adress står redan i anmälan.", field="email")
    if stored == dict(content) and person:
        return person
    if stored and seen != digest(stored):
        raise Stale(stored)
    if person is None and interest.people.count() >= MOST_PEOPLE:
        raise ActionRefused(f"En anmälan kan namnge högst {MOST_PEOPLE} personer.")
    person = person or InterestPerson(interest=interest)
    for name, value in content.items():
        setattr(person, name, value)
    person.save()
    _changed(interest, PEOPLE)
    return person


@transaction.atomic
def remove_person(*, interest: Interest, pk: int) -> None:
    """One who is gone already is no error: two may press at once."""
    interest = _writable(interest)
    if interest.people.filter(pk=pk).delete()[0]:
        _changed(interest, PEOPLE)


@transaction.atomic
def invite_writer(*, interest: Interest, email: str, by: InterestWriter) -> InterestWriter:
    """Give a co-writer a link of their own. One who writes already gets no second mail."""
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
    """Their link stops working at once. One's own stays: someone has to hold the form."""
    interest = _locked(interest)
    if pk == by.pk:
        raise ActionRefused("Du kan inte ta bort dig själv. Be någon av de andra att göra det.")
    interest.writers.filter(pk=pk).delete()


@transaction.atomic
def submit_interest(*, interest: Interest) -> Interest:
    """Send it in. What is missing is told; the second click is no change."""
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
    _record(Kind.INTEREST_SUBMITTED, interest)
    mail.send_received(interest)
    return interest


@transaction.atomic
def withdraw_interest(*, interest: Interest) -> Interest:
    """Take it back; the organisation may ask for a new one while the omgång is open for it."""
    interest = _locked(interest)
    if interest.state == State.WITHDRAWN:
        return interest
    if not is_withdrawable(interest):
        raise ActionRefused("Anmälan är besvarad och kan inte tas tillbaka här. Kontakta SKR.")
    interest.state = State.WITHDRAWN
    interest.withdrawn_on = timezone.localdate()
    interest.save()
    _record(Kind.INTEREST_WITHDRAWN, interest)
    return interest


@transaction.atomic
def note_seen(*, writer: InterestWriter) -> None:
    """When the link was last used, to the hour: enough to see whether an invitation has reached anyone."""
    now = timezone.now()
    if writer.seen_at is None or writer.seen_at < now - SEEN_AGAIN:
        InterestWriter.objects.filter(pk=writer.pk).update(seen_at=now)


def _writable(interest: Interest) -> Interest:
    interest = _locked(interest)
    if not is_writable(interest, timezone.localdate()):
        raise ActionRefused(CLOSED)
    return interest


def _locked(interest: Interest) -> Interest:
    """Held until the action is done: several people write the same form."""
    rows = Interest.objects.select_for_update(of=("self",)).select_related("cohort__contact", "organisation")
    return rows.get(pk=interest.pk)


def _changed(interest: Interest, section: Section) -> Interest:
    """SKR reads what has been sent in, so a change after that leaves a row; a draft is its writers' own."""
    interest.revision += 1
    interest.save()
    if interest.state != State.DRAFT:
        _record(Kind.INTEREST_CHANGED, interest, what=section.title)
    return interest


def _with_cohort(interest: Interest | None, cohort: Cohort) -> Interest:
    assert interest is not None
    interest.cohort = cohort
    return interest


def _record(kind: Kind, interest: Interest, **data: object) -> None:
    """In SKR's trail, without name or address: who wrote is erased with the form's people."""
    about = {"cohort": interest.cohort.name, **data}
    audit.record_for_one_without_account(kind, who=WRITER, target=interest.organisation, data=about)
