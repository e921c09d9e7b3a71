"""The pages that ask before a report is handed in, taken back, approved, published or corrected."""

from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.requests import PageRequest
from assessments.figures.panels import values_of
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_participation
from kit.pages import ConfirmPage, Crumb, FormPage, SeenContent, confirmed, posted, saved_or_form
from kit.permissions import require
from reports import actions
from reports.actions.editions import frozen_edition
from reports.content import own_content_of
from reports.forms import CorrectionForm, PublicForm, SeenEdition
from reports.handing_in import (
    ANYONE,
    READ_WHEN_HANDED_IN,
    what_comes_within_reach,
    what_happens,
    what_has_changed,
    what_is_missing,
    what_is_public,
    what_is_required,
    which_quotes_are_gone,
)
from reports.models import Report, ReportEdition
from reports.perms import APPROVE_REPORT, EDIT_REPORT, SUBMIT_REPORT
from reports.reading import body
from reports.remembering import values_by_meeting
from reports.views.report import get_report

FORM = "kit/form.html"


@require_http_methods(["GET", "POST"])
def public(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """Choose what may be published with the report: nothing at first."""
    report = get_report(request, get_participation(request, slug, code))
    require(request.user, EDIT_REPORT, report)
    page = FormPage(
        **_place(report, "Vad får publiceras?"),
        lead="Texterna i rapporten publiceras alltid. Resten väljer ni här. Inget är valt från början.",
        button="Spara valet",
        fixed="" if report.is_draft else "Rapporten är inlämnad och ändras inte.",
    )
    warnings = " ".join(what_comes_within_reach(report, values_of(report.participation)))
    form = PublicForm(posted(request), report=report, about_values=warnings)
    action = partial(actions.choose_public, participation=report.participation)
    return saved_or_form(request, FORM, form, page, action, "Valet är sparat.")


@require_http_methods(["GET", "POST"])
def submit(request: PageRequest, slug: str, code: str) -> HttpResponse:
    report = get_report(request, get_participation(request, slug, code))
    require(request.user, SUBMIT_REPORT, report)
    if not report.is_draft:  # a second click
        return redirect("reports:report", slug, code)
    if report._state.adding or not report.texts.exclude(text="").exists():
        fixed = "Skriv minst ett avsnitt innan ni lämnar in rapporten."
        page = ConfirmPage(**_place(report, "Lämna in resultatrapporten?"), fixed=fixed)
        return confirmed(request, SeenContent(), page, actions.submit_report, "")
    edition, newest = frozen_edition(report), report.editions.last()
    content = own_content_of(edition)
    page = ConfirmPage(
        **_place(report, "Lämna in resultatrapporten?"),
        button="Lämna in resultatrapporten",
        fixed=what_is_required(report, content),
        happens=tuple(what_happens(edition, newest, actions.compiled_from(report.participation.cohort_id))),
        missing=tuple(what_is_missing(report, content)),
        readers=(READ_WHEN_HANDED_IN, *what_is_public(content)),
        warnings=(
            *what_has_changed(report),
            *which_quotes_are_gone(report, content),
            *what_comes_within_reach(report, values_by_meeting(report, content)),
        ),
    )
    form = SeenContent(posted(request), initial={"seen": edition.checksum})
    action = partial(actions.submit_report, report=report)
    template = "reports/report_confirm.html"
    return confirmed(request, form, page, action, "Resultatrapporten är inlämnad.", template, **_whole(report, content))


@require_http_methods(["GET", "POST"])
def take_back(request: PageRequest, slug: str, code: str) -> HttpResponse:
    report = get_report(request, get_participation(request, slug, code))
    require(request.user, SUBMIT_REPORT, report)
    page = ConfirmPage(
        **_place(report, "Ta tillbaka resultatrapporten?"),
        button="Ta tillbaka rapporten",
        happens=(
            "Rapporten blir ett utkast igen, som bara ni läser, och ni kan ändra i den.",
            "När ni lämnar in den på nytt och något har ändrats blir den en ny utgåva, som behöver godkännas.",
        ),
    )
    action = partial(actions.take_back_report, report=report)
    return confirmed(request, forms.Form(posted(request)), page, action, "Rapporten är tillbaka hos er.")


@require_http_methods(["GET", "POST"])
def approve(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """Show the whole of the edition that is approved."""
    report = get_report(request, get_participation(request, slug, code))
    require(request.user, APPROVE_REPORT, report)
    edition = _newest(report)
    if edition is None or edition.is_approved:
        return redirect("reports:report", slug, code)
    page = ConfirmPage(
        **_place(report, f"Godkänn utgåva {edition.number} av resultatrapporten"),
        lead="Läs igenom rapporten. Allt som kan bli publicerat står här.",
        button=f"Godkänn utgåva {edition.number}",
        happens=(
            "Ditt namn, din funktion och dagen står i rapporten.",
            "Strategen hos er kan sedan publicera den, och då kan vem som helst läsa den.",
            "Ändras något blir det en ny utgåva, som behöver godkännas på nytt.",
        ),
    )
    action = partial(actions.approve_report, report=report)
    return confirmed(
        request,
        SeenEdition(posted(request), initial={"number": edition.number}),
        page,
        action,
        "Resultatrapporten är godkänd.",
        "reports/report_approve.html",
        **_whole(report, own_content_of(edition)),
    )


@require_http_methods(["GET", "POST"])
def publish(request: PageRequest, slug: str, code: str) -> HttpResponse:
    report = get_report(request, get_participation(request, slug, code))
    require(request.user, SUBMIT_REPORT, report)
    edition = _newest(report)
    if edition is None or edition.is_published:
        return redirect("reports:report", slug, code)
    content = own_content_of(edition)
    waits = "Rapporten publiceras först när en politiker eller chef hos er har godkänt den."
    page = ConfirmPage(
        **_place(report, f"Publicera utgåva {edition.number} av resultatrapporten?"),
        button="Publicera resultatrapporten",
        fixed="" if edition.is_approved else waits,
        happens=(
            f"Utgåva {edition.number} blir offentlig i dag, precis som den godkändes.",
            "Den kan inte tas bort. Ett fel rättas i en ny utgåva, med dag och skäl, och båda går att läsa.",
        ),
        missing=tuple(what_is_missing(report, content)),
        readers=tuple(what_is_public(content)),
        warnings=tuple(what_comes_within_reach(report, values_by_meeting(report, content))),
    )
    return confirmed(
        request,
        SeenEdition(posted(request), initial={"number": edition.number}),
        page,
        partial(actions.publish_report, report=report),
        "Resultatrapporten är publicerad.",
        "reports/report_confirm.html",
        **_whole(report, content),
    )


@require_http_methods(["GET", "POST"])
def correct(request: PageRequest, slug: str, code: str) -> HttpResponse:
    report = get_report(request, get_participation(request, slug, code))
    require(request.user, SUBMIT_REPORT, report)
    page = ConfirmPage(
        **_place(report, "Rätta den publicerade rapporten"),
        button="Börja rätta",
        fixed="" if report.is_published else "Rapporten är inte publicerad, så den behöver inte rättas i en ny utgåva.",
        happens=(
            "Rapporten blir ett utkast igen. Den publicerade utgåvan ligger kvar tills den nya är publicerad.",
            "Den nya utgåvan lämnas in, godkänns och publiceras på samma sätt som den förra.",
            "Rapportens adress leder sedan till den nya utgåvan. Den förra behåller sin egen adress.",
        ),
        readers=(f"Skälet står i den nya utgåvan. {ANYONE}",),
    )
    action = partial(actions.correct_report, report=report)
    done = "Nu kan ni rätta rapporten. Den publicerade utgåvan ligger kvar så länge."
    return confirmed(request, CorrectionForm(posted(request)), page, action, done)


def _newest(report: Report) -> ReportEdition | None:
    return None if report.is_draft else report.editions.filter(content__isnull=False).last()


def _whole(report: Report, content: Any) -> dict[str, Any]:
    return {"report": report, "participation": report.participation, **body(content)}


def _place(report: Report, title: str) -> dict[str, Any]:
    participation = report.participation
    back = reverse("reports:report", args=[participation.cohort.slug, participation.code])
    crumbs = (cohort_crumb(participation.cohort), Crumb(back, "Resultatrapport"))
    return {"title": title, "eyebrow": participation.organisation.name, "back": back, "crumbs": crumbs}
