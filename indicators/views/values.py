"""The own values of an indicator: the table, a period's form, and many at once after a preview."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import PageRequest
from indicators import actions
from indicators.figures import ValueEntry
from indicators.forms.values import PreviewForm, ValueForm, ValuesForm
from indicators.models import Indicator, Value
from indicators.periods import in_words
from indicators.perms import EDIT_INDICATORS
from indicators.preview_token import sign, unsign
from indicators.reading import NoTable, lines_of_sheets, lines_of_text, read_table
from indicators.rows import table_of
from indicators.series import series_of
from indicators.views.pages import way_to, with_own_values
from indicators.weighing import VALUE, seen_of, weigh
from indicators.workbook import file_name, workbook_of
from kit.limits import heavy
from kit.pages import Crumb, FormPage, NotePage, Removal, draw, form_page, posted, store
from kit.permissions import require
from kit.refusals import ActionRefused
from kit.responses import download, makes_new, post_only
from kit.staleness import content_of
from kit.workbook.reading import read_workbook
from kit.workbook.refusing import WorkbookRefused
from kit.workbook.writing import MEDIA_TYPE

TOO_OLD = "Det gick för lång tid sedan ni valde vad som ska läsas in. Börja om här."


@require_GET
def values(request: PageRequest, pk: int) -> HttpResponse:
    indicator = _own(request, pk)
    series = series_of(indicator, editor=True)
    stored = {value.period: value.pk for value in indicator.values.all()}
    context = {
        "indicator": indicator,
        "participation": indicator.participation,
        "crumbs": way_to(indicator.participation),
        "rows": [(row, stored[row.point.period]) for row in reversed(table_of(series))],
    }
    return render(request, "indicators/values.html", context)


@makes_new
@require_http_methods(["GET", "POST"])
def add(request: PageRequest, pk: int) -> HttpResponse:
    indicator = _own(request, pk)
    form = ValueForm(posted(request), stored=None, indicator=indicator)
    return _answer(request, form, Value(indicator=indicator), "Nytt värde")


@require_http_methods(["GET", "POST"])
def edit(request: PageRequest, pk: int, value: int) -> HttpResponse:
    row = _value(request, pk, value)
    form = ValueForm(posted(request), stored=content_of(row, "period", *VALUE), indicator=row.indicator)
    return _answer(request, form, row, f"Ändra {in_words(row.period)}")


def _answer(request: PageRequest, form: ValueForm, value: Value, title: str) -> HttpResponse:
    indicator = value.indicator
    back = reverse("indicators:values", args=[indicator.pk])
    removal = None
    if value.pk:
        url = reverse("indicators:value_remove", args=[indicator.pk, value.pk])
        removal = Removal("Ta bort värdet", url, "Ta bort ett värde som är infört av misstag. Det går inte att ångra.")
    page = NotePage(title, indicator.title, back, _crumbs(indicator), removal=removal)

    def save(*, entry: ValueEntry, confirmed: list[str], seen: str, by: Any, **_fields: Any) -> Value:
        return actions.save_value(value=value, entry=entry, confirmed=confirmed, seen=seen, by=by)

    if store(request, form, save):
        messages.success(request, "Värdet är sparat.")
        return redirect(back)
    return form_page(request, "cohorts/note.html", form, page, participation=indicator.participation)


@post_only
def remove(request: PageRequest, pk: int, value: int) -> HttpResponse:
    indicator = _own(request, pk)
    row = indicator.values.filter(pk=value).first()
    if row is not None:  # a second click finds it gone
        row.indicator = indicator
        actions.remove_value(value=row, by=request.user)
        messages.success(request, "Värdet är borttaget.")
    return redirect("indicators:values", pk)


@require_GET
def workbook(request: PageRequest, pk: int) -> HttpResponse:
    indicator = _own(request, pk)
    with heavy(request.user):
        content = workbook_of(indicator)
    return download(content, file_name(indicator, timezone.localdate()), MEDIA_TYPE)


@require_http_methods(["GET", "POST"])
def read_in(request: PageRequest, pk: int) -> HttpResponse:
    indicator = _own(request, pk)
    # The preview posts to the same address, with the signed entries.
    if "understood" in request.POST:
        return _store(request, indicator)
    form = ValuesForm(request.POST, request.FILES) if request.method == "POST" else ValuesForm()
    if form.is_valid():
        try:
            read = read_table(_lines(request, form), indicator)
        except (NoTable, WorkbookRefused) as refusal:
            form.add_error(_where(form), list(getattr(refusal, "sentences", [str(refusal)])))
        else:
            if read.entries:
                return _preview(request, indicator, read.entries, read.troubles)
            form.add_error(_where(form), list(read.troubles))
    return _choose(request, indicator, form)


def _lines(request: PageRequest, form: ValuesForm) -> Any:
    if not form.cleaned_data["file"]:
        return lines_of_text(form.cleaned_data["pasted"])
    with heavy(request.user):
        return lines_of_sheets(read_workbook(form.cleaned_data["file"].read()))


def _where(form: ValuesForm) -> str:
    return "file" if form.cleaned_data.get("file") else "pasted"


def _choose(request: PageRequest, indicator: Indicator, form: ValuesForm) -> HttpResponse:
    back = reverse("indicators:values", args=[indicator.pk])
    page = FormPage("Läs in flera värden", indicator.title, back, _crumbs(indicator), button="Se vad som läses in")
    context = {"indicator": indicator, "participation": indicator.participation}
    return form_page(request, "indicators/read_in.html", form, page, **context)


def _preview(
    request: PageRequest,
    indicator: Indicator,
    entries: tuple[ValueEntry, ...],
    troubles: tuple[str, ...],
    refusal: ActionRefused | None = None,
) -> HttpResponse:
    weighed = weigh(indicator, entries)
    token = sign(entries, troubles, seen_of(indicator), indicator, request.user)
    data = None
    if refusal:
        data = request.POST.copy()
        data["understood"] = token
    doubts = [doubt for row in weighed for doubt in row.doubts]
    form = PreviewForm(data, initial={"understood": token}, doubts=doubts)
    if refusal:
        form.full_clean()
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
    context = {
        "indicator": indicator,
        "participation": indicator.participation,
        "crumbs": _crumbs(indicator),
        "form": form,
        "rows": weighed,
        "has_new": any(not row.is_same for row in weighed),
        "troubles": troubles,
    }
    return draw(request, "indicators/preview.html", form, **context)


def _store(request: PageRequest, indicator: Indicator) -> HttpResponse:
    carried = unsign(request.POST["understood"], indicator, request.user)
    if carried is None:
        empty = ValuesForm({})
        empty.errors["pasted"] = empty.error_class([TOO_OLD])
        return _choose(request, indicator, empty)
    confirmed = request.POST.getlist("confirmed")
    try:
        n = actions.import_values(
            indicator=indicator, entries=carried.entries, confirmed=confirmed, seen=carried.seen, by=request.user
        )
    except ActionRefused as refusal:
        return _preview(request, indicator, carried.entries, carried.troubles, refusal)
    if n:
        messages.success(request, "Ett värde är inläst." if n == 1 else f"Värden för {n} perioder är inlästa.")
    else:
        messages.info(request, "Inget ändrades: allt finns redan här.")
    return redirect("indicators:values", indicator.pk)


def _own(request: PageRequest, pk: int) -> Indicator:
    indicator = with_own_values(request, pk)
    require(request.user, EDIT_INDICATORS, indicator.participation)
    return indicator


def _value(request: PageRequest, pk: int, value: int) -> Value:
    indicator = _own(request, pk)
    row: Value | None = indicator.values.filter(pk=value).first()
    if row is None:
        raise Http404
    row.indicator = indicator
    return row


def _crumbs(indicator: Indicator) -> list[Crumb]:
    here = Crumb(reverse("indicators:values", args=[indicator.pk]), indicator.title)
    return way_to(indicator.participation, here)
