"""Erase what is stored about a person. What stays, and why, is in docs/personuppgifter.md and docs/adr/0024."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.utils import timezone

from accounts.actions import sign_out_everywhere
from accounts.models import User
from archive.bundles import discard_all
from kit import audit
from kit.holding import Person
from kit.limits import forget_files
from kit.refusals import ActionRefused
from mailings.attachments import remove_calendars
from people.actions.accounts import needed_for, shut
from privacy.finding import names_person
from privacy.persons import person_at, person_of
from privacy.plan import ErasurePlan, carry_out, plan_of
from privacy.trail import PrivacyEvent
from reports.erasing import discard_drafts

GONE = "Uppgifterna om personen är redan raderade."
NOBODY = "Ingenting är sparat om den adressen."


def kept_because(user: User | None) -> str:
    """Return why the person cannot be erased and what to do first; empty if they can."""
    if user is None:
        return ""
    return GONE if user.erased_on else needed_for(user)


def erase_person(*, email: str, by: User | None) -> ErasurePlan:
    """Erase the person with the address; return what was done.

    First they are signed out and let in no more, so that nothing new comes. Then all is erased in one transaction, and
    once more afterwards: a request of theirs that was under way may have stored something meanwhile.
    """
    person = _closed(email)
    with transaction.atomic():
        if person.key is not None and (sentence := kept_because(_held(person.key))):
            raise ActionRefused(sentence)
        plan = plan_of(person)
        carry_out(plan)
        discard_drafts()
        discard_all()
        remove_calendars(partial(names_person, person))
        if person.key is not None:
            _forget_name(_held(person.key), person)
        target = f"{person.instead}, nummer {person.key}" if person.key is not None else person.instead
        audit.record(PrivacyEvent.PERSON_ERASED, target=target, by=by, rows=sum(plan.counts.values()))
    with transaction.atomic():
        carry_out(plan_of(person))
    forget_files()
    return plan


@transaction.atomic
def _closed(email: str) -> Person:
    """Close the person's account, if they have one, and return whom the address means."""
    person = person_at(email)
    if person is None:
        raise ActionRefused(NOBODY)
    if person.key is None:
        return person
    user = _held(person.key)
    if sentence := kept_because(user):
        raise ActionRefused(sentence)
    shut(user)
    return person_of(user)


def _held(key: int) -> User:
    # In full: a row that is to point to the person waits until the name is gone.
    return User.objects.select_for_update().get(pk=key)


def _forget_name(user: User, person: Person) -> None:
    user.name, user.email = person.instead, address_after(user)
    user.skr_since, user.last_login, user.erased_on = None, None, timezone.localdate()
    user.save(update_fields=["name", "email", "skr_since", "last_login", "erased_on"])
    sign_out_everywhere(user)


def address_after(user: User) -> str:
    """Return the address of an erased person's row: one that no mail reaches, and nobody else can have."""
    return f"borttagen-{user.pk}@exempel.invalid"
