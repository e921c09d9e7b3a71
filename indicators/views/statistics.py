from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import PageRequest
from cohorts.fetch import get_participation
from cohorts.models import Participation
from indicators.actions import inventory as actions
from indicators.forms.inventory import PastedStatisticsForm, StatisticsForm
from indicators.perms import EDIT_INDICATORS, READ_STATISTICS
from indicators.statistics_held import COLUMNS, earlier_with_statistics, inventory_of
from kit.csv_files import MEDIA_TYPE
from kit.pages import Crumb, NotePage, Removal, form_page, posted, press, store
from kit.permissions import may, require
from kit.responses import download, makes_new, post_only
from kit.staleness import content_of
from kit.templatetags.swedish import in_words, sentence


@require_GET
def statistics(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, READ_STATISTICS, participation)
    may_edit = may(request.user, EDIT_INDICATORS, participation)
    inventory = inventory_of(participation)
    context = {
        "participation": participation,
        "inventory": inventory,
        "columns": COLUMNS,
        "earlier": earlier_with_statistics(participation) if may_edit else None,
        "may_edit": may_edit,
    }
    return render(request, "indicators/statistics.html", context)


@require_GET
def statistics_file(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, READ_STATISTICS, participation)
    return download(inventory_of(participation).csv, f"statistik-vi-har-{participation.code}.csv", MEDIA_TYPE)


@makes_new
@require_http_methods(["GET", "POST"])
def statistics_add(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = _edited(request, slug, code)
    form = PastedStatisticsForm(posted(request), participation=participation)
    if form.is_valid():
        added = store(request, form, actions.add_statistics, participation=participation, **form.adding())
        if added:
            messages.success(request, _added(added))
            return redirect("indicators:statistics", slug, code)
    page = _page(
        participation,
        "Lägg till verksamheter",
        lead="Ta med de verksamheter som har statistik om personer: brukare, elever, patienter eller anställda.",
    )
    return form_page(request, "kit/form.html", form, page)


@require_http_methods(["GET", "POST"])
def statistics_edit(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    participation = _edited(request, slug, code)
    row = participation.statistics_held.filter(pk=pk).select_related("part").first()
    if row is None:
        raise Http404
    row.participation = participation
    form = StatisticsForm(posted(request), stored=content_of(row, *actions.STATISTICS), participation=participation)
    if store(request, form, partial(actions.change_statistics, row=row)):
        messages.success(request, f"”{row.name}” är sparad.")
        return redirect("indicators:statistics", slug, code)
    removal = Removal(
        "Ta bort verksamheten",
        reverse("indicators:statistics_remove", args=[slug, code, pk]),
        "Ta bort en verksamhet som inte finns längre eller som är införd av misstag. Underlag som ni redan har lagt "
        "till i en självskattning ändras inte.",
    )
    page = _page(participation, row.name, removal=removal)
    return form_page(request, "cohorts/note.html", form, page, participation=participation)


@post_only
def statistics_remove(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    participation = _edited(request, slug, code)
    press(
        request,
        partial(actions.remove_statistics, participation=participation, pk=pk),
        "Verksamheten är borttagen ur listan.",
    )
    return redirect("indicators:statistics", slug, code)


@post_only
def statistics_copy(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = _edited(request, slug, code)
    copied = press(request, partial(actions.copy_statistics, participation=participation))
    if copied:
        messages.success(request, f"{_added(copied)} Gå igenom svaren, så att de stämmer i dag.")
    return redirect("indicators:statistics", slug, code)


def _added(count: int | bool) -> str:
    # An action without a result, or that added nothing, comes back as True.
    if count is True:
        return "Ni har redan alla verksamheter därifrån."
    return "En verksamhet är tillagd." if count == 1 else f"{sentence(in_words(count))} verksamheter är tillagda."


def _edited(request: PageRequest, slug: str, code: str) -> Participation:
    participation = get_participation(request, slug, code)
    require(request.user, EDIT_INDICATORS, participation)
    return participation


def _page(participation: Participation, title: str, *, lead: str = "", removal: Removal | None = None) -> NotePage:
    here = reverse("indicators:statistics", args=[participation.cohort.slug, participation.code])
    return NotePage(
        title,
        f"{participation.organisation.name} · {participation.cohort.name}",
        here,
        [Crumb(here, "Statistik vi har")],
        lead=lead,
        removal=removal,
    )
