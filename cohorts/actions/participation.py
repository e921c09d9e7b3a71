"""Every write to an organisation's place in an omgång: it joins, its facts change, it leaves, it is with again."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django.db import transaction
from django.db.models import Max, Model
from django.utils import timezone

from accounts.models import User
from cohorts.actions.people import locked
from cohorts.enums import Role, Status
from cohorts.models import Cohort, Delegate, GroupMove, Organisation, Participation, PoliticalDecision
from modell import audit
from modell.audit import Kind
from modell.refusals import ActionRefused
from modell.staleness import Stale, content_of, digest

FACTS = ("role", "through", "both_sides", "capacity", "joined_on")
# What an organisation has whatever its role; all else that points to it was written in that role.
ROLELESS = (Delegate, GroupMove, PoliticalDecision)


@transaction.atomic
def add_participation(
    *,
    cohort: Cohort,
    code: str,
    role: str,
    through: str = "",
    both_sides: bool | None = None,
    capacity: int | None = None,
    joined_on: date | None = None,
    by: User,
) -> Participation:
    """`code` is the one it comes with, for good: Gotland is a kommun by one and a region by the other."""
    cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    organisation = Organisation.objects.with_code(code).first()
    if organisation is None:
        raise ActionRefused("Organisationen finns inte i registret.", field="code")
    if cohort.participations.filter(organisation=organisation).exists():
        raise ActionRefused(f"{organisation} är redan med i omgången.", field="code")
    _refuse_joining(cohort, joined_on)
    participation = take_in(
        cohort,
        organisation,
        code=code,
        role=role,
        through=through,
        both_sides=both_sides,
        capacity=capacity,
        joined_on=joined_on,
    )
    _record(Kind.PARTICIPATION_ADDED, participation, by, what=participation.get_role_display().lower())
    return participation


def take_in(cohort: Cohort, organisation: Organisation, **facts: Any) -> Participation:
    """The row alone, last in an omgång whose row the caller holds. With an invented one the omgång is invented too."""
    if organisation.invented and not cohort.constructed:
        cohort.constructed = True
        cohort.save(update_fields=["constructed"])
    last = cohort.participations.aggregate(last=Max("position"))["last"]
    return Participation.objects.create(
        cohort=cohort, organisation=organisation, position=0 if last is None else last + 1, **facts
    )


@transaction.atomic
def change_participation(
    *, participation: Participation, seen: str | None = None, by: User, **facts: Any
) -> Participation:
    participation = locked(participation)
    before = content_of(participation, *FACTS)
    changed = [name for name in FACTS if facts[name] != before[name]]
    if not changed:
        return participation
    if seen is not None and seen != digest(before):
        raise Stale(before)
    _refuse_joining(participation.cohort, facts["joined_on"])
    if "role" in changed and (why := rests_on_role(participation)):
        raise ActionRefused(f"Rollen kan inte ändras: {why}", field="role")
    for name in changed:
        setattr(participation, name, facts[name])
    participation.save(update_fields=changed)
    names = [str(Participation._meta.get_field(name).verbose_name) for name in changed]  # type: ignore[union-attr]
    _record(Kind.PARTICIPATION_CHANGED, participation, by, what=", ".join(names))
    return participation


@transaction.atomic
def withdraw(*, participation: Participation, on: date, reason: str, by: User) -> Participation:
    """`on` is its last day; the reason is for SKR alone and stands in no trail. The same again is no change."""
    participation = locked(participation)
    if participation.is_withdrawn and (participation.withdrawn_on, participation.withdrawal_reason) == (on, reason):
        return participation
    if on > timezone.localdate():
        raise ActionRefused("Välj i dag eller en tidigare dag.", field="on")
    if on < (participation.joined_on or participation.cohort.starts_on):
        raise ActionRefused("Då var organisationen inte med än.", field="on")
    if on > participation.cohort.ends_on:
        raise ActionRefused("Då var omgången redan slut, så organisationen har fullföljt den.", field="on")
    participation.status, participation.withdrawn_on = Status.WITHDRAWN, on
    participation.withdrawal_reason = reason
    participation.save(update_fields=["status", "withdrawn_on", "withdrawal_reason"])
    _record(Kind.PARTICIPATION_WITHDRAWN, participation, by)
    return participation


@transaction.atomic
def rejoin(*, participation: Participation, by: User) -> Participation:
    """Undo a drop-out: with again, as if it had never left, and what was said of why is erased."""
    participation = locked(participation)
    if not participation.is_withdrawn:
        return participation
    participation.status, participation.withdrawn_on, participation.withdrawal_reason = Status.ACTIVE, None, ""
    participation.save(update_fields=["status", "withdrawn_on", "withdrawal_reason"])
    _record(Kind.PARTICIPATION_REJOINED, participation, by)
    return participation


@transaction.atomic
def remove_participation(*, participation: Participation, by: User) -> None:
    """One that was added by mistake: only while nobody and nothing is there, so that no work is ever lost."""
    participation = locked(participation, goes=True)
    if why := rests_on_it(participation):
        raise ActionRefused(f"Organisationen kan inte tas bort: {why} Har den lämnat omgången, anteckna det i stället.")
    _record(Kind.PARTICIPATION_REMOVED, participation, by)
    participation.delete()


def rests_on_role(participation: Participation) -> str:
    """What has been done in the role so that it cannot be another any more, in words; empty where nothing has."""
    return rests_on_it(participation, besides=ROLELESS)


def rests_on_it(participation: Participation, besides: tuple[type[Model], ...] = ()) -> str:
    if participation.group_id is not None and participation.role == Role.PARTICIPANT:
        return "organisationen är med i en grupp. Ta ut den ur gruppen först."
    for relation in Participation._meta.related_objects:
        model = cast(type[Model], relation.related_model)
        if model not in besides and model._base_manager.filter(**{relation.field.name: participation}).exists():
            return f"det finns {model._meta.verbose_name_plural} här."
    return ""


def _refuse_joining(cohort: Cohort, joined_on: date | None) -> None:
    if joined_on and not cohort.starts_on <= joined_on <= cohort.ends_on:
        raise ActionRefused("Välj en dag inom omgången, eller låt fältet vara tomt.", field="joined_on")


def _record(kind: Kind, participation: Participation, by: User, **data: object) -> None:
    """In the organisation's trail, and never why it left."""
    audit.record(
        kind,
        target=participation.organisation,
        by=by,
        organisation=participation.organisation.code,
        cohort=participation.cohort.name,
        **data,
    )
