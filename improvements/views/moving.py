"""The pages that move an improvement on: to another state, onto the result chain, or into a new omgång."""

from functools import partial

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.requests import PageRequest
from cohorts.fetch import get_participation
from cohorts.models import Participation
from improvements import actions
from improvements.enums import MOVES, State
from improvements.forms import CopyForm, LayForm, MoveForm
from improvements.models import Improvement
from improvements.perms import EDIT_WORK
from improvements.views.improvement import get_improvement
from improvements.views.pages import form_answer, page_of, way_to, work_of_its
from kit.pages import FormPage, form_page, posted, store
from kit.permissions import require
from kit.staleness import content_of


@require_http_methods(["GET", "POST"])
def move(request: PageRequest, pk: int) -> HttpResponse:
    """Ask where an improvement moves; `till` in the address chooses beforehand."""
    improvement = get_improvement(request, pk)
    require(request.user, EDIT_WORK, improvement.participation)
    state = State(improvement.state)
    to = request.GET.get("till", "")
    initial = {"to": to if to in MOVES[state] else ""}
    stored = content_of(improvement, *actions.STATE)
    form = MoveForm(posted(request), stored=stored, state=state, initial=initial)
    page = page_of(request, improvement, "Flytta förbättringsarbetet", lead=f"Nu har det läget ”{state.label}”.")
    action = partial(actions.move_improvement, improvement=improvement)
    return form_answer(request, form, page, action, "Förbättringsarbetet är flyttat.")


@require_http_methods(["GET", "POST"])
def lay(request: PageRequest, pk: int) -> HttpResponse:
    """Ask how far an adopted improvement has come on the chain; its own words are filled in."""
    improvement = get_improvement(request, pk)
    require(request.user, EDIT_WORK, improvement.participation)
    if hasattr(improvement, "effort") and request.method == "GET":
        return redirect("improvements:effort", improvement.effort.pk)
    form = LayForm(posted(request), initial={"text": told_in(improvement)})
    page = page_of(request, improvement, "Lägg på resultatkedjan", button="Lägg på kedjan")
    effort = store(request, form, partial(actions.lay_on_chain, improvement=improvement))
    if effort is None:
        return form_page(request, "kit/form.html", form, page)
    messages.success(request, "Förbättringsarbetet ligger nu på resultatkedjan.")
    return redirect("improvements:effort", effort.pk)


def told_in(improvement: Improvement) -> str:
    """Return what was to be achieved and what it became, in the words that stand there already."""
    last = improvement.cycles.last()
    return "\n\n".join(text for text in (improvement.aim, last.study if last else "") if text)


def earlier_of(participation: Participation) -> QuerySet[Improvement]:
    own = Improvement.objects.of_organisation(participation.organisation_id)
    before = own.exclude(participation=participation).exclude(title__in=participation.improvements.values("title"))
    return before.select_related("participation__cohort", "item", "borrowed_from").order_by("-pk")


@require_http_methods(["GET", "POST"])
def copy(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code, "cohort__plan__checklist")
    require(request.user, EDIT_WORK, participation)
    earlier = earlier_of(participation)
    form = CopyForm(posted(request), earlier=earlier)
    page = FormPage(
        "Kopiera ett tidigare förbättringsarbete",
        participation.organisation.name,
        work_of_its(participation),
        way_to(request, participation),
        button="Kopiera",
        lead="Frågorna och idéerna följer med. Cyklerna ligger kvar i den tidigare omgången.",
        fixed="" if earlier else "Ni har inget förbättringsarbete i en tidigare omgång.",
    )
    made = None
    if not page.fixed:
        made = store(request, form, partial(actions.copy_improvement, participation=participation))
    if made is None:
        return form_page(request, "kit/form.html", form, page)
    messages.success(request, "Förbättringsarbetet är kopierat.")
    return redirect("improvements:improvement_edit", made.pk)
