"""Underlag is added and removed, while the assessment is a draft."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.files import File
from django.db import transaction

from accounts.models import User
from checklist.actions.assessments import locked
from checklist.evidence import AT_MOST, recognised
from checklist.models import Assessment, Evidence, Item
from modell import audit
from modell.audit import Kind
from modell.refusals import ActionRefused

TITLE_LENGTH = 160
SCHEMES = ("http", "https")


@transaction.atomic
def add_link(*, assessment: Assessment, item: Item, url: str, title: str = "", shared: bool = False, by: User) -> None:
    """A page on the web. Without a title it is called by its host's name."""
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise ActionRefused("Länken ska börja med https:// eller http://.", field="url")
    there = _there(assessment, item)
    if any(one.url == url for one in there):
        raise ActionRefused("Länken finns redan bland underlagen till momentet.", field="url")
    _store(
        Evidence(assessment=assessment, item=item, url=url, title=_title(title) or parts.hostname, shared=shared), by
    )


@transaction.atomic
def add_file(
    *, assessment: Assessment, item: Item, file: File[bytes], title: str = "", shared: bool = False, by: User
) -> None:
    """A file, kept under a name of our own. Without a title it is called as it was on the sender's machine."""
    if file.size > settings.EVIDENCE_MAX_MB * 1024 * 1024:
        raise ActionRefused(f"Filen är för stor. Den får vara högst {settings.EVIDENCE_MAX_MB} MB.", field="file")
    kind = recognised(file)
    if any(one.size == file.size and _same(one, file) for one in _there(assessment, item) if one.file):
        raise ActionRefused("Filen finns redan bland underlagen till momentet.", field="file")
    evidence = Evidence(
        assessment=assessment,
        item=item,
        title=_title(title) or _title(PurePosixPath((file.name or "").replace("\\", "/")).stem) or "Underlag",
        shared=shared,
        size=file.size,
        media_type=kind.media_type,
    )
    evidence.file.save(f"{uuid4().hex}.{kind.ending}", file, save=False)
    try:
        _store(evidence, by)
    except BaseException:
        evidence.file.storage.delete(evidence.file.name)
        raise


@transaction.atomic
def remove_evidence(*, evidence: Evidence, by: User) -> None:
    """Take it away, and its file with it. Removed already is removed: two clicks are one."""
    assessment = _draft(evidence.assessment)
    if not Evidence.objects.filter(pk=evidence.pk).delete()[0]:
        return
    if evidence.file:
        # Only when the row is gone for certain. Whoever deletes an assessment deletes its files the same way.
        storage, name = evidence.file.storage, evidence.file.name
        transaction.on_commit(lambda: storage.delete(name))
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


def _title(text: str) -> str:
    """One line of printable text."""
    plain = "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in text)
    return " ".join(plain.split())[:TITLE_LENGTH].strip()


def _same(stored: Evidence, file: File[bytes]) -> bool:
    if not stored.file.storage.exists(stored.file.name):
        return False
    with stored.file.open("rb") as old:
        same = _digest(old) == _digest(file)
    file.seek(0)
    return same


def _digest(file: File[bytes]) -> bytes:
    file.seek(0)
    summed = hashlib.sha256()
    for chunk in file.chunks():
        summed.update(chunk)
    return summed.digest()
