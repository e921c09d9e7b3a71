"""The quotes of a section: marked, allowed in the joint report, taken back and removed."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.requests import PageRequest
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_participation, shown_on
from cohorts.roles import roles_of
from kit.pages import Crumb, FormPage, form_page, line_in, posted, press, store
from kit.permissions import require
from kit.responses import post_only
from reports import actions
from reports.forms_quotes import QuoteForm
from reports.models import Quote, Report, ReportSection
from reports.perms import EDIT_REPORT
from reports.quoting import ShownQuote, stands_in
from reports.views.report import get_report
from reports.views.section import address_of, get_place, save_what_came_with

# What the buttons at a quote do, with the sentence that says it is done.
DOES = {
    "allow": (actions.allow_quote, "Citatet får användas i den gemensamma rapporten."),
    "withdraw": (actions.withdraw_quote, "Citatet är tillbakataget. Det får inte användas i den gemensamma rapporten."),
    "remove": (actions.remove_quote, "Citatet är borttaget. Texten är som förut."),
}


@require_http_methods(["GET", "POST"])
def quotes(request: PageRequest, slug: str, code: str, key: str) -> HttpResponse:
    """Show the section's quotes, with a form for another; a link may bring the sentence."""
    report = get_report(request, get_participation(request, slug, code))
    require(request.user, EDIT_REPORT, report)
    heading = get_place(report, key).full
    section = next((text for text in report.texts.all() if text.key == key), None) if report.pk else None
    page = FormPage(
        f"Citat i ”{heading}”",
        **_place(report, key),
        lead="Märk meningar som säger det viktigaste. SKR läser dem med funktion, aldrig med namn.",
        button="Märk som citat",
        fixed="" if section and section.text else "Avsnittet har ingen text än. Skriv och spara den först.",
    )
    form = QuoteForm(posted(request), initial={"text": request.GET.get("mening", "")})
    if not page.fixed and store(request, form, partial(actions.mark_quote, report=report, key=key)):
        messages.success(request, "Meningen är märkt som citat.")
        return redirect(request.path)
    context = {"quotes": _shown(section, heading), "section": section, "report": report}
    return form_page(request, "reports/quotes.html", form, page, **context)


@post_only
def go_to_quotes(request: PageRequest, slug: str, code: str, key: str) -> HttpResponse:
    """Save what the writing page holds, and go on to the section's quotes with the chosen sentence."""
    if refused := save_what_came_with(request, slug, code, key):
        return refused
    report = get_report(request, get_participation(request, slug, code))
    require(request.user, EDIT_REPORT, report)
    sentence = line_in(request, "sentence")
    query = f"?{urlencode({'mening': sentence})}" if sentence else ""
    return redirect(reverse("reports:quotes", args=[slug, code, key]) + query)


@post_only
def change_quote(request: PageRequest, pk: int) -> HttpResponse:
    visible = Quote.objects.visible_to(roles_of(request.user))
    related = ("section__report__participation__cohort", "section__report__participation__organisation")
    quote = get_object_or_404(visible.select_related(*related), pk=pk)
    report = quote.section.report
    shown_on(request, report.participation.cohort)
    require(request.user, EDIT_REPORT, report)
    action, done = DOES.get(request.POST.get("do", ""), (None, ""))
    if action:
        press(request, partial(action, quote=quote), done)
    return redirect("reports:quotes", report.participation.cohort.slug, report.participation.code, quote.section.key)


def _shown(section: ReportSection | None, heading: str) -> list[ShownQuote]:
    rows = section.quotes.all() if section else ()
    return [ShownQuote(quote, heading, stands_in(quote.text, section.document)) for quote in rows if section]


def _place(report: Report, key: str) -> dict[str, Any]:
    cohort = report.participation.cohort
    whole = reverse("reports:report", args=[cohort.slug, report.participation.code])
    back = address_of(report, key)
    crumbs = (cohort_crumb(cohort), Crumb(whole, "Resultatrapport"), Crumb(back, str(get_place(report, key).full)))
    return {"eyebrow": report.participation.organisation.name, "back": f"{back}#avsnitt-{key}", "crumbs": crumbs}
