"""Appoint SKR's own people, change their roles and end them."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.enums import SkrRole
from accounts.models import User
from accounts.trail import AccountEvent
from kit import audit
from kit.editing import compare
from kit.refusals import ActionRefused
from kit.staleness import Content
from people.actions.accounts import CLOSED, person_with, shut
from people.mails import STAFF_APPOINTED, STAFF_ENDED
from people.telling import tell_of_access

LEADERS = Q(skr_role=SkrRole.PROCESS_LEADER, is_active=True)


@transaction.atomic
def appoint_staff(*, email: str, name: str, role: str, by: User | None) -> User:
    """Give a person at SKR their role, with a new account if the address is unknown, and mail them.

    Refuse a person who represents an organisation or reads for an evaluation, and whoever has a closed account.
    """
    user = person_with(email, name)
    if user.skr_role:
        return change_role(user=user, role=role, by=by)
    if not user.is_active:
        raise ActionRefused(CLOSED, field="email")
    if user.seats.exists():
        raise ActionRefused(
            "Personen representerar en organisation och kan inte också ha en roll hos SKR.", field="email"
        )
    if user.evaluations.filter(until__gte=timezone.localdate()).exists():
        raise ActionRefused("Personen är lärande utvärderare och kan inte också ha en roll hos SKR.", field="email")
    user.skr_role, user.skr_since = role, timezone.localdate()
    user.save(update_fields=["skr_role", "skr_since"])
    audit.record(AccountEvent.STAFF_APPOINTED, target=user, by=by, what=called(user))
    tell_of_access(STAFF_APPOINTED, user, by=by, roll=called(user))
    return user


@transaction.atomic
def change_role(*, user: User, role: str, seen: str | None = None, by: User | None) -> User:
    user = _held(user)
    changes = compare(stored_role(user), {"role": role}, seen=seen)
    if changes is None:
        return user
    if not user.skr_role:
        raise ActionRefused(f"{user.name} har ingen roll på SKR längre. Lägg till personen igen.")
    if sentence := kept_because(user, by):
        raise ActionRefused(sentence)
    before, user.skr_role = called(user), role
    user.save(update_fields=["skr_role"])
    audit.record(AccountEvent.STAFF_CHANGED, target=user, by=by, before=before, after=called(user))
    tell_of_access(STAFF_APPOINTED, user, by=by, roll=called(user))
    return user


@transaction.atomic
def end_staff(*, user: User, by: User | None) -> User:
    """Take the role away at once, close the account and end its sessions; done twice it changes nothing.

    The omgångar that had the person as contact get the one who does it, so that no reply is lost.
    """
    user = _held(user)
    if not user.skr_role:
        return user
    if sentence := kept_because(user, by):
        raise ActionRefused(sentence)
    role = called(user)
    user.skr_role, user.skr_since = "", None
    user.save(update_fields=["skr_role", "skr_since"])
    shut(user)
    user.contact_for.update(contact=by or _leaders().exclude(pk=user.pk).first())
    user.contact_tasks.all().delete()
    audit.record(AccountEvent.STAFF_ENDED, target=user, by=by, what=role)
    tell_of_access(STAFF_ENDED, user, by=by, opens=False, roll=role)
    return user


def kept_because(user: User, by: User | None) -> str:
    """Return why the person's role can neither be changed nor ended; empty if it can."""
    if user.skr_role == SkrRole.PROCESS_LEADER and not _leaders().exclude(pk=user.pk).exists():
        return f"{user.name} är den enda processledaren. Gör någon annan till processledare först."
    if by is not None and user.pk == by.pk:
        return "Du kan inte ändra eller avsluta din egen roll. Be en annan processledare att göra det."
    return ""


def called(user: User) -> str:
    return SkrRole(user.skr_role).label.lower()


def stored_role(user: User) -> Content:
    return {"role": user.skr_role}


def _leaders() -> QuerySet[User]:
    return User.objects.filter(LEADERS).order_by("pk")


def _held(user: User) -> User:
    """Lock the person and the process leaders, so that two cannot end each other."""
    locked = User.objects.select_for_update(no_key=True).filter(LEADERS | Q(pk=user.pk)).order_by("pk")
    return next(row for row in locked if row.pk == user.pk)
