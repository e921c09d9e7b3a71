from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cohorts.actions.people import add_delegate, end_delegate
from cohorts.enums import Function
from cohorts.fetch import get_participation
from cohorts.forms.people import PersonForm
from cohorts.models import Delegate, Participation
from modell.http import PageRequest
from modell.permissions import Perm, may, require
from modell.refusals import ActionRefused


def people(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """An organisation's representatives by function; those whose task is over stand folded."""
    participation = get_participation(request, slug, code)
    require(request.user, Perm.READ_PEOPLE, participation)
    today = timezone.localdate()
    delegates = list(participation.delegates.select_related("user"))
    over = [delegate for delegate in delegates if delegate.ends_on and delegate.ends_on < today]
    context = {
        "participation": participation,
        "crumbs": _way_to(participation),
        "by_function": _by_function([delegate for delegate in delegates if delegate not in over]),
        "any_current": len(over) < len(delegates),
        "over": over,
        "may_edit": may(request.user, Perm.EDIT_PEOPLE, participation),
    }
    return render(request, "cohorts/people.html", context)


@require_http_methods(["GET", "POST"])
def person_add(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, Perm.EDIT_PEOPLE, participation)
    form = PersonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            delegate = add_delegate(participation=participation, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, f"{delegate.user} är tillagd och kan logga in med {delegate.user.email}.")
            return redirect("cohorts:people", slug, code)
    context = {"participation": participation, "form": form, "crumbs": _way_to(participation, here=False)}
    return render(request, "cohorts/person_add.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def person_end(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Ask first: the person loses access at once."""
    participation = get_participation(request, slug, code)
    require(request.user, Perm.EDIT_PEOPLE, participation)
    delegate = participation.delegates.select_related("user").filter(pk=pk).first()
    if delegate is None and request.method == "POST":  # a second click: a seat given today is gone by the first
        return redirect("cohorts:people", slug, code)
    if delegate is None:
        raise Http404
    if request.method == "GET":
        return _ask(request, participation, delegate, refusal="")
    try:
        end_delegate(delegate=delegate, by=request.user)
    except ActionRefused as refusal:
        return _ask(request, participation, delegate, refusal=refusal.sentence)
    messages.success(request, f"{delegate.user} är inte längre representant för {participation}.")
    # One who has ended their own seat may not read the page any more.
    return redirect("home") if delegate.user_id == request.user.pk else redirect("cohorts:people", slug, code)


def _ask(request: PageRequest, participation: Participation, delegate: Delegate, *, refusal: str) -> HttpResponse:
    crumbs = _way_to(participation, here=False)
    context = {"participation": participation, "delegate": delegate, "refusal": refusal, "crumbs": crumbs}
    return render(request, "cohorts/person_end.html", context, status=422 if refusal else 200)


def _way_to(participation: Participation, *, here: bool = True) -> list[dict[str, str]]:
    """The way to the organisation's people; with `here` one stands on that page."""
    cohort = participation.cohort
    crumbs = [{"url": cohort.get_absolute_url(), "label": cohort.name}]
    people = reverse("cohorts:people", args=[cohort.slug, participation.code])
    return crumbs if here else [*crumbs, {"url": people, "label": f"Personer i {participation}"}]


def _by_function(delegates: list[Delegate]) -> list[tuple[str, list[Delegate]]]:
    """In the functions' own order; a function that nobody has is told of too."""
    return [
        (function.label, [delegate for delegate in delegates if delegate.function == function]) for function in Function
    ]
