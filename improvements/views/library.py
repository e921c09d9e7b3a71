"""The examples of every omgång, narrowed by what the reader looks for."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.requests import PageRequest
from cohorts.enums import OrganisationKind
from cohorts.fetch import shown_on
from cohorts.roles import roles_of
from improvements.borrowing import homes_of, tries_of
from improvements.enums import Stage
from improvements.models import Effort
from improvements.views.rows import EffortRow
from kit.canonical import folded
from policy.models import NationalGoal

PER_PAGE = 50
LONGEST_SEARCH = 80
# What the address says of what one looks for, in the order of `Wanted`.
ASKED = ("sok", "slag", "moment", "steg", "ar", "delmal", "tagg")
PARTS = ("steps", "goals")
KINDS = (OrganisationKind.KOMMUN, OrganisationKind.REGION)


@dataclass(frozen=True)
class Wanted:
    """What a reader looks for; an empty field narrows nothing. An item is named by its short name in any version."""

    words: str = ""
    kind: str = ""
    item: str = ""
    stage: str = ""
    year: str = ""
    goal: str = ""
    tag: str = ""

    @property
    def is_empty(self) -> bool:
        return not any((self.words, self.kind, self.item, self.stage, self.year, self.goal, self.tag))


@dataclass(frozen=True)
class Choices:
    """What can be chosen: the items, years, goals and tags that some example is about."""

    items: tuple[str, ...]
    years: tuple[str, ...]
    goals: tuple[NationalGoal, ...] = ()
    tags: tuple[str, ...] = ()
    kinds: tuple[OrganisationKind, ...] = KINDS
    stages: tuple[Stage, ...] = tuple(Stage)


@require_GET
def library(request: PageRequest) -> HttpResponse:
    """Show the examples of every omgång but rehearsals to anyone who is signed in."""
    roles = roles_of(request.user)
    offered = Effort.objects.visible_to(roles).examples().counted()
    related = ("item", "participation__organisation", "participation__cohort")
    rows = [EffortRow(effort) for effort in offered.select_related(*related).prefetch_related(*PARTS).order_by("-pk")]
    wanted = _wanted(request)
    matches = matching(rows, wanted)
    page = Paginator(matches, PER_PAGE).get_page(request.GET.get("sida"))
    tries = tries_of([row.effort for row in page], homes_of(roles))
    page.object_list = [replace(row, tries=tries.get(row.effort.pk, ())) for row in page]
    for row in page:
        if row.effort.participation.cohort.constructed:
            shown_on(request, row.effort.participation.cohort)
    context = {
        "n_offered": len(rows),
        "n_found": len(matches),
        "page": page,
        "choices": choices_of(rows),
        "wanted": wanted,
    }
    return render(request, "improvements/library.html", context)


def _wanted(request: PageRequest) -> Wanted:
    words, *others = (request.GET.get(name, "").strip()[:LONGEST_SEARCH] for name in ASKED)
    return Wanted(words, *others)


def choices_of(rows: Iterable[EffortRow]) -> Choices:
    rows = list(rows)
    items = sorted({(row.effort.item.number, row.effort.item.short) for row in rows if row.effort.item})
    years = sorted({str(step.year) for row in rows for step in row.got}, reverse=True)
    goals = {goal.pk: goal for row in rows for goal in row.effort.goals.all()}
    tags = {folded(tag): tag for row in rows for tag in row.effort.tag_list}
    return Choices(
        tuple(dict.fromkeys(short for _, short in items)),
        tuple(years),
        tuple(sorted(goals.values(), key=lambda goal: goal.number or 0)),
        tuple(tags[key] for key in sorted(tags)),
    )


def matching(rows: Iterable[EffortRow], wanted: Wanted) -> list[EffortRow]:
    """Return the rows that fit everything; a stage and a year have to be those of one and the same step."""
    words = folded(wanted.words).split()
    return [row for row in rows if _fits(row, wanted) and _has_words(row.effort, words)]


def _fits(row: EffortRow, wanted: Wanted) -> bool:
    effort = row.effort
    return (
        wanted.kind in ("", effort.participation.kind)
        and (not wanted.item or (effort.item is not None and effort.item.short == wanted.item))
        and (not wanted.goal or wanted.goal in {str(goal.number) for goal in effort.goals.all()})
        and (not wanted.tag or folded(wanted.tag) in {folded(tag) for tag in effort.tag_list})
        and (not (wanted.stage or wanted.year) or _has_got_to(row, wanted))
    )


def _has_got_to(row: EffortRow, wanted: Wanted) -> bool:
    return any(wanted.stage in ("", step.stage) and wanted.year in ("", str(step.year)) for step in row.got)


def _has_words(effort: Effort, words: list[str]) -> bool:
    if not words:
        return True
    texts = (step.text for step in effort.steps.all())
    text = folded(" ".join((effort.title, effort.participation.organisation.name, *effort.tag_list, *texts)))
    return all(word in text for word in words)
