"""Actions that add and remove presentations, material and documentation."""

from __future__ import annotations

from django.core.files import File
from django.db import transaction

from accounts.models import User
from cohorts.models import Participation
from kit import audit
from kit.link_or_file import refuse_same_file, refuse_same_link
from kit.refusals import ActionRefused
from kit.uploads import forget, kept, taken
from meetings.actions.holding import about, locked
from meetings.models import Material, Meeting
from meetings.trail import MeetingEvent

# The most that one organisation, or SKR, may have at one meeting.
AT_MOST = 20


@transaction.atomic
def add_link(
    *, meeting: Meeting, participation: Participation | None, kind: str, url: str, title: str = "", by: User
) -> None:
    row = Material(meeting=meeting, participation=participation, kind=kind)
    row.show_link(url, title)
    refuse_same_link(_there(meeting, participation), url, "Länken finns redan här.")
    _store(row, by)


@transaction.atomic
def add_file(
    *, meeting: Meeting, participation: Participation | None, kind: str, file: File[bytes], title: str = "", by: User
) -> None:
    what = taken(file, by=by)
    refuse_same_file(_there(meeting, participation), file, "Filen finns redan här.")
    row = Material(meeting=meeting, participation=participation, kind=kind)
    row.show_file(file, what, title, usual="Fil")
    with kept(row.file, file, what.ending):
        _store(row, by)


@transaction.atomic
def remove_material(*, material: Material, by: User) -> None:
    locked(material.meeting)
    if not Material.objects.filter(pk=material.pk).delete()[0]:
        return
    forget(material.file)
    _record(MeetingEvent.MATERIAL_REMOVED, material, by)


def _there(meeting: Meeting, participation: Participation | None) -> list[Material]:
    """Return the material that is there, with the meeting locked; refuse if there is no room for more."""
    there = list(locked(meeting).material.filter(participation=participation))
    if len(there) >= AT_MOST:
        raise ActionRefused(f"Det finns redan {AT_MOST} filer och länkar härifrån. Ta bort något först.")
    return there


def _store(row: Material, by: User) -> None:
    row.added_by = by
    row.save()
    _record(MeetingEvent.MATERIAL_ADDED, row, by)


def _record(kind: MeetingEvent, row: Material, by: User) -> None:
    code = row.participation.organisation.code if row.participation else ""
    audit.record(kind, target=row.meeting, by=by, organisation=code, what=row.title, **about(row.meeting))
