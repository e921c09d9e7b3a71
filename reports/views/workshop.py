"""The pages around a report that is written: who writes what, the whole of it as a draft, and earlier texts."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import PageRequest
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_participation
from kit.pages import Crumb, FormPage, posted, saved_or_form
from kit.permissions import require
from kit.refusals import ActionRefused
from reports import actions
from reports.content import organisation_content
from reports.forms import WritersForm
from reports.models import ReportSection, SectionVersion
from reports.perms import ASSIGN_SECTIONS, EDIT_REPORT
from reports.reading import body
from reports.views.report import get_report
from reports.views.section import address_of, get_place


@require_http_methods(["GET", "POST"])
def writers(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code)
    report = get_report(request, participation)
    require(request.user, ASSIGN_SECTIONS, report)
    back = reverse("reports:report", args=[slug, code])
    page = FormPage(
        "Vem skriver vad?",
        participation.organisation.name,
        back,
        crumbs=(cohort_crumb(participation.cohort), Crumb(back, "Resultatrapport")),
        lead="Den som skriver ett avsnitt ser det bland sina uppgifter. Alla som medverkar kan ändå skriva överallt.",
        fixed="" if report.is_draft else "Rapporten är inlämnad och ändras inte.",
    )
    form = WritersForm(posted(request), participation=participation)
    action = partial(actions.choose_writers, participation=participation)
    done = "Det är sparat vem som skriver vad."
    return saved_or_form(request, "reports/report_writers.html", form, page, action, done)


@require_GET
def preview(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """Show the report as its readers will see it, with what has been chosen to be published."""
    report = get_report(request, get_participation(request, slug, code))
    require(request.user, EDIT_REPORT, report)
    if not report.is_draft:
        return redirect("reports:report", slug, code)
    content = organisation_content(report).as_draft()
    context = {"report": report, "participation": report.participation, **body(content)}
    return render(request, "reports/report_preview.html", context)


@require_http_methods(["GET", "POST"])
def history(request: PageRequest, slug: str, code: str, key: str) -> HttpResponse:
    """Show a section's earlier texts; posted to, put one of them back, which is a save like any other."""
    report = get_report(request, get_participation(request, slug, code))
    require(request.user, EDIT_REPORT, report)
    place = get_place(report, key)
    section = report.texts.filter(key=key).first() if report.pk else None
    section = section or ReportSection(key=key)
    if request.method == "POST":
        version = get_object_or_404(SectionVersion, section=section.pk, pk=_number(request, "version"))
        try:
            actions.save_section(
                participation=report.participation,
                key=key,
                text=version.document,
                shared=section.shared,
                revision=_number(request, "revision"),
                by=request.user,
            )
        except ActionRefused as refusal:
            messages.error(request, refusal.sentence)
            return redirect(request.path)
        messages.success(request, "Den tidigare texten är tillbaka. Den som ersattes finns kvar i historiken.")
        return redirect(address_of(report, key))
    versions = list(section.versions.select_related("saved_by").order_by("-pk")) if section.pk else []
    context = {
        "report": report,
        "participation": report.participation,
        "place": place,
        "section": section,
        "versions": versions,
    }
    return render(request, "reports/report_section_history.html", context)


def _number(request: PageRequest, name: str) -> int:
    value = request.POST.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0
