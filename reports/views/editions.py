"""The pages where anyone reads what is published. Each edition has its address, and so has the newest."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cohorts.roles import NOBODY, roles_of
from kit.ordering import by_name
from reports.addresses import ChapterAddress
from reports.content import ReportContent, content_of_edition
from reports.models import ReportEdition
from reports.querysets import ReportEditionQuerySet
from reports.reading import body, earlier_than, files_of, pdf_of

RELATED = ("report__participation__organisation", "report__participation__cohort", "joint__cohort")


@require_GET
@login_not_required
def published(request: HttpRequest) -> HttpResponse:
    newest = ReportEdition.objects.newest_published().open_to(NOBODY).defer("content").select_related(*RELATED)
    own = newest.filter(joint=None).order_by(by_name("report__participation__organisation__name"), "pk")
    joint = newest.filter(report=None).order_by(by_name("joint__cohort__name"), "pk")
    rows = [
        [(edition, pdf_of(edition)) for edition in editions.prefetch_related("builds")] for editions in (own, joint)
    ]
    return render(request, "reports/report_published.html", {"reports": rows[0], "joint_reports": rows[1]})


@require_GET
@login_not_required
def newest(request: HttpRequest, slug: str, code: str = "") -> HttpResponse:
    edition = edition_at(request, slug, code, None)
    return _page(request, edition, None) if edition else not_there(request, None)


@require_GET
@login_not_required
def edition(request: HttpRequest, slug: str, number: int, code: str = "") -> HttpResponse:
    edition = edition_at(request, slug, code, number)
    return _page(request, edition, number) if edition else not_there(request, number)


def edition_at(request: HttpRequest, slug: str, code: str, number: int | None) -> ReportEdition | None:
    """Return the edition with the number, if the person may read it; without a number, the newest published."""
    roles = roles_of(request.user)
    if number is None:
        return _of(ReportEdition.objects.newest_published().open_to(roles), slug, code).first()
    return _of(ReportEdition.objects.visible_to(roles), slug, code).filter(number=number).first()


def not_there(request: HttpRequest, number: int | None) -> HttpResponse:
    # Whether there is an edition with the number is not told to anyone who has not signed in.
    if number is None or request.user.is_authenticated:
        raise Http404
    return redirect_to_login(request.path)


def shown_as(request: HttpRequest, content: ReportContent, edition: ReportEdition) -> None:
    """Mark the page as `cohorts.fetch.shown_on` does, but by what was frozen."""
    request.constructed = content.cover.demonstration  # type: ignore[attr-defined]
    request.rehearsal = edition.cohort.rehearsal  # type: ignore[attr-defined]


def _of(editions: ReportEditionQuerySet, slug: str, code: str) -> ReportEditionQuerySet:
    editions = editions.select_related(*RELATED).prefetch_related("builds")
    if code:
        return editions.filter(report__participation__cohort__slug=slug, report__participation__code=code)
    return editions.filter(joint__cohort__slug=slug)


def _page(request: HttpRequest, edition: ReportEdition, number: int | None) -> HttpResponse:
    content = content_of_edition(edition)
    shown_as(request, content, edition)
    shown = body(content)
    context: dict[str, Any] = {
        **shown,
        "first_chapter": ChapterAddress(edition, number).first_of(shown["chapters"]),
        "edition": edition,
        "cohort": edition.cohort,
        "later": _later(request, edition),
        "earlier": earlier_than(edition, roles_of(request.user)),
        "files": files_of(edition),
    }
    return render(request, "reports/edition.html", context)


def _later(request: HttpRequest, edition: ReportEdition) -> ReportEdition | None:
    visible = ReportEdition.objects.visible_to(roles_of(request.user)).defer("content")
    of_same = visible.filter(report=edition.report_id, joint=edition.joint_id)
    return of_same.filter(number__gt=edition.number).last()
