"""The pages that ask before work at home is removed, and tell what depends on it."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.requests import PageRequest
from cohorts.fetch import get_participation
from cohorts.models import Participation
from improvements import actions
from improvements.board import comments_in_words
from improvements.models import Effort, Improvement
from improvements.perms import EDIT_WORK
from improvements.views.pages import way_to, work_of_its
from kit.pages import ConfirmPage, Crumb, SeenContent, confirmed, posted
from kit.permissions import require
from kit.staleness import content_of, digest
from kit.templatetags.swedish import in_words, sentence

FOR_GOOD = "Det går inte att ångra."


@require_http_methods(["GET", "POST"])
def improvement(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    participation = _own(request, slug, code)
    row = participation.improvements.select_related("takeaway__meeting").filter(pk=pk).first()
    if row is None:  # a second click
        return redirect("improvements:work", slug, code)
    page = _page(
        request, participation, f"Ta bort ”{row.title}”?", "Ta bort förbättringsarbetet", _with_improvement(row)
    )
    action = partial(actions.remove_improvement, improvement=row)
    return _answer(request, row, actions.IMPROVEMENT, page, action, "Förbättringsarbetet är borttaget.")


def _with_improvement(row: Improvement) -> Iterator[str]:
    if n := row.cycles.count():
        yield "PDSA-cykeln tas också bort." if n == 1 else f"{sentence(in_words(n))} PDSA-cykler tas också bort."
    if n := row.evidence.count():
        yield f"{sentence(in_words(n))} underlag tas också bort." if n > 1 else "Underlaget tas också bort."
    if n := row.comments.count():
        yield f"{comments_in_words(n)} tas också bort." if n > 1 else "Kommentaren tas också bort."
    if row.takeaway:
        yield f"Idén från {row.takeaway.meeting} ligger kvar och kan bli ett nytt förbättringsarbete."
    if row.shared:
        yield "Gruppen, mentorerna, SKR:s processledare och utvärderaren kan inte längre läsa det."
    if row.public:
        yield "Det kommer inte med i nästa utgåva av resultatrapporten. Utgåvor som redan är inlämnade ändras inte."


@require_http_methods(["GET", "POST"])
def cycle(request: PageRequest, slug: str, code: str, pk: int, number: int) -> HttpResponse:
    participation = _own(request, slug, code)
    work = participation.improvements.filter(pk=pk).first()
    row = work.cycles.filter(number=number).first() if work else None
    if work is None or row is None:
        return redirect("improvements:work", slug, code)
    back = reverse("improvements:improvement", args=[work.pk])
    title = f"Ta bort PDSA-cykel {number}?"
    after = work.cycles.filter(number__gt=number).count()
    moves = [f"Cykel {number + 1} blir cykel {number}{', och så vidare' if after > 1 else ''}."] if after else []
    page = _page(request, participation, title, "Ta bort cykeln", moves, Crumb(back, work.title))
    action = partial(actions.remove_cycle, cycle=row)
    return _answer(request, row, actions.CYCLE, page, action, f"Cykel {number} är borttagen.")


@require_http_methods(["GET", "POST"])
def effort(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    participation = _own(request, slug, code)
    row = participation.efforts.filter(pk=pk).first()
    if row is None:
        return redirect("improvements:work", slug, code)
    page = _page(request, participation, f"Ta bort ”{row.title}”?", "Ta bort insatsen", _with_effort(row))
    action = partial(actions.remove_effort, effort=row)
    return _answer(request, row, actions.EFFORT, page, action, "Insatsen är borttagen.")


def _with_effort(row: Effort) -> Iterator[str]:
    if n := row.steps.count():
        steps = "Steget i resultatkedjan" if n == 1 else f"{sentence(in_words(n))} steg i resultatkedjan"
        yield f"{steps} tas också bort."
    if row.shared:
        yield "Den räknas inte längre i omgångens gemensamma bild, och gruppen kan inte läsa den."
    if row.example:
        yield "Andra kan inte längre läsa den som lärande exempel. På dess sida står att ni har tagit tillbaka den."
    if row.public:
        yield "Den kommer inte med i nästa utgåva av resultatrapporten. Utgåvor som redan är inlämnade ändras inte."


@require_http_methods(["GET", "POST"])
def step(request: PageRequest, slug: str, code: str, pk: int, stage: str) -> HttpResponse:
    participation = _own(request, slug, code)
    work = participation.efforts.filter(pk=pk).first()
    row = work.steps.filter(stage=stage).first() if work else None
    if work is None or row is None:
        return redirect("improvements:work", slug, code)
    back = reverse("improvements:effort", args=[work.pk])
    name = row.get_stage_display().lower()
    counted = [f"Insatsen räknas inte längre till dem som har nått {name}."] if work.shared else []
    if work.past_steps.filter(stage=stage).exists():
        counted.append("Det som steget har sagt tidigare tas också bort.")
    page = _page(request, participation, f"Ta bort steget {name}?", "Ta bort steget", counted, Crumb(back, work.title))
    action = partial(actions.remove_step, step=row)
    return _answer(request, row, actions.STEP, page, action, "Steget är borttaget.")


def _own(request: PageRequest, slug: str, code: str) -> Participation:
    participation = get_participation(request, slug, code)
    require(request.user, EDIT_WORK, participation)
    return participation


def _page(
    request: PageRequest,
    participation: Participation,
    title: str,
    button: str,
    happens: Iterator[str] | list[str],
    above: Crumb | None = None,
) -> ConfirmPage:
    back = above.url if above else work_of_its(participation)
    crumbs = [*way_to(request, participation), *([above] if above else [])]
    return ConfirmPage(
        title,
        participation.organisation.name,
        back,
        crumbs,
        button=button,
        danger=True,
        happens=(*happens, FOR_GOOD),
    )


def _answer(
    request: PageRequest,
    row: Model,
    names: tuple[str, ...],
    page: ConfirmPage,
    action: Callable[..., Any],
    done: str,
) -> HttpResponse:
    seen = digest(content_of(row, *names))
    return confirmed(request, SeenContent(posted(request), initial={"seen": seen}), page, action, done)
