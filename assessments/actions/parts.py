"""Actions on the nämnder and förvaltningar that an organisation rates beside its whole."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from assessments.trail import AssessmentEvent
from cohorts.models import Organisation, Part
from kit import audit
from kit.canonical import folded
from kit.editing import change
from kit.refusals import ActionRefused

TAKEN = "Det finns redan en nämnd eller förvaltning med det namnet."


@transaction.atomic
def add_part(*, organisation: Organisation, name: str, by: User) -> Part:
    same_name = _named(_parts_of(organisation), name)
    if same_name:
        return same_name
    part = Part.objects.create(organisation=organisation, name=name)
    audit.record(AssessmentEvent.PART_ADDED, target=part, by=by, organisation=organisation.code)
    return part


@transaction.atomic
def rename_part(*, part: Part, name: str, seen: str, by: User) -> Part:
    """Rename the part, with its self-assessments; `seen` is a digest of the name its page was drawn with."""
    parts = _parts_of(part.organisation)
    stored = next(other for other in parts if other.pk == part.pk)
    changes = change(stored, {"name": name}, seen=seen)
    if changes is None:
        return stored
    if _named([other for other in parts if other.pk != part.pk], name):
        raise ActionRefused(TAKEN, field="name")
    stored.save()
    audit.record(
        AssessmentEvent.PART_RENAMED,
        target=stored,
        by=by,
        organisation=part.organisation.code,
        before=changes.before["name"],
        after=name,
    )
    return stored


@transaction.atomic
def remove_part(*, part: Part, by: User) -> None:
    """Delete a part that nothing has been rated for; do nothing if it is already gone."""
    stored = next((other for other in _parts_of(part.organisation) if other.pk == part.pk), None)
    if stored is None:
        return
    if stored.assessments.exists():
        raise ActionRefused(f"{part} har en självskattning och tas därför inte bort.")
    audit.record(AssessmentEvent.PART_REMOVED, target=stored, by=by, organisation=part.organisation.code)
    stored.delete()


def _parts_of(organisation: Organisation) -> list[Part]:
    # The organisation's row is locked too, since a new part has no row to lock yet.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    return list(organisation.parts.select_for_update())


def _named(parts: list[Part], name: str) -> Part | None:
    # Names that differ only in upper and lower case are the same.
    return next((part for part in parts if folded(part.name) == folded(name)), None)
