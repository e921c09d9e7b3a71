"""Row locks for actions. All actions lock in the same order, which prevents deadlocks."""

from collections.abc import Iterable

from cohorts.models import Participation


def locked(participation: Participation, *, goes: bool = False) -> Participation:
    """Lock the row until the transaction ends; `goes` is for a deletion, and also stops new rows that point to it."""
    rows = Participation.objects.select_for_update(of=("self",), no_key=not goes)
    return rows.select_related("organisation", "cohort__contact").get(pk=participation.pk)


def held_in_order(participations: Iterable[Participation]) -> dict[int, Participation]:
    """Lock several rows, always in the same order so that two actions cannot deadlock; return them by key."""
    rows = Participation.objects.select_for_update(of=("self",), no_key=True)
    rows = rows.select_related("organisation", "cohort__contact").order_by("pk")
    return {row.pk: row for row in rows.filter(pk__in=[row.pk for row in participations])}
