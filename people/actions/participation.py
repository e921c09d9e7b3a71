"""Add, change, withdraw and remove an organisation's place in an omgång."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django.db import transaction
from django.db.models import Max, Model
from django.utils import timezone

from accounts.models import User
from cohorts.enums import CohortKind, Role, Status
from cohorts.kinds import WORDS, takes
from cohorts.locking import locked
from cohorts.models import Cohort, Delegate, GroupMove, Organisation, Participation
from decisions.models import PoliticalDecision
from kit import audit
from kit.editing import compare, save
from kit.refusals import ActionRefused
from kit.staleness import content_of
from people.actions.organisations import register_body
from people.trail import PeopleEvent

FACTS = ("role", "through", "both_sides", "capacity", "joined_on")
# These rows do not depend on the role; every other row that points to a participation was written in it.
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
    other_kind: str = "",
    other_name: str = "",
    by: User,
) -> Participation:
    """Add an organisation; `code` decides for good whether Gotland counts as a kommun or a region.

    Without a code it is a body that SCB has none for, by its own name.
    """
    cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    organisation = _organisation(cohort, code, other_kind, other_name)
    code = code or organisation.code if organisation else code
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
    _record(PeopleEvent.PARTICIPATION_ADDED, participation, by, what=participation.get_role_display().lower())
    return participation


@transaction.atomic
def add_participations(*, cohort: Cohort, listed: Iterable[tuple[str, str]], by: User) -> list[Participation]:
    """Add organisations by code and role; those that are there already are left as they are."""
    cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    there = set(cohort.participations.values_list("organisation", flat=True))
    added = []
    for code, role in listed:
        organisation = Organisation.objects.with_code(code).first()
        if organisation is None or organisation.pk not in there:
            added.append(add_participation(cohort=cohort, code=code, role=role, by=by))
    return added


def _organisation(cohort: Cohort, code: str, kind: str, name: str) -> Organisation | None:
    if code:
        return Organisation.objects.known_in(cohort).with_code(code).first()
    rehearsal = cohort if cohort.rehearsal else None
    return register_body(kind=kind, name=name, invented=cohort.constructed, rehearsal=rehearsal)


def take_in(cohort: Cohort, organisation: Organisation, **facts: Any) -> Participation:
    """Create the row last in a cohort that the caller has locked; an invented organisation marks it as invented.

    Refuse a participant of a kind that the omgång is not for, and one of another world: a seat for an organisation
    opens its drafts in every omgång, so nobody in a rehearsal may have one for a real organisation.
    """
    _refuse_kind(cohort, organisation, facts["code"], facts["role"])
    if not Organisation.objects.known_in(cohort).filter(pk=organisation.pk).exists():
        raise ActionRefused(f"{organisation} kan inte vara med. En provomgång har bara sina egna organisationer.")
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
    changes = compare(content_of(participation, *FACTS), {name: facts[name] for name in FACTS}, seen=seen)
    if changes is None:
        return participation
    _refuse_joining(participation.cohort, facts["joined_on"])
    _refuse_kind(participation.cohort, participation.organisation, participation.code, facts["role"])
    if changes.touch(["role"]) and (why := rests_on_role(participation)):
        raise ActionRefused(f"Rollen kan inte ändras: {why}", field="role")
    save(participation, changes.after, seen=None)
    _record(PeopleEvent.PARTICIPATION_CHANGED, participation, by, what=changes.labels(Participation))
    return participation


@transaction.atomic
def withdraw(*, participation: Participation, on: date, reason: str, by: User) -> Participation:
    """Record `on` as the last day; the reason is for SKR alone and is not in the trail."""
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
    _record(PeopleEvent.PARTICIPATION_WITHDRAWN, participation, by)
    return participation


@transaction.atomic
def rejoin(*, participation: Participation, by: User) -> Participation:
    participation = locked(participation)
    if not participation.is_withdrawn:
        return participation
    participation.status, participation.withdrawn_on, participation.withdrawal_reason = Status.ACTIVE, None, ""
    participation.save(update_fields=["status", "withdrawn_on", "withdrawal_reason"])
    _record(PeopleEvent.PARTICIPATION_REJOINED, participation, by)
    return participation


@transaction.atomic
def remove_participation(*, participation: Participation, by: User) -> None:
    """Delete a participation that was added by mistake; refused if anything rests on it."""
    participation = locked(participation, goes=True)
    if why := rests_on_it(participation):
        raise ActionRefused(f"Organisationen kan inte tas bort: {why} Har den lämnat omgången, anteckna det i stället.")
    _record(PeopleEvent.PARTICIPATION_REMOVED, participation, by)
    participation.delete()


def rests_on_role(participation: Participation) -> str:
    """Return in words what keeps the role from being changed, or an empty string."""
    return rests_on_it(participation, besides=ROLELESS)


def rests_on_it(participation: Participation, besides: tuple[type[Model], ...] = ()) -> str:
    if participation.group_id is not None and participation.role == Role.PARTICIPANT:
        return "organisationen är med i en grupp. Ta ut den ur gruppen först."
    for relation in Participation._meta.related_objects:
        model = cast(type[Model], relation.related_model)
        if model not in besides and model._base_manager.filter(**{relation.field.name: participation}).exists():
            return f"det finns {model._meta.verbose_name_plural} här."
    return ""


def why_not_taken(cohort: Cohort, organisation: Organisation, code: str, role: str) -> str:
    """Return why an organisation of this kind has no place in the omgång in this role; empty if it has."""
    if takes(cohort.kind, code, role):
        return ""
    return f"Omgången är för {WORDS[CohortKind(cohort.kind)]}. {organisation} kan vara med som mentor."


def _refuse_kind(cohort: Cohort, organisation: Organisation, code: str, role: str) -> None:
    if sentence := why_not_taken(cohort, organisation, code, role):
        raise ActionRefused(sentence, field="role")


def _refuse_joining(cohort: Cohort, joined_on: date | None) -> None:
    if joined_on and not cohort.starts_on <= joined_on <= cohort.ends_on:
        raise ActionRefused("Välj en dag inom omgången, eller låt fältet vara tomt.", field="joined_on")


def _record(kind: PeopleEvent, participation: Participation, by: User, **data: object) -> None:
    # The trail never says why an organisation left.
    audit.record(
        kind,
        target=participation.organisation,
        by=by,
        organisation=participation.organisation.code,
        cohort=participation.cohort.name,
        **data,
    )
