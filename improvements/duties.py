"""The task of an organisation whose idea another wants to name in public."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from cohorts.duty import Matter, Task
from cohorts.holders import Holder, answers_requests
from cohorts.models import Participation
from improvements.models import Improvement


@dataclass(frozen=True)
class NamingRecords:
    """The improvements that wait for the lender's answer, by omgång and lender."""

    waiting: Mapping[tuple[int, int], list[Improvement]]


def read_naming(participations: Sequence[Participation]) -> NamingRecords:
    cohorts = {row.cohort_id for row in participations}
    lenders = {row.organisation_id for row in participations}
    works = Improvement.objects.waiting_for_naming().filter(
        participation__cohort__in=cohorts, borrowed_from__in=lenders
    )
    waiting: dict[tuple[int, int], list[Improvement]] = defaultdict(list)
    for work in works.select_related("participation__organisation"):
        assert work.borrowed_from_id is not None
        waiting[work.participation.cohort_id, work.borrowed_from_id].append(work)
    return NamingRecords(waiting)


def duties(holder: Holder, records: NamingRecords) -> Iterator[Task]:
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
