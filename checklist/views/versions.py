from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from checklist.actions.versions import reword_item
from checklist.forms import RewordForm
from checklist.models import Checklist
from modell.http import PageRequest
from modell.permissions import Perm, may, require
from modell.refusals import ActionRefused


def versions(request: PageRequest) -> HttpResponse:
    """All versions: they are public knowledge to everyone in the programme."""
    return render(
        request, "checklist/versions.html", {"checklists": Checklist.objects.prefetch_related("items", "steps")}
    )


def version(request: PageRequest, key: str) -> HttpResponse:
    """One version with its steps, its moment and where each came from."""
    checklist = get_object_or_404(Checklist.objects.prefetch_related("steps").with_history(), key=key)
    context = {"checklist": checklist, "may_edit": may(request.user, Perm.EDIT_CHECKLIST), "used": checklist.is_used()}
    return render(request, "checklist/version.html", context)


@require_http_methods(["GET", "POST"])
def reword(request: PageRequest, key: str, number: int) -> HttpResponse:
    checklist = get_object_or_404(Checklist, key=key)
    item = get_object_or_404(checklist.items, number=number)
    require(request.user, Perm.EDIT_CHECKLIST)
    form = RewordForm(request.POST or None, initial={"text": item.text})
    if request.method == "POST" and form.is_valid():
        try:
            reword_item(item=item, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, f"Formuleringen av moment {number} är ändrad.")
            return redirect("checklist:version", key)
    context = {"checklist": checklist, "item": item, "form": form}
    return render(request, "checklist/reword.html", context, status=422 if form.errors else 200)
