"""Tasks about the work at home: to write one's own goals, to answer whether one may be named, to end a cycle."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, ExpressionWrapper, Prefetch, Q, QuerySet
from django.urls import reverse

from cohorts.duty import LATE_STAYS, Matter, Task
from cohorts.enums import Function
from cohorts.holders import WORKERS, Holder, answers_requests
from cohorts.models import Participation
from improvements.enums import State
from improvements.kickoff import without_goals
from improvements.models import Cycle, Improvement
from meetings.models import Meeting


@dataclass(frozen=True)
class WorkRecords:
    """The improvements that wait for the lender's answer, by omgång and lender, and late cycles by participation.

    `without_goals` has the kickoff of each organisation that is asked what it wants to reach.
    """

    waiting: Mapping[tuple[int, int], list[Improvement]]
    late: Mapping[int, list[Cycle]]
    without_goals: Mapping[int, Meeting]


def read_work(participations: Sequence[Participation], today: date) -> WorkRecords:
    naming, running = _to_be_named(participations), _late_cycles(participations, today)
    # One question for both, since most people wait for neither.
    rows = Improvement.objects.filter(Q(pk__in=naming.values("pk")) | Q(pk__in=running.values("improvement")))
    rows = rows.annotate(waits=ExpressionWrapper(Q(pk__in=naming.values("pk")), BooleanField()))
    rows = rows.select_related("participation__organisation")
    waiting: dict[tuple[int, int], list[Improvement]] = defaultdict(list)
    late: dict[int, list[Cycle]] = defaultdict(list)
    for work in rows.prefetch_related(Prefetch("cycles", running, to_attr="late_cycles")).order_by("pk"):
        if work.waits:
            waiting[work.participation.cohort_id, work.borrowed_from_id].append(work)
        late[work.participation_id] += work.late_cycles
    for cycles in late.values():
        cycles.sort(key=lambda cycle: (cycle.ends_on, cycle.pk))
    return WorkRecords(waiting, late, without_goals(participations, today))


def _late_cycles(participations: Sequence[Participation], today: date) -> QuerySet[Cycle]:
    """Return the running cycles whose last day has passed, until they have stood among the tasks for long."""
    ended = (State.ADOPTED, State.ENDED)
    rows = Cycle.objects.filter(decision="", ends_on__lt=today, ends_on__gte=today - LATE_STAYS)
    return rows.filter(improvement__participation__in=participations).exclude(improvement__state__in=ended)


def _to_be_named(participations: Sequence[Participation]) -> QuerySet[Improvement]:
    cohorts = {row.cohort_id for row in participations}
    lenders = {row.organisation_id for row in participations}
    waiting = Improvement.objects.waiting_for_naming()
    return waiting.filter(participation__cohort__in=cohorts, borrowed_from__in=lenders)


def goals(holder: Holder, records: WorkRecords) -> Iterator[Task]:
    """Yield the task of a strateg whose organisation has not written what it wants to reach in the omgång."""
    kickoff = records.without_goals.get(holder.participation.pk)
    if kickoff is None or not holder.answers_for(Function.STRATEGIST):
        return
    yield holder.task(
        Matter.PREPARATION,
        "own-goals",
        "Skriv vad ni själva vill uppnå",
        f"Inför {kickoff}. Målen står bredvid de resultat som SKR förväntar sig av omgången.",
        reverse("improvements:own_goal_add", args=holder.place),
        due_on=kickoff.starts_on,
        meeting_id=kickoff.pk,
    )


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
