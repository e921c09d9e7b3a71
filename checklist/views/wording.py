"""Pages where the process leader changes a version's texts and previews them as they will look."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.requests import PageRequest
from checklist.actions.shape import FEWEST_STEPS, MOST_STEPS
from checklist.actions.wording import change_item_texts, change_labels
from checklist.forms import ItemTextsForm, LabelsForm
from checklist.models import Checklist
from checklist.perms import EDIT_CHECKLIST
from kit.pages import draw, posted
from kit.permissions import require
from kit.refusals import ActionRefused


@require_http_methods(["GET", "POST"])
def reword(request: PageRequest, key: str, number: int) -> HttpResponse:
    require(request.user, EDIT_CHECKLIST)
    checklist = get_object_or_404(Checklist, key=key)
    item = get_object_or_404(checklist.items.select_related("checklist"), number=number)
    form = ItemTextsForm(posted(request), item=item)
    page = {"checklist": checklist, "item": item, "back": f"{reverse('checklist:version', args=[key])}#moment-{number}"}
    return _answer(request, form, partial(change_item_texts, item=item), "checklist/reword.html", page)


@require_http_methods(["GET", "POST"])
def labels(request: PageRequest, key: str) -> HttpResponse:
    require(request.user, EDIT_CHECKLIST)
    checklist = get_object_or_404(Checklist, key=key)
    form = LabelsForm(posted(request), checklist=checklist)
    page = {
        "checklist": checklist,
        "back": reverse("checklist:version", args=[key]),
        "may_add": len(form.steps) < MOST_STEPS,
        "highest": form.steps[-1] if len(form.steps) > FEWEST_STEPS else None,
    }
    return _answer(request, form, partial(change_labels, checklist=checklist), "checklist/version_steps.html", page)


def _answer(
    request: PageRequest,
    form: ItemTextsForm | LabelsForm,
    action: Callable[..., Any],
    template: str,
    page: dict[str, Any],
) -> HttpResponse:
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
    return draw(request, template, form, form=form, preview=preview, **page)
