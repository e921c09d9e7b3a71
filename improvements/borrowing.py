"""What an organisation can begin from another's example, and what has become of it there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.urls import reverse

from cohorts.holders import WORKERS
from cohorts.models import Participation
from cohorts.roles import Roles
from improvements.models import Effort, EffortStep, Improvement

TITLE_LENGTH = 160


def homes_of(roles: Roles) -> tuple[Participation, ...]:
    """Return where the person works on improvements, one omgång for each organisation: the one that ends last."""
    seats = [seat for seat in roles.seats if seat.function in WORKERS and not seat.has_left]
    last = {seat.organisation_id: seat for seat in sorted(seats, key=lambda seat: seat.cohort_ends_on)}
    return tuple(seat.participation for seat in last.values())


def may_borrow(home: Participation, effort: Effort) -> bool:
    """True if the effort is another's example, and no invented or rehearsed work would be mixed with the real."""
    theirs = effort.participation
    if not effort.example or theirs.organisation_id == home.organisation_id:
        return False
    if theirs.cohort.rehearsal or home.cohort.rehearsal:
        return theirs.cohort_id == home.cohort_id
    return theirs.cohort.constructed == home.cohort.constructed


def words_of(effort: Effort) -> dict[str, str]:
    """Return the title and the sentence that an improvement begins with: the giver's own words."""
    steps = sorted(effort.steps.all(), key=_furthest)
    return {"title": effort.title[:TITLE_LENGTH], "aim": steps[-1].text if steps else effort.title}


def _furthest(step: EffortStep) -> tuple[bool, int]:
    return step.is_got, step.order


@dataclass(frozen=True)
class Try:
    """The way to begin an improvement of an example at home, or to what is made of it there already."""

    effort: Effort
    home: Participation
    made: Improvement | None

    @property
    def url(self) -> str:
        if self.made:
            return reverse("improvements:improvement", args=[self.made.pk])
        return reverse("improvements:from_example", args=[self.home.cohort.slug, self.home.code, self.effort.pk])


def tries_of(efforts: Collection[Effort], homes: Sequence[Participation]) -> dict[int, tuple[Try, ...]]:
    """Return by effort where it can be tried; efforts that cannot be borrowed have none."""
    if not homes:
        return {}
    rows = Improvement.objects.filter(participation__in=homes, example__in=efforts)
    made = {(row.participation_id, row.example_id): row for row in rows}
    return {
        effort.pk: tuple(
            Try(effort, home, made.get((home.pk, effort.pk))) for home in homes if may_borrow(home, effort)
        )
        for effort in efforts
    }
