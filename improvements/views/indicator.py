"""The page of one indicator, and its files. It lies here since it also shows what is being tried (ADR 25)."""

from hashlib import sha256
from io import BytesIO

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.requests import PageRequest
from cohorts.models import Participation
from cohorts.roles import roles_of
from improvements.measuring import happenings_of, tried_of, work_on
from improvements.perms import EDIT_WORK
from indicators.beside import others_beside
from indicators.models import Analysis, Indicator
from indicators.papers import csv_of, html_of, word_of
from indicators.perms import EDIT_INDICATORS, READ_INDICATORS
from indicators.series import series_of
from indicators.sheet import IndicatorSheet, sheet_of
from indicators.views.pages import get_indicator
from kit.csv_files import MEDIA_TYPE as CSV
from kit.limits import heavy, made_once
from kit.pages import Crumb
from kit.pdf import render_pdf
from kit.permissions import may
from kit.responses import download
from kit.word import MEDIA_TYPE


@require_GET
def indicator(request: PageRequest, pk: int) -> HttpResponse:
    indicator = get_indicator(request, pk)
    participation = indicator.participation
    may_edit = may(request.user, EDIT_INDICATORS, participation)
    context = {
        "indicator": indicator,
        "participation": participation,
        "sheet": _sheet(request, indicator, editor=may_edit),
        "analyses": Analysis.objects.visible_to(roles_of(request.user)).filter(indicators=indicator),
        "crumbs": _way_to(request, participation),
        "may_edit": may_edit,
        "may_try": may(request.user, EDIT_WORK, participation),
    }
    return render(request, "improvements/indicator.html", context)


@require_GET
def indicator_csv(request: PageRequest, pk: int) -> HttpResponse:
    indicator = get_indicator(request, pk)
    series = series_of(indicator, editor=False)
    return download(csv_of(series), f"{indicator.title}.csv", CSV)


@require_GET
def indicator_svg(request: PageRequest, pk: int) -> HttpResponse:
    indicator = get_indicator(request, pk)
    sheet = _paper(request, indicator)
    drawn = sheet.picture.alone(sheet.headline, [" ".join(sheet.sources)]) if sheet.picture else EMPTY
    return download(drawn, f"{indicator.title}.svg", "image/svg+xml")


# An indicator without values has no picture, and its address still answers.
EMPTY = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><title>Det finns inga värden än.</title></svg>'


@require_GET
def indicator_pdf(request: PageRequest, pk: int) -> FileResponse:
    sheet = _paper(request, get_indicator(request, pk))
    html = html_of(sheet, timezone.localdate())
    data = made_once(request.user, sha256(html.encode()).hexdigest(), lambda: render_pdf(html))
    return FileResponse(BytesIO(data), filename=f"{sheet.file_name}.pdf", content_type="application/pdf")


@require_GET
def indicator_word(request: PageRequest, pk: int) -> HttpResponse:
    sheet = _paper(request, get_indicator(request, pk))
    with heavy(request.user):
        content = word_of(sheet, timezone.localdate())
    return download(content, f"{sheet.file_name}.docx", MEDIA_TYPE)


def _paper(request: PageRequest, indicator: Indicator) -> IndicatorSheet:
    """Return the sheet as others may read it: papers are passed on."""
    return _sheet(request, indicator, editor=False, shared=True)


def _sheet(request: PageRequest, indicator: Indicator, *, editor: bool, shared: bool = False) -> IndicatorSheet:
    series = series_of(indicator, editor=editor)
    work = [row for row in work_on(indicator, roles_of(request.user)) if row.shared or not shared]
    return sheet_of(
        series,
        happenings=happenings_of(indicator, work),
        compared=others_beside(indicator, series.latest, _codes_of_group(indicator.participation)),
        tried=tried_of(work),
    )


def _codes_of_group(participation: Participation) -> list[str]:
    group = participation.group
    return list(group.participations.participants().values_list("code", flat=True)) if group else []


def _way_to(request: PageRequest, participation: Participation) -> list[Crumb]:
    if not may(request.user, READ_INDICATORS, participation):
        return []
    where = [participation.cohort.slug, participation.code]
    return [Crumb(reverse("indicators:indicators", args=where), "Nyckeltal")]
