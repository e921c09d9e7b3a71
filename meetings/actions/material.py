"""Presentations, material and documentation: added and taken away."""

from __future__ import annotations

from django.core.files import File
from django.db import transaction

from accounts.models import User
from cohorts.models import Participation
from meetings.actions.holding import about, held
from meetings.models import Material, Meeting
from modell import audit
from modell.audit import Kind
from modell.refusals import ActionRefused
from modell.uploads import forget, host_of, kept, name_of, same_content, taken, title_of

# Of one organisation, or of SKR, at one meeting.
AT_MOST = 20


@transaction.atomic
def add_link(
    *, meeting: Meeting, participation: Participation | None, kind: str, url: str, title: str = "", by: User
) -> None:
    """A page on the web. Without a title it is called by its host's name."""
    host = host_of(url)
    if any(one.url == url for one in _there(meeting, participation)):
        raise ActionRefused("Länken finns redan här.", field="url")
    _store(
        Material(meeting=meeting, participation=participation, kind=kind, url=url, title=title_of(title) or host), by
    )


@transaction.atomic
def add_file(
    *, meeting: Meeting, participation: Participation | None, kind: str, file: File[bytes], title: str = "", by: User
) -> None:
    """A file, kept under a name of our own. Without a title it is called as it was on the sender's machine."""
    what = taken(file)
    for one in _there(meeting, participation):
        if one.file and one.size == file.size and same_content(one.file, file):
            raise ActionRefused("Filen finns redan här.", field="file")
    row = Material(
        meeting=meeting,
        participation=participation,
        kind=kind,
        title=title_of(title) or name_of(file) or "Fil",
        size=file.size,
        media_type=what.media_type,
    )
    with kept(row.file, file, what.ending):
        _store(row, by)


@transaction.atomic
def remove_material(*, material: Material, by: User) -> None:
    """Take it away, and its file with it. Removed already is removed: two clicks are one."""
    held(material.meeting)
    if not Material.objects.filter(pk=material.pk).delete()[0]:
        return
    forget(material.file)
    _record(Kind.MATERIAL_REMOVED, material, by)


def _there(meeting: Meeting, participation: Participation | None) -> list[Material]:
    """What it has already, with the meeting held so that two clicks see each other."""
    there = list(held(meeting).material.filter(participation=participation))
    if len(there) >= AT_MOST:
        raise ActionRefused(f"Det finns redan {AT_MOST} filer och länkar härifrån. Ta bort något först.")
    return there


def _store(row: Material, by: User) -> None:
    row.added_by = by
    row.save()
    _record(Kind.MATERIAL_ADDED, row, by)


def _record(kind: Kind, row: Material, by: User) -> None:
    code = row.participation.organisation.code if row.participation else ""
    audit.record(kind, target=row.meeting, by=by, organisation=code, what=row.title, **about(row.meeting))
