"""Actions on "Statistik vi har"."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from accounts.models import User
from cohorts.locking import locked
from cohorts.models import Part, Participation
from indicators.actions.recording import record
from indicators.models import StatisticsHeld
from indicators.pasted import PastedStatistics
from indicators.statistics_held import earlier_with_statistics
from indicators.trail import IndicatorEvent
from kit.canonical import folded
from kit.editing import change, refuse_broken_rule
from kit.refusals import ActionRefused

STATISTICS = ("name", "part", "split", "analysed", "in_report", "note")


@transaction.atomic
def add_statistics(
    *, participation: Participation, rows: Sequence[PastedStatistics], part: Part | None, by: User
) -> int:
    """Add the verksamheter that are not in the list yet; return how many were added."""
    participation = locked(participation)
    known = _names(participation)
    new = [
        StatisticsHeld(
            participation=participation,
            name=row.name,
            part=part,
            split=row.split,
            analysed=row.analysed,
            in_report=row.in_report,
        )
        for row in rows
        if folded(row.name) not in known
    ]
    if not new:
        raise ActionRefused("Alla verksamheterna finns redan i listan.", field="lines")
    StatisticsHeld.objects.bulk_create(new)
    for row in new:
        record(IndicatorEvent.STATISTICS_SAVED, row.name, participation, by)
    return len(new)


@transaction.atomic
def change_statistics(*, row: StatisticsHeld, seen: str | None = None, by: User, **fields: Any) -> StatisticsHeld:
    participation = locked(row.participation)
    stored = StatisticsHeld.objects.filter(participation=participation, pk=row.pk).first()
    if stored is None:
        raise ActionRefused("Någon har tagit bort verksamheten ur listan.")
    if changes := change(stored, fields, seen=seen):
        refuse_broken_rule(stored, field="name")
        stored.save(update_fields=changes.names)
        record(IndicatorEvent.STATISTICS_SAVED, stored.name, participation, by)
    return stored


@transaction.atomic
def remove_statistics(*, participation: Participation, pk: int, by: User) -> None:
    participation = locked(participation)
    row = StatisticsHeld.objects.filter(participation=participation, pk=pk).first()
    if row is not None:  # a second click writes no second row in the trail
        record(IndicatorEvent.STATISTICS_REMOVED, row.name, participation, by)
        row.delete()


@transaction.atomic
def copy_statistics(*, participation: Participation, by: User) -> int:
    """Copy the verksamheter of the organisation's omgång before this one that are not in the list yet."""
    participation = locked(participation)
    earlier = earlier_with_statistics(participation)
    if earlier is None:
        raise ActionRefused("Det finns ingen tidigare omgång att hämta från.")
    known = _names(participation)
    new = [
        StatisticsHeld(participation=participation, **{name: getattr(row, name) for name in STATISTICS})
        for row in StatisticsHeld.objects.filter(participation=earlier).in_order()
        if folded(row.name) not in known
    ]
    StatisticsHeld.objects.bulk_create(new)
    if new:
        record(IndicatorEvent.STATISTICS_COPIED, str(earlier.cohort), participation, by)
    return len(new)


def _names(participation: Participation) -> set[str]:
    names = StatisticsHeld.objects.filter(participation=participation).values_list("name", flat=True)
    return {folded(name) for name in names}
