"""Actions that add and remove underlag while the assessment is a draft."""

from __future__ import annotations

from django.core.files import File
from django.db import transaction

from accounts.models import User
from assessments.actions.assessments import locked
from assessments.evidence import AT_MOST
from assessments.models import Assessment, Evidence
from assessments.trail import AssessmentEvent
from checklist.models import Item
from kit import audit
from kit.link_or_file import refuse_same_file, refuse_same_link
from kit.refusals import ActionRefused
from kit.uploads import forget, kept, taken


@transaction.atomic
def add_link(*, assessment: Assessment, item: Item, url: str, title: str = "", shared: bool = False, by: User) -> None:
    """Add a link; without a title it gets its host's name."""
    evidence = Evidence(assessment=assessment, item=item, shared=shared)
    evidence.show_link(url, title)
    refuse_same_link(_there(assessment, item), url, "Länken finns redan bland underlagen till momentet.")
    _store(evidence, by)


@transaction.atomic
def add_file(
    *, assessment: Assessment, item: Item, file: File[bytes], title: str = "", shared: bool = False, by: User
) -> None:
    """Add a file under a name of our own; without a title it is called as on the sender's machine."""
    kind = taken(file, by=by)
    refuse_same_file(_there(assessment, item), file, "Filen finns redan bland underlagen till momentet.")
    evidence = Evidence(assessment=assessment, item=item, shared=shared)
    evidence.show_file(file, kind, title, usual="Underlag")
    with kept(evidence.file, file, kind.ending):
        _store(evidence, by)


@transaction.atomic
def remove_evidence(*, evidence: Evidence, by: User) -> None:
    assessment = _draft(evidence.assessment)
    if not Evidence.objects.filter(pk=evidence.pk).delete()[0]:
        return
    forget(evidence.file)  # code that deletes an assessment must delete its files the same way
    _record(AssessmentEvent.EVIDENCE_REMOVED, assessment, evidence, by)


def _draft(assessment: Assessment) -> Assessment:
    assessment = locked(assessment)
    if not assessment.is_draft:
        raise ActionRefused("Självskattningen är inlämnad, så underlagen ändras inte. Ta tillbaka den först.")
    return assessment


def _there(assessment: Assessment, item: Item) -> list[Evidence]:
    assessment = _draft(assessment)
    # With the assessment's row locked two clicks see each other.
    there = list(Evidence.objects.filter(assessment=assessment, item=item))
    if len(there) >= AT_MOST:
        raise ActionRefused(f"Det finns redan {AT_MOST} underlag till momentet. Ta bort ett först.")
    return there


def _store(evidence: Evidence, by: User) -> None:
    evidence.added_by = by
    evidence.save()
    _record(AssessmentEvent.EVIDENCE_ADDED, evidence.assessment, evidence, by)


def _record(kind: AssessmentEvent, assessment: Assessment, evidence: Evidence, by: User) -> None:
    code = assessment.participation.organisation.code
    target = f"{assessment}: {evidence.item.short}"
    audit.record(kind, target=target, by=by, organisation=code, title=evidence.title, shared=evidence.shared)
