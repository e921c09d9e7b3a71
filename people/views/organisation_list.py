"""Page that adds several organisations from a list, previewed line by line.

Lines that are understood are stored; the others stay in the box.
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.requests import PageRequest
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_cohort
from cohorts.models import Cohort
from kit.pages import posted, store
from kit.permissions import require
from kit.staleness import digest
from kit.templatetags.swedish import in_words, sentence
from people.actions.participation import add_participations
from people.forms.participation import OrganisationListForm
from people.organisation_list import OrganisationList, read_organisations
from people.perms import ADD_PARTICIPATION


@require_http_methods(["GET", "POST"])
def organisation_list(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, ADD_PARTICIPATION, cohort)
    form = OrganisationListForm(posted(request))
    if not form.is_valid():
        return _page(request, cohort, form)
    text, role = form.cleaned_data["organisations"], form.cleaned_data["role"]
    seen = read_organisations(text, cohort, role)
    as_seen = form.cleaned_data["looked_at"] == _mark(text, role)
    if "add" not in request.POST or not as_seen or not seen.new:
        return _preview(request, cohort, seen, text, role, is_changed="add" in request.POST and not as_seen)
    listed = [(line.code, line.role) for line in seen.new]
    added = store(request, form, add_participations, cohort=cohort, listed=listed)
    if added is None:
        return _page(request, cohort, form)
    messages.success(request, _done(len(listed)))
    if not seen.wrong:
        return redirect("people:directory", slug)
    return _preview(request, cohort, read_organisations(seen.left, cohort, role), seen.left, role, is_rest=True)


def _mark(text: str, role: str) -> str:
    return digest({"organisations": text, "role": role})


def _done(number: int) -> str:
    who = "En organisation är tillagd." if number == 1 else f"{sentence(in_words(number))} organisationer är tillagda."
    return f"{who} Lägg till deras personer härnäst."


def _preview(
    request: PageRequest, cohort: Cohort, seen: OrganisationList, text: str, role: str, **how: bool
) -> HttpResponse:
    form = OrganisationListForm(initial={"organisations": text, "role": role, "looked_at": _mark(text, role)})
    return _page(request, cohort, form, seen, **how)


def _page(
    request: PageRequest,
    cohort: Cohort,
    form: OrganisationListForm,
    seen: OrganisationList | None = None,
    *,
    is_changed: bool = False,
    is_rest: bool = False,
) -> HttpResponse:
    """`is_changed` means that the posted list was not the previewed one; `is_rest` that the other lines are stored."""
    refused = bool(form.is_bound and form.errors) or (seen is not None and bool(seen.wrong) and not is_rest)
    context = {
        "cohort": cohort,
        "form": form,
        "seen": seen,
        "is_changed": is_changed,
        "is_rest": is_rest,
        "crumbs": [cohort_crumb(cohort)],
    }
    return render(request, "people/participation/list.html", context, status=422 if refused else 200)
