"""What organisations share of their work at home, in short lines for those who read it beside each other."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse

from cohorts.models import Participation
from cohorts.roles import Roles
from improvements.enums import State
from improvements.models import Effort, Improvement

# More of each kind than this stands behind the link to all of it.
MOST = 5
# What goes on comes before what is over, and that before what has not begun.
ORDER = (State.TRIED, State.PLANNED, State.ADOPTED, State.ENDED, State.IDEA)


@dataclass(frozen=True)
class WorkLine:
    """An improvement or an effort: its title, how far it has come in words, and what it is about."""

    title: str
    url: str
    words: str
    about: str


@dataclass(frozen=True)
class SharedWork:
    """What one organisation shares with the reader; `n_more` of it are not among the lines."""

    participation: Participation
    improvements: tuple[WorkLine, ...] = ()
    efforts: tuple[WorkLine, ...] = ()
    n_more: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.improvements or self.efforts)

    @property
    def url(self) -> str:
        return reverse("improvements:work", args=[self.participation.cohort.slug, self.participation.code])


def shared_work_of(participations: Collection[Participation], roles: Roles) -> tuple[SharedWork, ...]:
    """Return what each of the organisations shares, as far as the reader may see it, in their own order."""
    improvements, efforts = defaultdict(list), defaultdict(list)
    works = Improvement.objects.visible_to(roles).filter(shared=True, participation__in=participations)
    for work in works.select_related("item"):
        improvements[work.participation_id].append(work)
    chained = Effort.objects.visible_to(roles).filter(shared=True, participation__in=participations)
    for effort in chained.select_related("item").prefetch_related("steps"):
        efforts[effort.participation_id].append(effort)
    return tuple(_of(row, improvements[row.pk], efforts[row.pk]) for row in participations)


def how_far(effort: Effort) -> str:
    step = effort.furthest
    if step is None:
        return "Inget steg är nått än"
    return f"Har nått steget ”{step.get_stage_display().lower()}” {step.when.in_a_sentence}"


def _of(participation: Participation, works: list[Improvement], efforts: list[Effort]) -> SharedWork:
    works = sorted(works, key=lambda work: ORDER.index(State(work.state)))
    of_work = {effort.improvement_id: effort for effort in efforts}
    # An improvement that lies on the chain is one thing, and tells both.
    alone = [effort for effort in efforts if effort.improvement_id not in {work.pk for work in works}]
    first = tuple(_improvement(work, of_work.get(work.pk)) for work in works[:MOST])
    rest = tuple(_effort(effort) for effort in alone[:MOST])
    return SharedWork(participation, first, rest, len(works) + len(alone) - len(first) - len(rest))


def _improvement(work: Improvement, effort: Effort | None) -> WorkLine:
    words = str(work.get_state_display())
    if effort and effort.furthest:
        words = f"{words}. {how_far(effort)}"
    return WorkLine(work.title, reverse("improvements:improvement", args=[work.pk]), words, _about(work))


def _effort(effort: Effort) -> WorkLine:
    return WorkLine(effort.title, reverse("improvements:effort", args=[effort.pk]), how_far(effort), _about(effort))


def _about(work: Improvement | Effort) -> str:
    return f"{work.item.number}. {work.item.short}" if work.item else ""
