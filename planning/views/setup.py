"""Views of the pages that set up a new omgång, and of its set-up page."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import PageRequest
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_cohort
from cohorts.models import Cohort
from kit.pages import ConfirmPage, Crumb, FormPage, confirmed, draw, posted, store
from kit.permissions import may, require
from meetings.perms import EDIT_MEETINGS
from planning.actions.cohort_facts import edit_facts, edit_interest
from planning.actions.cohorts import delete_cohort, set_up_cohort
from planning.actions.contacts import choose_contacts
from planning.actions.rehearsals import NO_REHEARSAL, delete_rehearsal
from planning.actions.rows import OF_COHORT, save_rows
from planning.forms.contacts import ContactsForm
from planning.forms.rows import RowsForm
from planning.forms.setup import FactsForm, InterestDaysForm, NewCohortForm, PlanForm, RehearsalDeleteForm
from planning.perms import SET_UP_COHORT, START_COHORT
from planning.setup.blueprint import Blueprint
from planning.setup.date_list import dates_of
from planning.setup.dating import dated
from planning.setup.plan import Plan
from planning.setup.resting import rests_on_cohort
from planning.setup.standing import standing
from planning.setup.warnings import by_meeting, warnings
from planning.views.pages import form_page, saved_or_form, usual_chapters
from reports.joint_chapters import headings_of
from reports.sections import DEFAULT

PARTS = {"resultat": "results", "avsnitt": "sections", "kapitel": "chapters"}


@require_GET
def cohort_new(request: PageRequest) -> HttpResponse:
    require(request.user, START_COHORT)
    form = NewCohortForm(source=request.GET.get("fran", ""))
    return render(request, "planning/setup/new.html", {"form": form, "crumbs": _cohorts()})


@require_http_methods(["GET", "POST"])
def cohort_preview(request: PageRequest) -> HttpResponse:
    """Show all days of the new omgång with their warnings; the button "create" makes it."""
    require(request.user, START_COHORT)
    asked = NewCohortForm(request.GET)
    if not asked.is_valid():
        return draw(request, "planning/setup/new.html", asked, form=asked, crumbs=_cohorts())
    blueprint = asked.blueprint
    plan = dated(blueprint, asked.cleaned_data["begins_on"])
    form = PlanForm(posted(request), plan=plan)
    if request.method == "POST" and form.is_valid():
        chosen = {"days": form.days, "ends_on": form.cleaned_data["ends_on"]}
        plan = dated(blueprint, asked.cleaned_data["begins_on"], **chosen)
        if "create" in request.POST:
            made = _made(request, asked, blueprint, plan, form)
            if made:
                return redirect("planning:setup", made.slug)
    return _preview(request, asked, blueprint, plan, form)


def _made(
    request: PageRequest, asked: NewCohortForm, blueprint: Blueprint, plan: Plan, form: PlanForm
) -> Cohort | None:
    facts = {name: asked.cleaned_data[name] for name in ("name", "kind", "rehearsal")}
    cohort: Cohort | None = store(request, form, set_up_cohort, **facts, blueprint=blueprint, plan=plan)
    if cohort:
        messages.success(request, f"{cohort.name} är upplagd, och du är dess kontaktperson.")
    return cohort


def _preview(
    request: PageRequest, asked: NewCohortForm, blueprint: Blueprint, plan: Plan, form: PlanForm
) -> HttpResponse:
    warned = warnings(plan)
    beside = by_meeting(warned)
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
        "n_warned": len(warned),
        "back": f"{reverse('planning:cohort_new')}?fran={asked.cleaned_data['source']}",
        "crumbs": [*_cohorts(), Crumb(reverse("planning:cohort_new"), "Ny omgång")],
    }
    return draw(request, "planning/setup/preview.html", form, **context)


@require_GET
def setup(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug, "contact", "plan__checklist", "setup__edition", "setup__copied_from")
    require(request.user, EDIT_MEETINGS, cohort)
    today = timezone.localdate()
    dates = dates_of(cohort, today)
    meetings = [line.meeting for line in dates.lines if line.meeting]
    context = {
        "cohort": cohort,
        "standing": standing(cohort, meetings, dates.n_warned, today),
        "results": cohort.expected_results.all(),
        "sections": cohort.sections.all() or DEFAULT,
        "chapters": headings_of(cohort),
        "made_from": getattr(cohort, "setup", None),
        "may_edit": may(request.user, SET_UP_COHORT, cohort),
        "crumbs": _way_to(cohort, here=False),
    }
    return render(request, "planning/setup/setup.html", context)


@require_http_methods(["GET", "POST"])
def facts(request: PageRequest, slug: str) -> HttpResponse:
    cohort = _to_edit(request, slug)
    form = FactsForm(posted(request), cohort=cohort)
    lead = "Checklistan står fast: självskattningen är påbörjad." if form.rated else ""
    page = _page(cohort, "Uppgifter om omgången", lead=lead)
    return saved_or_form(request, form, page, partial(edit_facts, cohort=cohort))


@require_http_methods(["GET", "POST"])
def contacts(request: PageRequest, slug: str) -> HttpResponse:
    cohort = _to_edit(request, slug)
    lead = "De står i antagningsbrevet och på omgångens sidor. Alla som har en roll på SKR går att välja."
    page = _page(cohort, "Kontaktpersoner på SKR", lead=lead)
    done = "Kontaktpersonerna är sparade."
    return saved_or_form(
        request, ContactsForm(posted(request), cohort=cohort), page, partial(choose_contacts, cohort=cohort), done
    )


@require_http_methods(["GET", "POST"])
def interest(request: PageRequest, slug: str) -> HttpResponse:
    cohort = _to_edit(request, slug)
    page = _page(cohort, "Intresseanmälan och avgift")
    form = InterestDaysForm(posted(request), cohort=cohort)
    return saved_or_form(request, form, page, partial(edit_interest, cohort=cohort))


@require_http_methods(["GET", "POST"])
def rows(request: PageRequest, slug: str, part: str) -> HttpResponse:
    cohort = _to_edit(request, slug)
    of = next((row_list for row_list in OF_COHORT if row_list.part == PARTS.get(part)), None)
    if of is None:
        raise Http404
    # An omgång without headings of its own is offered the usual ones.
    usual = [{"heading": heading.text} for heading in DEFAULT] if of.part == "sections" and not of.of(cohort) else []
    if of.part == "chapters" and not of.of(cohort):
        usual = usual_chapters()
    form = RowsForm(posted(request), of=of, parent=cohort, offered=usual)
    page = _page(cohort, of.titled)
    values: dict[str, Any] = {"of": of, "parent": cohort}
    if request.method == "POST" and form.is_valid():
        values |= {"rows": form.chosen, "known": form.known, "seen": form.cleaned_data["seen"]}
        if store(request, form, save_rows, **values):
            messages.success(request, "Listan är sparad.")
            return redirect(page.back)
    return form_page(request, form, page)


@require_http_methods(["GET", "POST"])
def delete(request: PageRequest, slug: str) -> HttpResponse:
    cohort = _to_edit(request, slug)
    there = rests_on_cohort(cohort)
    page = ConfirmPage(
        f"Ta bort {cohort.name}?",
        cohort.name,
        reverse("planning:setup", args=[slug]),
        crumbs=_way_to(cohort),
        button="Ta bort omgången",
        danger=True,
        fixed=f"Omgången har {there}. Den kan bara tas bort medan den är tom." if there else "",
        happens=(
            f"Omgången tas bort med sina {cohort.meetings.count()} träffar, dagordningar, perioder och texter.",
            "Ingen får mejl. Konceptet som omgången är upplagd från ligger kvar.",
            "Det går inte att ångra.",
        ),
        then=reverse("overview:cohorts"),
    )
    form = forms.Form(posted(request))
    return confirmed(request, form, page, partial(delete_cohort, cohort=cohort), f"{cohort.name} är borttagen.")


@require_http_methods(["GET", "POST"])
def rehearsal_delete(request: PageRequest, slug: str) -> HttpResponse:
    cohort = _to_edit(request, slug)
    page = ConfirmPage(
        f"Ta bort {cohort.name}?",
        cohort.name,
        reverse("planning:setup", args=[slug]),
        crumbs=_way_to(cohort),
        button="Ta bort provomgången",
        danger=True,
        fixed="" if cohort.rehearsal else NO_REHEARSAL,
        happens=(
            "Provomgången tas bort med sina organisationer och med allt som är skrivet i den: självskattningar, "
            "rapporter, filer och mejl.",
            "Konton som bara har använts i provomgången, och som ingen har loggat in med, tas bort.",
            "Andra omgångar påverkas inte, och ingen får mejl.",
            "Det går inte att ångra.",
        ),
        then=reverse("overview:cohorts"),
    )
    form = RehearsalDeleteForm(posted(request), cohort=cohort)
    return confirmed(request, form, page, partial(delete_rehearsal, cohort=cohort), f"{cohort.name} är borttagen.")


def _to_edit(request: PageRequest, slug: str) -> Cohort:
    cohort = get_cohort(request, slug, "contact", "plan__checklist")
    require(request.user, SET_UP_COHORT, cohort)
    return cohort


def _cohorts() -> list[Crumb]:
    return [Crumb(reverse("overview:cohorts"), "Omgångar")]


def _way_to(cohort: Cohort, *, here: bool = True) -> list[Crumb]:
    crumbs = [cohort_crumb(cohort)]
    return [*crumbs, Crumb(reverse("planning:setup", args=[cohort.slug]), "Upplägg")] if here else crumbs


def _page(cohort: Cohort, title: str, *, lead: str = "") -> FormPage:
    back = reverse("planning:setup", args=[cohort.slug])
    return FormPage(title, cohort.name, back, crumbs=_way_to(cohort), lead=lead)
