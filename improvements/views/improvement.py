"""The page of an improvement, and the forms about it."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import PageRequest
from cohorts.fetch import get_participation, participation_shown_on
from cohorts.roles import Roles, roles_of
from cohorts.rules import is_own
from improvements import actions
from improvements.forms import ImprovementForm
from improvements.measures import measures_of
from improvements.models import Comment, Improvement, WorkEvidence
from improvements.perms import COMMENT, EDIT_WORK, REMOVE_COMMENT
from improvements.story import Story, story_of
from improvements.views.pages import (
    FOLDED,
    SAVED,
    cycle_name_of,
    form_answer,
    page_of,
    way_to,
    work_of_its,
)
from indicators.perms import EDIT_INDICATORS
from kit.pages import FormPage, posted
from kit.permissions import may, require
from kit.responses import makes_new

RELATED = (
    *("participation__organisation", "participation__cohort__plan__checklist", "item", "borrowed_from"),
    *("part", "analysis", "responsible__user", "manager__user"),
)


def get_improvement(request: PageRequest, pk: int) -> Improvement:
    visible = Improvement.objects.visible_to(roles_of(request.user)).select_related(*RELATED)
    improvement = get_object_or_404(visible.prefetch_related("goals", "articles"), pk=pk)
    participation_shown_on(request, improvement.participation)
    return improvement


@require_GET
def improvement(request: PageRequest, pk: int) -> HttpResponse:
    improvement = get_improvement(request, pk)
    participation = improvement.participation
    editor = may(request.user, EDIT_INDICATORS, participation)
    roles = roles_of(request.user)
    context = {
        "story": _story(improvement, roles, editor=editor),
        "improvement": improvement,
        "participation": participation,
        "crumbs": way_to(request, participation),
        "own": is_own.test(request.user, participation),
        "may_edit": may(request.user, EDIT_WORK, participation),
        "word": cycle_name_of(participation),
        "evidence": WorkEvidence.objects.visible_to(roles).filter(improvement=improvement),
        "comments": _comments(request, improvement),
        "may_comment": may(request.user, COMMENT, improvement),
    }
    return render(request, "improvements/improvement.html", context)


def _comments(request: PageRequest, improvement: Improvement) -> list[tuple[Comment, bool]]:
    """Return the comments that the reader sees, each with whether the reader may remove it."""
    rows = Comment.objects.visible_to(roles_of(request.user)).filter(improvement=improvement)
    comments = list(rows.select_related("organisation"))
    for comment in comments:
        comment.improvement = improvement  # with its participation
    return [(comment, may(request.user, REMOVE_COMMENT, comment)) for comment in comments]


def _story(improvement: Improvement, roles: Roles, *, editor: bool) -> Story:
    measures = measures_of([improvement], roles, editor=editor)
    return story_of(improvement, measures.get(improvement.pk, ()), timezone.localdate())


@makes_new
@require_http_methods(["GET", "POST"])
def add(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """Draw a new improvement; `nyckeltal` in the address chooses the indicator it begins from."""
    participation = get_participation(request, slug, code, "cohort__plan__checklist")
    require(request.user, EDIT_WORK, participation)
    begun: dict[str, Any] = {}
    asked = request.GET.get("nyckeltal", "")
    chosen = next((row for row in participation.indicators.all() if row.key == asked), None)
    if chosen:
        begun["indicators"] = [chosen.pk]
    form = ImprovementForm(posted(request), stored=None, participation=participation, initial=begun)
    page = FormPage(
        "Nytt förbättringsarbete",
        participation.organisation.name,
        work_of_its(participation),
        way_to(request, participation),
        lead="Det räcker med en rubrik och en mening. Resten fyller ni på när ni behöver det.",
    )
    action = partial(actions.save_improvement, improvement=Improvement(participation=participation))
    return form_answer(request, form, page, action, SAVED, goes_to_new=True, template=FOLDED)


@require_http_methods(["GET", "POST"])
def edit(request: PageRequest, pk: int) -> HttpResponse:
    improvement = get_improvement(request, pk)
    require(request.user, EDIT_WORK, improvement.participation)
    stored = actions.improvement_content(improvement)
    form = ImprovementForm(posted(request), stored=stored, participation=improvement.participation)
    page = page_of(request, improvement, "Ändra förbättringsarbetet")
    action = partial(actions.save_improvement, improvement=improvement)
    return form_answer(request, form, page, action, "Förbättringsarbetet är sparat.", template=FOLDED)
