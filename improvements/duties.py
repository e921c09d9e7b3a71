"""Tasks about the work at home: to answer whether one may be named, and to see what came of a cycle."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from cohorts.duty import LATE_STAYS, Matter, Task
from cohorts.enums import Function
from cohorts.holders import WORKERS, Holder, answers_requests
from cohorts.models import Participation
from improvements.enums import State
from improvements.models import Cycle, Improvement


@dataclass(frozen=True)
class WorkRecords:
    """The improvements that wait for the lender's answer, by omgång and lender, and late cycles by participation."""

    waiting: Mapping[tuple[int, int], list[Improvement]]
    late: Mapping[int, list[Cycle]]


def read_work(participations: Sequence[Participation], today: date) -> WorkRecords:
    return WorkRecords(_waiting(participations), _late(participations, today))


def _late(participations: Sequence[Participation], today: date) -> Mapping[int, list[Cycle]]:
    """Return the running cycles whose last day has passed, until they have stood among the tasks for long."""
    ended = (State.ADOPTED, State.ENDED)
    rows = Cycle.objects.filter(decision="", ends_on__lt=today, ends_on__gte=today - LATE_STAYS)
    rows = rows.filter(improvement__participation__in=participations).exclude(improvement__state__in=ended)
    late: dict[int, list[Cycle]] = defaultdict(list)
    for cycle in rows.select_related("improvement").order_by("ends_on", "pk"):
        late[cycle.improvement.participation_id].append(cycle)
    return late


def _waiting(participations: Sequence[Participation]) -> Mapping[tuple[int, int], list[Improvement]]:
    cohorts = {row.cohort_id for row in participations}
    lenders = {row.organisation_id for row in participations}
    works = Improvement.objects.waiting_for_naming().filter(
        participation__cohort__in=cohorts, borrowed_from__in=lenders
    )
    waiting: dict[tuple[int, int], list[Improvement]] = defaultdict(list)
    for work in works.select_related("participation__organisation"):
        assert work.borrowed_from_id is not None
        waiting[work.participation.cohort_id, work.borrowed_from_id].append(work)
    return waiting


def duties(holder: Holder, records: WorkRecords) -> Iterator[Task]:
    yield from _to_name(holder, records)
    yield from _to_study(holder, records)


def _to_study(holder: Holder, records: WorkRecords) -> Iterator[Task]:
    for cycle in records.late.get(holder.participation.pk, []):
        if _answers_for(holder, cycle):
            yield holder.task(
                Matter.CYCLE,
                cycle.pk,
                f"Skriv vad det blev av cykel {cycle.number} i ”{cycle.improvement.title}”",
                "Cykelns sista dag har passerat. Skriv vad ni såg och besluta hur ni går vidare, eller sätt en ny dag.",
                reverse("improvements:cycle_edit", args=[cycle.improvement_id, cycle.number]),
                due_on=cycle.ends_on,
            )


def _answers_for(holder: Holder, cycle: Cycle) -> bool:
    """True for the one who is responsible and may write, else for the strateg."""
    named = cycle.responsible_id or cycle.improvement.responsible_id
    writes = {colleague.pk for colleague in holder.colleagues if colleague.function in WORKERS}
    return holder.delegate.pk == named if named in writes else holder.answers_for(Function.STRATEGIST)


def _to_name(holder: Holder, records: WorkRecords) -> Iterator[Task]:
    key = (holder.participation.cohort_id, holder.participation.organisation_id)
    if not answers_requests(holder):
        return
    for work in records.waiting.get(key, []):
        yield holder.task(
            Matter.NAMING,
            work.pk,
            f"Svara på om {work.participation.organisation} får nämna er i sin resultatrapport",
            f"De har provat er idé i ”{work.title}” och vill skriva att den kommer från er.",
            reverse("improvements:naming", args=[work.pk]),
        )
