"""The page of an improvement, and the forms about it."""

from functools import partial
from hashlib import sha256
from io import BytesIO
from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import PageRequest
from cohorts.fetch import get_participation, participation_shown_on
from cohorts.roles import roles_of
from cohorts.rules import is_own
from improvements import actions
from improvements.forms import ImprovementForm
from improvements.models import Comment, Improvement, WorkEvidence
from improvements.papers import html_of, word_of
from improvements.perms import COMMENT, EDIT_WORK, REMOVE_COMMENT
from improvements.story import cycle_name_of, paper_of, story_of
from improvements.views.pages import (
    FOLDED,
    SAVED,
    form_answer,
    page_of,
    way_to,
    work_of_its,
)
from indicators.perms import EDIT_INDICATORS
from kit.limits import heavy, made_once
from kit.pages import FormPage, posted
from kit.pdf import render_pdf
from kit.permissions import may, require
from kit.responses import download, makes_new
from kit.word import MEDIA_TYPE

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
        "story": story_of(improvement, roles, timezone.localdate(), editor=editor),
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


@require_GET
def improvement_pdf(request: PageRequest, pk: int) -> FileResponse:
    story = paper_of(get_improvement(request, pk), roles_of(request.user), timezone.localdate())
    html = html_of(story)
    data = made_once(request.user, sha256(html.encode()).hexdigest(), lambda: render_pdf(html))
    return FileResponse(BytesIO(data), filename=f"{story.file_name}.pdf", content_type="application/pdf")


@require_GET
def improvement_word(request: PageRequest, pk: int) -> HttpResponse:
    story = paper_of(get_improvement(request, pk), roles_of(request.user), timezone.localdate())
    with heavy(request.user):
        content = word_of(story)
    return download(content, f"{story.file_name}.docx", MEDIA_TYPE)


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
