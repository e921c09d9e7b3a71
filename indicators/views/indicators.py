"""An organisation's indicators: the list, and what is written about each."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import PageRequest
from cohorts.fetch import get_participation
from cohorts.models import Participation
from cohorts.roles import roles_of
from cohorts.rules import is_own
from indicators import actions
from indicators.actions.indicators import INDICATOR
from indicators.enums import ValueSource
from indicators.forms.indicators import ChosenForm, IndicatorForm
from indicators.from_kolada import filled_from, goals_of
from indicators.models import Indicator
from indicators.perms import EDIT_INDICATORS, READ_INDICATORS
from indicators.rows import IndicatorRow
from indicators.series import series_of_many
from indicators.views.own_fetch import own_fetch_of
from indicators.views.pages import all_of, get_indicator, way_to
from kit.building_page import draw_build
from kit.pages import ConfirmPage, FormPage, SeenContent, confirmed, form_page, posted, saved_or_form, store
from kit.permissions import may, require
from kit.refusals import ActionRefused
from kit.responses import makes_new, post_only, refuse
from kit.staleness import content_of, digest
from kit.templatetags.swedish import counted, in_words, sentence
from kolada.models import KeyFigure

NOT_FOR_YOU = "Nyckeltalet finns inte för er typ av organisation. Välj ett annat."


@require_GET
def indicators(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, READ_INDICATORS, participation)
    may_edit = may(request.user, EDIT_INDICATORS, participation)
    rows = list(_visible(request, participation))
    series = series_of_many(rows, editor=may_edit)
    own = is_own.test(request.user, participation)
    own_fetch = own_fetch_of(request, participation) if may_edit else None
    context = {
        "participation": participation,
        "rows": [IndicatorRow(indicator_series, timezone.localdate()) for indicator_series in series],
        "title": _headline(len(rows), participation, own=own),
        "own": own,
        "may_edit": may_edit,
        "earlier": _earlier(participation) if may_edit else None,
        "invented": any(indicator_series.invented for indicator_series in series),
        "own_fetch": own_fetch,
    }
    return draw_build(request, "indicators/indicators.html", own_fetch.shown if own_fetch else None, context)


def _visible(request: PageRequest, participation: Participation) -> Any:
    visible = Indicator.objects.visible_to(roles_of(request.user)).filter(participation=participation)
    related = ("participation__organisation", "part", "key_figure")
    return visible.select_related(*related).order_by("position", "pk")


def _headline(n: int, participation: Participation, *, own: bool) -> str:
    if own:
        return f"Ni följer {counted(n, 'ett nyckeltal', 'nyckeltal')}." if n else "Ni följer inget nyckeltal än."
    followed = counted(n, "ett nyckeltal", "nyckeltal") if n else "inget nyckeltal än"
    return f"{participation.organisation.name} delar {followed}."


@makes_new
@require_http_methods(["GET", "POST"])
def add(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """Draw an empty form, or one filled in from the key figure in Kolada that the address names (`?nyckeltal=`)."""
    participation = get_participation(request, slug, code, "cohort__plan__checklist")
    require(request.user, EDIT_INDICATORS, participation)
    named = request.GET.get("nyckeltal", "")
    if named and not named.isalnum():
        raise Http404
    key_figure = get_object_or_404(KeyFigure, code=named) if named else None
    if key_figure and not key_figure.exists_for(participation.code):
        return refuse(request, ActionRefused(NOT_FOR_YOU), "indicators:indicators", slug, code)
    source = ValueSource.KOLADA if key_figure else ValueSource.OWN
    new = Indicator(participation=participation, source=source, key_figure=key_figure)
    initial = {**filled_from(key_figure), "goals": goals_of(key_figure)} if key_figure else {}
    form = IndicatorForm(posted(request), stored=None, indicator=new, initial=initial)
    page = FormPage("Nytt nyckeltal", participation.organisation.name, all_of(participation), way_to(participation))
    saved = store(request, form, partial(actions.save_indicator, indicator=new))
    if saved:
        messages.success(
            request, "Nyckeltalet är sparat." if key_figure else "Nyckeltalet är sparat. Nu kan ni föra in värden."
        )
        return redirect(page.back) if key_figure else redirect("indicators:values", saved.pk)
    return _form(request, form, page, new)


@require_http_methods(["GET", "POST"])
def edit(request: PageRequest, pk: int) -> HttpResponse:
    indicator = get_indicator(request, pk)
    participation = indicator.participation
    require(request.user, EDIT_INDICATORS, participation)
    form = IndicatorForm(posted(request), stored=content_of(indicator, *INDICATOR), indicator=indicator)
    page = FormPage("Ändra nyckeltalet", indicator.title, all_of(participation), way_to(participation))
    if store(request, form, partial(actions.save_indicator, indicator=indicator)):
        messages.success(request, "Nyckeltalet är sparat.")
        return redirect(page.back)
    return _form(request, form, page, indicator)


def _form(request: PageRequest, form: IndicatorForm, page: FormPage, indicator: Indicator) -> HttpResponse:
    return form_page(request, "indicators/form.html", form, page, indicator=indicator)


@require_http_methods(["GET", "POST"])
def remove(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    participation = _own(request, slug, code)
    row = participation.indicators.filter(pk=pk).first()
    if row is None:  # a second click
        return redirect("indicators:indicators", slug, code)
    page = ConfirmPage(
        f"Ta bort ”{row.title}”?",
        participation.organisation.name,
        all_of(participation),
        way_to(participation),
        button="Ta bort nyckeltalet",
        danger=True,
        happens=(*_with_it(row), "Det går inte att ångra."),
    )
    form = SeenContent(posted(request), initial={"seen": digest(content_of(row, *INDICATOR))})
    action = partial(actions.remove_indicator, indicator=row)
    return confirmed(request, form, page, action, "Nyckeltalet är borttaget.")


def _with_it(row: Indicator) -> list[str]:
    sentences = []
    if n := row.values.count():
        sentences.append(sentence(f"{counted(n, 'ett värde', 'värden')} som ni har fört in tas också bort."))
    if row.source == ValueSource.KOLADA:
        sentences.append("Värdena i Kolada finns kvar, så ni kan lägga till nyckeltalet igen.")
    if row.shared:
        sentences.append("Gruppen, mentorerna, SKR:s processledare och utvärderaren kan inte längre läsa det.")
    return sentences


@post_only
def move(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    participation = _own(request, slug, code)
    row = participation.indicators.filter(pk=pk).first()
    place = request.POST.get("place", "")
    if row and place.isdecimal() and len(place) < 6:
        actions.move_indicator(indicator=row, up="upp" in request.POST, seen=int(place), by=request.user)
    return redirect("indicators:indicators", slug, code)


@require_http_methods(["GET", "POST"])
def choose(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = _own(request, slug, code)
    form = ChosenForm(posted(request), indicators=list(participation.indicators.order_by("position", "pk")))
    page = FormPage(
        "Välj nyckeltal till Läget", participation.organisation.name, all_of(participation), way_to(participation)
    )
    action = partial(actions.choose_indicators, participation=participation)
    return saved_or_form(request, "indicators/choose.html", form, page, action, "Valet är sparat.")


@require_http_methods(["GET", "POST"])
def copy(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = _own(request, slug, code)
    earlier = _earlier(participation)
    if earlier is None:
        return redirect("indicators:indicators", slug, code)
    titles = earlier.indicators.values_list("title", flat=True)
    page = ConfirmPage(
        f"Hämta nyckeltalen från {earlier.cohort}?",
        participation.organisation.name,
        all_of(participation),
        way_to(participation),
        button="Hämta nyckeltalen",
        happens=(
            *(f"”{title}” hämtas med sina värden." for title in titles),
            "De som ni redan har här ändras inte. Ansvarig och delning väljer ni på nytt.",
        ),
    )
    action = partial(actions.copy_indicators, participation=participation, earlier=earlier)
    return confirmed(request, SeenContent(posted(request)), page, lambda seen, by: action(by=by), _copied)


def _copied(made: Any) -> str:
    n = len(made) if isinstance(made, list) else 0
    if n == 0:
        return "Ni har redan alla nyckeltal från den omgången."
    return "Ett nyckeltal är hämtat." if n == 1 else f"{sentence(in_words(n))} nyckeltal är hämtade."


def _earlier(participation: Participation) -> Participation | None:
    """Return the organisation's last omgång before this one that has an indicator which is not here."""
    earlier = Indicator.objects.of_organisation(participation.organisation_id).filter(
        participation__cohort__starts_on__lt=participation.cohort.starts_on
    )
    missing = earlier.exclude(key__in=participation.indicators.values("key")).select_related("participation__cohort")
    last = missing.order_by("-participation__cohort__starts_on", "participation").first()
    return last.participation if last else None


def _own(request: PageRequest, slug: str, code: str) -> Participation:
    participation = get_participation(request, slug, code)
    require(request.user, EDIT_INDICATORS, participation)
    return participation
