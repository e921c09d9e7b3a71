"""The catalogue of key figures, those to begin with, and fetching."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from accounts.requests import PageRequest
from cohorts.roles import roles_of
from cohorts.rules import has_not_left, works_on_it
from kit.building_page import draw_build, times_asked
from kit.enums import BuildState
from kit.pages import Crumb, FormPage, form_page, posted, press, store
from kit.permissions import may, require
from kit.responses import makes_new, post_only
from kolada.actions import order_fetch
from kolada.enums import PlaceKind
from kolada.forms import StarterForm
from kolada.freshness import freshness
from kolada.jobs import latest_fetch
from kolada.models import KeyFigure
from kolada.perms import EDIT_STARTERS, FETCH, READ_STARTERS
from kolada.places import COUNTRY
from kolada.search import WantedFigures, read_catalogue
from kolada.showing import shown_at, summary_of
from kolada.starters import add_starter, goal_of, move_starter, remove_starter, starter_groups, starter_with

PER_PAGE = 50
LONGEST_SEARCH = 80
# What the address says of what one looks for, in the order of `WantedFigures`.
ASKED = ("sok", "omrade", "slag", "delmal")
KINDS = (PlaceKind.KOMMUN, PlaceKind.REGION)
# So many years of the country's values stand on a key figure's page.
YEARS_SHOWN = 5


@require_GET
def search(request: PageRequest) -> HttpResponse:
    """Show the catalogue to anyone who is signed in."""
    catalogue = read_catalogue()
    wanted = _wanted(request)
    matches = catalogue.matching(wanted)
    context = {
        "catalogue": catalogue,
        "wanted": wanted,
        "kinds": KINDS,
        "n_found": len(matches),
        "page": Paginator(matches, PER_PAGE).get_page(request.GET.get("sida")),
        "fresh": freshness(timezone.now()),
        "may_read_starters": may(request.user, READ_STARTERS),
        "may_fetch": may(request.user, FETCH),
    }
    return render(request, "kolada/search.html", context)


def _wanted(request: PageRequest) -> WantedFigures:
    words, area, kind, goal = (request.GET.get(name, "").strip()[:160] for name in ASKED)
    return WantedFigures(words[:LONGEST_SEARCH], area, kind, goal)


@require_GET
def key_figure(request: PageRequest, kpi: str) -> HttpResponse:
    """Show a key figure, with the country's latest values, to anyone who is signed in."""
    figure = get_object_or_404(KeyFigure, code=kpi)
    country = figure.values.filter(place=COUNTRY).order_by("-year")[:YEARS_SHOWN]
    context = {
        "figure": figure,
        "country": list(country),
        "under": list(figure.starters.select_related("goal")),
        "crumbs": [_to_search()],
        "fresh": freshness(timezone.now()),
        "may_edit": may(request.user, EDIT_STARTERS),
        "may_follow": _may_follow(request.user, figure),
    }
    return render(request, "kolada/key_figure.html", context)


def _may_follow(user: User, figure: KeyFigure) -> bool:
    """True if the person's own organisation can have it among its indicators, and the person may add to them."""
    seat = roles_of(user).seat_for(None)
    if seat is None or figure.withdrawn_on or not figure.exists_for(seat.code):
        return False
    return bool((works_on_it & has_not_left).test(user, seat.participation))


@require_GET
def starters(request: PageRequest) -> HttpResponse:
    require(request.user, READ_STARTERS)
    context = {
        "groups": starter_groups(),
        "crumbs": [_to_search()],
        "may_edit": may(request.user, EDIT_STARTERS),
    }
    return render(request, "kolada/starters.html", context)


@makes_new
@require_http_methods(["GET", "POST"])
def starter_add(request: PageRequest) -> HttpResponse:
    require(request.user, EDIT_STARTERS)
    # The page of a key figure fills in its id with `?id=`.
    form = StarterForm(posted(request), initial={"code": request.GET.get("id", "")[:10]})
    if form.is_valid():
        values = {"code": form.cleaned_data["code"], "goal": goal_of(form.cleaned_data["goal"])}
        if store(request, form, add_starter, **values):
            messages.success(request, "Nyckeltalet finns nu i arbetsurvalet.")
            return redirect("kolada:starters")
    back = reverse("kolada:starters")
    crumbs = [_to_search(), Crumb(back, "Arbetsurval")]
    page = FormPage("Lägg till ett nyckeltal", "Arbetsurval", back, crumbs, "Lägg till")
    return form_page(request, "kolada/starter_add.html", form, page)


@post_only
def starter_move(request: PageRequest, pk: int) -> HttpResponse:
    require(request.user, EDIT_STARTERS)
    starter = starter_with(pk)
    seen = request.POST.get("seen", "")
    if starter and seen.isdecimal():
        move_starter(starter=starter, up=request.POST.get("way") == "upp", seen=int(seen[:5]), by=request.user)
    return redirect("kolada:starters")


@post_only
def starter_remove(request: PageRequest, pk: int) -> HttpResponse:
    require(request.user, EDIT_STARTERS)
    starter = starter_with(pk)
    if starter:
        remove_starter(starter=starter, by=request.user)
        messages.success(request, "Nyckeltalet är borttaget ur arbetsurvalet.")
    return redirect("kolada:starters")


@require_http_methods(["GET", "POST"])
def fetch(request: PageRequest) -> HttpResponse:
    require(request.user, FETCH)
    page = reverse("kolada:fetch")
    if request.method == "POST":
        press(request, order_fetch)
        return redirect(page)
    row = latest_fetch()
    shown = shown_at(row, page, times_asked(request)) if row else None
    context = {
        "row": row,
        "summary": summary_of(row) if row and row.state == BuildState.READY else [],
        "is_on": bool(settings.KOLADA_URL),
        "fresh": freshness(timezone.now()),
        "crumbs": [_to_search()],
    }
    return draw_build(request, "kolada/fetch.html", shown, context)


def _to_search() -> Crumb:
    return Crumb(reverse("kolada:search"), "Statistik")
