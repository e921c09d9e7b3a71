"""Underlag is added and removed, while the assessment is a draft."""

from __future__ import annotations

from django.core.files import File
from django.db import transaction

from accounts.models import User
from checklist.actions.assessments import locked
from checklist.evidence import AT_MOST
from checklist.models import Assessment, Evidence, Item
from modell import audit
from modell.audit import Kind
from modell.refusals import ActionRefused
from modell.uploads import forget, host_of, kept, name_of, same_content, taken, title_of


@transaction.atomic
def add_link(*, assessment: Assessment, item: Item, url: str, title: str = "", shared: bool = False, by: User) -> None:
    """A page on the web. Without a title it is called by its host's name."""
    host = host_of(url)
    there = _there(assessment, item)
    if any(one.url == url for one in there):
        raise ActionRefused("Länken finns redan bland underlagen till momentet.", field="url")
    _store(Evidence(assessment=assessment, item=item, url=url, title=title_of(title) or host, shared=shared), by)


@transaction.atomic
def add_file(
    *, assessment: Assessment, item: Item, file: File[bytes], title: str = "", shared: bool = False, by: User
) -> None:
    """A file, kept under a name of our own. Without a title it is called as it was on the sender's machine."""
    kind = taken(file)
    if any(one.size == file.size and same_content(one.file, file) for one in _there(assessment, item) if one.file):
        raise ActionRefused("Filen finns redan bland underlagen till momentet.", field="file")
    evidence = Evidence(
        assessment=assessment,
        item=item,
        title=title_of(title) or name_of(file) or "Underlag",
        shared=shared,
        size=file.size,
        media_type=kind.media_type,
    )
    with kept(evidence.file, file, kind.ending):
        _store(evidence, by)


@transaction.atomic
def remove_evidence(*, evidence: Evidence, by: User) -> None:
    """Take it away, and its file with it. Removed already is removed: two clicks are one."""
    assessment = _draft(evidence.assessment)
    if not Evidence.objects.filter(pk=evidence.pk).delete()[0]:
        return
    forget(evidence.file)  # whoever deletes an assessment deletes its files the same way
    _record(Kind.EVIDENCE_REMOVED, assessment, evidence, by)


def _draft(assessment: Assessment) -> Assessment:
    assessment = locked(assessment)
    if not assessment.is_draft:
        raise ActionRefused("Självskattningen är inlämnad, så underlagen ändras inte. Ta tillbaka den först.")
    return assessment


def _there(assessment: Assessment, item: Item) -> list[Evidence]:
    """What the moment has already, with the assessment held so that two clicks see each other."""
    assessment = _draft(assessment)
    there = list(Evidence.objects.filter(assessment=assessment, item=item))
    if len(there) >= AT_MOST:
        raise ActionRefused(f"Det finns redan {AT_MOST} underlag till momentet. Ta bort ett först.")
    return there


def _store(evidence: Evidence, by: User) -> None:
    evidence.added_by = by
    evidence.save()
    _record(Kind.EVIDENCE_ADDED, evidence.assessment, evidence, by)


def _record(kind: Kind, assessment: Assessment, evidence: Evidence, by: User) -> None:
    code = assessment.participation.organisation.code
    target = f"{assessment}: {evidence.item.short}"
    audit.record(kind, target=target, by=by, organisation=code, title=evidence.title, shared=evidence.shared)
