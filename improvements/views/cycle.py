"""The forms of a cycle, and what an organisation calls its cycles."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.requests import PageRequest
from cohorts.fetch import get_participation
from improvements import actions
from improvements.enums import Decision
from improvements.forms import PUBLIC, CycleForm, CycleNameForm
from improvements.models import Cycle, Improvement
from improvements.perms import EDIT_WORK
from improvements.states import ENDS
from improvements.story import cycle_name_of
from improvements.views.improvement import get_improvement
from improvements.views.pages import FOLDED, page_of, way_to, work_of_its
from kit.pages import FormPage, form_page, posted, saved_or_form, store
from kit.permissions import require
from kit.responses import makes_new
from kit.staleness import content_of

# What the next cycle of a ramp takes over from the one that is to be tried again.
CARRIED_OVER = ("plan", "idea", "scale", "responsible", "measured")


@makes_new
@require_http_methods(["GET", "POST"])
def add(request: PageRequest, pk: int) -> HttpResponse:
    """Draw a new cycle; where the last is to be tried again, what was planned stands in it."""
    improvement = get_improvement(request, pk)
    require(request.user, EDIT_WORK, improvement.participation)
    last = improvement.cycles.last()
    again = last is not None and last.decision == Decision.ADAPT
    begun = content_of(last, *CARRIED_OVER) if last and again else {}
    form = CycleForm(posted(request), stored=None, improvement=improvement, initial=begun)
    word = cycle_name_of(improvement.participation)
    lead = "Här står det ni planerade förra gången. Ändra det som ska bli annorlunda, gärna i något större skala."
    page = page_of(request, improvement, f"Ny {word}", lead=lead if again else "")
    return _answer(request, form, page, Cycle(improvement=improvement))


@require_http_methods(["GET", "POST"])
def edit(request: PageRequest, pk: int, number: int) -> HttpResponse:
    improvement = get_improvement(request, pk)
    require(request.user, EDIT_WORK, improvement.participation)
    cycle = get_object_or_404(improvement.cycles, number=number)
    form = CycleForm(posted(request), stored=content_of(cycle, *actions.CYCLE), improvement=improvement)
    page = page_of(request, improvement, f"Ändra {cycle_name_of(improvement.participation)} {number}")
    return _answer(request, form, page, cycle)


def _answer(request: PageRequest, form: CycleForm, page: FormPage, cycle: Cycle) -> HttpResponse:
    before = cycle.decision
    saved: Any = store(request, form, partial(actions.save_cycle, cycle=cycle))
    if saved is None:
        return form_page(request, FOLDED, form, page, public=PUBLIC)
    messages.success(request, f"Cykel {saved.number} är sparad.")
    return redirect(_next(saved, page.back) if saved.decision != before else page.back)


def _next(cycle: Cycle, back: str) -> str:
    """Return the page that a decision leads to: another try, or the question of where the improvement moves."""
    work: Improvement = cycle.improvement
    if cycle.decision == Decision.ADAPT:
        return reverse("improvements:cycle_add", args=[work.pk])
    to = ENDS.get(cycle.decision)
    return f"{reverse('improvements:move', args=[work.pk])}?till={to}" if to else back


@require_http_methods(["GET", "POST"])
def name(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, EDIT_WORK, participation)
    chosen = getattr(participation, "cycle_name", None)
    form = CycleNameForm(posted(request), initial={"word": chosen.word if chosen else "pdsa"})
    page = FormPage(
        "PDSA eller PGSA?",
        participation.organisation.name,
        work_of_its(participation),
        way_to(request, participation),
        lead="Det är samma cykel: planera, göra, studera, agera. I PDSA kommer d:et av det engelska ordet do.",
    )
    action = partial(actions.name_cycle, participation=participation)
    return saved_or_form(request, "kit/form.html", form, page, action)
