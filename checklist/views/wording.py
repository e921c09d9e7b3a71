"""The process leader changes a version's texts, and sees them first as they will stand where one rates."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from checklist.actions.editions import FEWEST_STEPS, MOST_STEPS
from checklist.actions.versions import change_labels, change_moment
from checklist.forms.versions import LabelsForm, MomentTextsForm
from checklist.models import Checklist
from modell.http import PageRequest
from modell.permissions import Perm, require
from modell.refusals import ActionRefused


@require_http_methods(["GET", "POST"])
def reword(request: PageRequest, key: str, number: int) -> HttpResponse:
    """One moment's formulation and guidance."""
    require(request.user, Perm.EDIT_CHECKLIST)
    checklist = get_object_or_404(Checklist, key=key)
    item = get_object_or_404(checklist.items.select_related("checklist"), number=number)
    form = MomentTextsForm(_posted(request), item=item)
    page = {"checklist": checklist, "item": item, "back": f"{reverse('checklist:version', args=[key])}#moment-{number}"}
    return _answer(request, form, partial(change_moment, item=item), "checklist/versions/reword.html", page)


@require_http_methods(["GET", "POST"])
def labels(request: PageRequest, key: str) -> HttpResponse:
    """What the steps are called and, until the version is used, how many they are."""
    require(request.user, Perm.EDIT_CHECKLIST)
    checklist = get_object_or_404(Checklist, key=key)
    form = LabelsForm(_posted(request), checklist=checklist)
    page = {
        "checklist": checklist,
        "back": reverse("checklist:version", args=[key]),
        "may_add": len(form.steps) < MOST_STEPS,
        "highest": form.steps[-1] if len(form.steps) > FEWEST_STEPS else None,
    }
    return _answer(
        request, form, partial(change_labels, checklist=checklist), "checklist/versions/version_steps.html", page
    )


def _posted(request: PageRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _answer(
    request: PageRequest,
    form: MomentTextsForm | LabelsForm,
    action: Callable[..., Any],
    template: str,
    page: dict[str, Any],
) -> HttpResponse:
    """Show the form; posted, show how it will look, or store it and go back."""
    preview = None
    if request.method == "POST" and "preview" in request.POST:
        preview = form.preview() if form.is_valid_to_preview() else None
    elif request.method == "POST" and form.is_valid():
        try:
            changes = action(**form.cleaned_data, by=request.user)
        except ActionRefused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Ändringen är sparad." if changes else "Inget var ändrat, så inget sparades.")
            return redirect(page["back"])
    return render(request, template, {**page, "form": form, "preview": preview}, status=422 if form.errors else 200)
