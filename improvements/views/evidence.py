"""The pages of an improvement's underlag."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import PageRequest
from cohorts.roles import roles_of
from improvements.beside_forms import WorkFileForm, WorkLinkForm
from improvements.evidence import AT_MOST, add_file, add_link, remove_evidence
from improvements.models import Improvement, WorkEvidence
from improvements.perms import EDIT_WORK
from improvements.views.improvement import get_improvement
from improvements.views.pages import way_to
from kit.link_or_file import ShownForm, shown_forms
from kit.pages import Crumb, draw, press, store
from kit.permissions import require
from kit.responses import makes_new, posted_from
from kit.uploads import as_download


@makes_new
@require_http_methods(["GET", "POST"])
def evidence(request: PageRequest, pk: int) -> HttpResponse:
    improvement = get_improvement(request, pk)
    require(request.user, EDIT_WORK, improvement.participation)
    link, file, form = shown_forms(request, WorkLinkForm, WorkFileForm)
    if form and form.is_valid() and _added(form, improvement, request):
        messages.success(request, "Underlaget är tillagt.")
        return redirect("improvements:evidence", pk)
    here = reverse("improvements:improvement", args=[pk])
    context = {
        "improvement": improvement,
        "crumbs": [*way_to(request, improvement.participation), Crumb(here, improvement.title)],
        "evidence": improvement.evidence.all(),
        "link": link,
        "file": file,
        "at_most": AT_MOST,
    }
    return draw(request, "improvements/evidence.html", link, file, **context)


def _added(form: ShownForm, improvement: Improvement, request: PageRequest) -> bool:
    add = add_file if isinstance(form, WorkFileForm) else add_link
    return bool(store(request, form, add, improvement=improvement, **form.adding()))


@posted_from(lambda request, pk, number: reverse("improvements:evidence", args=[pk]))
def remove(request: PageRequest, pk: int, number: int) -> HttpResponse:
    improvement = get_improvement(request, pk)
    require(request.user, EDIT_WORK, improvement.participation)
    row = improvement.evidence.filter(pk=number).first()
    if row:
        press(request, partial(remove_evidence, evidence=row), f"”{row.title}” är borttaget.")
    return redirect("improvements:evidence", pk)


@require_GET
def file(request: PageRequest, pk: int, number: int) -> HttpResponseBase:
    improvement = get_improvement(request, pk)
    visible = WorkEvidence.objects.visible_to(roles_of(request.user)).filter(improvement=improvement)
    row = get_object_or_404(visible.exclude(file=""), pk=number)
    return as_download(request, row.file, title=row.title, media_type=row.media_type)
