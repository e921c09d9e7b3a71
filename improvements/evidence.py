"""Actions that add and remove the underlag of an improvement."""

from django.core.files import File
from django.db import transaction

from accounts.models import User
from cohorts.locking import locked
from cohorts.models import Participation
from improvements.models import Improvement, WorkEvidence
from improvements.trail import ImprovementEvent
from kit import audit
from kit.link_or_file import refuse_same_file, refuse_same_link
from kit.refusals import ActionRefused
from kit.uploads import forget, kept, taken

AT_MOST = 10


@transaction.atomic
def add_link(*, improvement: Improvement, url: str, title: str = "", by: User) -> None:
    row = WorkEvidence(improvement=improvement)
    row.show_link(url, title)
    participation = locked(improvement.participation)
    refuse_same_link(_there(improvement), url, "Länken finns redan bland underlagen till förbättringsarbetet.")
    _store(row, participation, by)


@transaction.atomic
def add_file(*, improvement: Improvement, file: File, title: str = "", by: User) -> None:
    kind = taken(file, by=by)
    row = WorkEvidence(improvement=improvement)
    row.show_file(file, kind, title, usual="Underlag")
    participation = locked(improvement.participation)
    refuse_same_file(_there(improvement), file, "Filen finns redan bland underlagen till förbättringsarbetet.")
    with kept(row.file, file, kind.ending):
        _store(row, participation, by)


@transaction.atomic
def remove_evidence(*, evidence: WorkEvidence, by: User) -> None:
    participation = locked(evidence.improvement.participation)
    if WorkEvidence.objects.filter(pk=evidence.pk).delete()[0]:
        forget(evidence.file)
        _record(ImprovementEvent.WORK_EVIDENCE_REMOVED, evidence, participation, by)


def _there(improvement: Improvement) -> list[WorkEvidence]:
    """Return what is there, with the organisation's row locked; refuse if there is no room for more."""
    there = list(improvement.evidence.all())
    if len(there) >= AT_MOST:
        raise ActionRefused(f"Det finns redan {AT_MOST} underlag till förbättringsarbetet. Ta bort ett först.")
    return there


def _store(row: WorkEvidence, participation: Participation, by: User) -> None:
    row.added_by = by
    row.save()
    _record(ImprovementEvent.WORK_EVIDENCE_ADDED, row, participation, by)


def _record(kind: ImprovementEvent, row: WorkEvidence, participation: Participation, by: User) -> None:
    code, cohort = participation.organisation.code, str(participation.cohort)
    audit.record(kind, target=row.improvement, by=by, organisation=code, cohort=cohort, what=row.title)
