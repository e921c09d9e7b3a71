"""The nämnder and förvaltningar that an organisation rates beside its whole."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from checklist.models import Part
from cohorts.models import Organisation
from modell import audit
from modell.audit import Kind
from modell.refusals import ActionRefused
from modell.staleness import Stale, content_of, digest

TAKEN = "Det finns redan en nämnd eller förvaltning med det namnet."


@transaction.atomic
def add_part(*, organisation: Organisation, name: str, by: User) -> Part:
    """The part of that name, made if there is none: two clicks give one."""
    found = _named(_parts_of(organisation), name)
    if found:
        return found
    part = Part.objects.create(organisation=organisation, name=name)
    audit.record(Kind.PART_ADDED, target=part, by=by, organisation=organisation.code)
    return part


@transaction.atomic
def rename_part(*, part: Part, name: str, seen: str, by: User) -> Part:
    """`seen` is a digest of the name its page was drawn with; its self-assessments follow along."""
    parts = _parts_of(part.organisation)
    stored = next(other for other in parts if other.pk == part.pk)
    if stored.name == name:
        return stored
    if seen != digest(content_of(stored, "name")):
        raise Stale(content_of(stored, "name"))
    if _named([other for other in parts if other.pk != part.pk], name):
        raise ActionRefused(TAKEN, field="name")
    before, stored.name = stored.name, name
    stored.save()
    audit.record(
        Kind.PART_RENAMED, target=stored, by=by, organisation=part.organisation.code, before=before, after=name
    )
    return stored


@transaction.atomic
def remove_part(*, part: Part, by: User) -> None:
    """Only one that nothing has been rated for; a second click finds it gone."""
    stored = next((other for other in _parts_of(part.organisation) if other.pk == part.pk), None)
    if stored is None:
        return
    if stored.assessments.exists():
        raise ActionRefused(f"{part} har en självskattning och tas därför inte bort.")
    audit.record(Kind.PART_REMOVED, target=stored, by=by, organisation=part.organisation.code)
    stored.delete()


def _parts_of(organisation: Organisation) -> list[Part]:
    """Held until the action is done; their organisation too, since a new part has no row to hold yet."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    return list(organisation.parts.select_for_update())


def _named(parts: list[Part], name: str) -> Part | None:
    """Upper and lower case make no other name."""
    return next((part for part in parts if part.name.casefold() == name.casefold()), None)
