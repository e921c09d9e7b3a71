"""A new omgång in three pages, and its set-up page."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cohorts.fetch import get_cohort
from cohorts.models import Cohort
from modell.http import PageRequest
from modell.permissions import Perm, may, require
from modell.refusals import ActionRefused
from programme.actions.cohorts import set_up_cohort
from programme.actions.facts import edit_facts, edit_interest
from programme.actions.rows import OF_COHORT, save_rows
from programme.forms.rows import RowsForm
from programme.forms.setup import FactsForm, InterestDaysForm, NewCohortForm, PlanForm
from programme.setup.blueprint import Blueprint
from programme.setup.dating import dated
from programme.setup.listing import dates_of
from programme.setup.plan import Plan
from programme.setup.standing import standing
from programme.setup.warnings import by_meeting, warnings
from programme.views.pages import Crumb, FormPage, form_page, posted, saved_or_form, stored
from reports.sections import DEFAULT

PARTS = {"resultat": "results", "avsnitt": "sections"}


def cohort_new(request: PageRequest) -> HttpResponse:
    """What it is called, for whom, from what and when. Nothing is saved; the next page shows its days."""
    require(request.user, Perm.START_COHORT)
    form = NewCohortForm(source=request.GET.get("fran", ""))
    return render(request, "programme/setup/new.html", {"form": form, "crumbs": _cohorts()})


@require_http_methods(["GET", "POST"])
def cohort_preview(request: PageRequest) -> HttpResponse:
    """All its days with what to think of, to change by hand; the second button makes it."""
    require(request.user, Perm.START_COHORT)
    asked = NewCohortForm(request.GET)
    if not asked.is_valid():
        context = {"form": asked, "crumbs": _cohorts()}
        return render(request, "programme/setup/new.html", context, status=422)
    blueprint = asked.blueprint
    plan = dated(blueprint, asked.cleaned_data["begins_on"])
    form = PlanForm(posted(request), plan=plan)
    if request.method == "POST" and form.is_valid():
        chosen = {"days": form.days, "ends_on": form.cleaned_data["ends_on"]}
        plan = dated(blueprint, asked.cleaned_data["begins_on"], **chosen)
        if "create" in request.POST:
            made = _made(request, asked, blueprint, plan, form)
            if made:
                return redirect("programme:setup", made.slug)
    return _preview(request, asked, blueprint, plan, form)


def _made(
    request: PageRequest, asked: NewCohortForm, blueprint: Blueprint, plan: Plan, form: PlanForm
) -> Cohort | None:
    facts = {"name": asked.cleaned_data["name"], "kind": asked.cleaned_data["kind"]}
    try:
        cohort = set_up_cohort(**facts, blueprint=blueprint, plan=plan, by=request.user)
    except ActionRefused as refusal:
        form.add_error(None, refusal.sentence)
        return None
    messages.success(request, f"{cohort.name} är upplagd, och du är dess kontaktperson.")
    return cohort


def _preview(
    request: PageRequest, asked: NewCohortForm, blueprint: Blueprint, plan: Plan, form: PlanForm
) -> HttpResponse:
    found = warnings(plan)
    beside = by_meeting(found)
    lines = [
        {"meeting": meeting, "field": form[f"day_{meeting.ref}"], "warned": beside.get(meeting.ref, [])}
        for meeting in plan.in_order()
    ]
    context = {
        "asked": asked.cleaned_data,
        "blueprint": blueprint,
        "plan": plan,
        "form": form,
        "lines": lines,
        "warned": beside.get("", []),
        "n_warned": len(found),
        "back": f"{reverse('programme:cohort_new')}?fran={asked.cleaned_data['source']}",
        "crumbs": [*_cohorts(), {"url": reverse("programme:cohort_new"), "label": "Ny omgång"}],
    }
    return render(request, "programme/setup/preview.html", context, status=422 if form.errors else 200)


def setup(request: PageRequest, slug: str) -> HttpResponse:
    """What stands and what is left to do, in words."""
    cohort = get_cohort(request, slug, "contact", "plan__checklist", "setup__edition", "setup__copied_from")
    require(request.user, Perm.EDIT_MEETINGS, cohort)
    today = timezone.localdate()
    dates = dates_of(cohort, today)
    meetings = [line.meeting for line in dates.lines if line.meeting]
    context = {
        "cohort": cohort,
        "standing": standing(cohort, meetings, dates.n_warned, today),
        "results": cohort.expected_results.all(),
        "sections": cohort.sections.all() or DEFAULT,
        "made_from": getattr(cohort, "setup", None),
        "may_edit": may(request.user, Perm.SET_UP_COHORT, cohort),
        "crumbs": _way_to(cohort, here=False),
    }
    return render(request, "programme/setup/setup.html", context)


@require_http_methods(["GET", "POST"])
def facts(request: PageRequest, slug: str) -> HttpResponse:
    cohort = _to_edit(request, slug)
    form = FactsForm(posted(request), cohort=cohort)
    lead = "Checklistan står fast: självskattningen är påbörjad." if form.rated else ""
    page = _page(cohort, "Uppgifter om omgången", lead=lead)
    return saved_or_form(request, form, page, partial(edit_facts, cohort=cohort))


@require_http_methods(["GET", "POST"])
def interest(request: PageRequest, slug: str) -> HttpResponse:
    cohort = _to_edit(request, slug)
    page = _page(cohort, "Intresseanmälan och avgift")
    form = InterestDaysForm(posted(request), cohort=cohort)
    return saved_or_form(request, form, page, partial(edit_interest, cohort=cohort))


@require_http_methods(["GET", "POST"])
def rows(request: PageRequest, slug: str, part: str) -> HttpResponse:
    """The results that are expected, or the report's headings; an omgång without headings is offered the usual."""
    cohort = _to_edit(request, slug)
    of = next((one for one in OF_COHORT if one.part == PARTS.get(part)), None)
    if of is None:
        raise Http404
    usual = [{"heading": one.text} for one in DEFAULT] if of.part == "sections" and not of.of(cohort) else []
    form = RowsForm(posted(request), of=of, parent=cohort, offered=usual)
    page = _page(cohort, of.titled)
    values: dict[str, Any] = {"of": of, "parent": cohort}
    if request.method == "POST" and form.is_valid():
        values |= {"rows": form.chosen, "known": form.known, "seen": form.cleaned_data["seen"]}
        if stored(request, form, save_rows, **values):
            messages.success(request, "Listan är sparad.")
            return redirect(page.back)
    return form_page(request, form, page)


def _to_edit(request: PageRequest, slug: str) -> Cohort:
    cohort = get_cohort(request, slug, "contact", "plan__checklist")
    require(request.user, Perm.SET_UP_COHORT, cohort)
    return cohort


def _cohorts() -> list[Crumb]:
    return [{"url": reverse("programme:cohorts"), "label": "Omgångar"}]


def _way_to(cohort: Cohort, *, here: bool = True) -> list[Crumb]:
    """To a page under the set-up page, or to it."""
    crumbs = [{"url": cohort.get_absolute_url(), "label": cohort.name}]
    return [*crumbs, {"url": reverse("programme:setup", args=[cohort.slug]), "label": "Upplägg"}] if here else crumbs


def _page(cohort: Cohort, title: str, *, lead: str = "") -> FormPage:
    back = reverse("programme:setup", args=[cohort.slug])
    return FormPage(title, cohort.name, back, crumbs=_way_to(cohort), lead=lead)
