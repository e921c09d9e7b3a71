"""SKR asks at a section or asks to open the report again, and the organisation answers."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.requests import PageRequest
from assessments.forms.dialogue import ConsentForm
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_participation, shown_on
from cohorts.roles import roles_of
from kit.pages import ConfirmPage, Crumb, FormPage, confirmed, posted, saved_or_form
from kit.permissions import require
from kit.refusals import ActionRefused
from kit.responses import makes_new, post_only, refuse
from kit.staleness import content_of
from reports import actions
from reports.forms import ReasonForm, SectionAnswerForm, SectionQueryForm
from reports.models import Report, ReportReopening, SectionQuery
from reports.perms import ANSWER_ABOUT_REPORT, ASK_ABOUT_REPORT, CONSENT_TO_REOPEN
from reports.sections import TextPlace, places_of
from reports.views.report import get_report

OF_REPORT = ("report__participation__cohort", "report__participation__organisation")
OPENED = "Rapporten är öppen igen. Ingen annan läser den förrän ni har lämnat in den på nytt."


@makes_new
@require_http_methods(["GET", "POST"])
def ask_query(request: PageRequest, slug: str, code: str, key: str) -> HttpResponse:
    report = get_report(request, get_participation(request, slug, code))
    require(request.user, ASK_ABOUT_REPORT, report)
    heading = _heading(report, key)
    page = FormPage(f"Ställ en fråga om ”{heading.full}”", **_place(report, f"#fragor-{key}"), button="Ställ frågan")
    action = partial(actions.ask_query, report=report, key=key)
    done = f"Frågan om ”{heading.full}” är ställd. Organisationen får ett mejl om den."
    return saved_or_form(request, "kit/form.html", SectionQueryForm(posted(request)), page, action, done)


@require_http_methods(["GET", "POST"])
def answer_query(request: PageRequest, pk: int) -> HttpResponse:
    visible = SectionQuery.objects.visible_to(roles_of(request.user)).select_related(*OF_REPORT)
    query = get_object_or_404(visible, pk=pk)
    shown_on(request, query.report.participation.cohort)
    require(request.user, ANSWER_ABOUT_REPORT, query.report)
    heading = _heading(query.report, query.key)
    page = FormPage(
        f"Svara på SKR:s fråga om ”{heading.full}”",
        **_place(query.report, f"#fragor-{query.key}"),
        lead=query.text,
        button="Spara svaret",
    )
    form = SectionAnswerForm(posted(request), stored=content_of(query, "answer"))
    action = partial(actions.answer_query, query=query)
    done = "Svaret är sparat. SKR:s processledare läser det vid avsnittet."
    return saved_or_form(request, "kit/form.html", form, page, action, done)


@require_http_methods(["GET", "POST"])
def ask_reopening(request: PageRequest, slug: str, code: str) -> HttpResponse:
    report = get_report(request, get_participation(request, slug, code))
    require(request.user, ASK_ABOUT_REPORT, report)
    page = ConfirmPage(
        "Be att få öppna resultatrapporten igen",
        **_place(report),
        button="Skicka begäran",
        fixed="Rapporten är inte inlämnad. Organisationen kan själv ändra den." if report.is_draft else "",
        happens=(
            "Organisationens strateg får din begäran och svarar ja eller nej.",
            "Vid ett ja blir rapporten ett utkast. Det som ändras blir en ny utgåva, som behöver godkännas.",
            "En utgåva som är publicerad ligger kvar tills den nya är publicerad.",
        ),
    )
    action = partial(actions.ask_reopening, report=report)
    done = "Begäran är skickad. Inget öppnas förrän organisationens strateg har sagt ja."
    return confirmed(request, ReasonForm(posted(request)), page, action, done)


@post_only
def withdraw_reopening(request: PageRequest, pk: int) -> HttpResponse:
    asked = _request(request, pk)
    require(request.user, ASK_ABOUT_REPORT, asked.report)
    back = _back(asked.report)
    try:
        actions.withdraw_reopening(reopening=asked, by=request.user)
    except ActionRefused as refusal:
        return refuse(request, refusal, back)
    messages.success(request, "Begäran är tillbakatagen.")
    return redirect(back)


@post_only
def answer_reopening(request: PageRequest, pk: int) -> HttpResponse:
    asked = _request(request, pk)
    require(request.user, CONSENT_TO_REOPEN, asked.report)
    form, back = ConsentForm(request.POST), _back(asked.report)
    if not form.is_valid():
        return redirect(back)
    try:
        report = actions.answer_reopening(reopening=asked, by=request.user, **form.cleaned_data)
    except ActionRefused as refusal:
        return refuse(request, refusal, back)
    messages.success(request, OPENED if report.is_draft else "Ni har svarat nej. Rapporten är låst som förut.")
    return redirect(back)


def _request(request: PageRequest, pk: int) -> ReportReopening:
    visible = ReportReopening.objects.visible_to(roles_of(request.user)).select_related(*OF_REPORT)
    return get_object_or_404(visible, pk=pk)


def _heading(report: Report, key: str) -> TextPlace:
    heading = next((heading for heading in places_of(report.participation.cohort) if heading.key == key), None)
    if heading is None:
        raise Http404
    return heading


def _back(report: Report, anchor: str = "") -> str:
    return reverse("reports:report", args=[report.participation.cohort.slug, report.participation.code]) + anchor


def _place(report: Report, anchor: str = "") -> dict[str, Any]:
    crumbs = (cohort_crumb(report.participation.cohort), Crumb(_back(report), "Resultatrapport"))
    return {"eyebrow": report.participation.organisation.name, "back": _back(report, anchor), "crumbs": crumbs}
