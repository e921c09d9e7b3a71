from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from accounts.requests import PageRequest
from cohorts.fetch import get_participation
from cohorts.models import Participation
from cohorts.roles import roles_of
from cohorts.rules import is_own
from kit.permissions import may, require
from kit.responses import post_only
from reports import actions
from reports.comment_pages import commented_sections
from reports.enums import ORDERED
from reports.models import Report
from reports.perms import ASSIGN_SECTIONS, BUILD_REPORT, EDIT_REPORT, SUBMIT_REPORT
from reports.reading import dialogue_of, reading_of
from reports.views.builds import newest, ordered_format
from reports.workshop import index_of


def get_report(request: PageRequest, participation: Participation) -> Report:
    """Return a report the person may read; for their own organisation a new one if none is stored."""
    own = is_own.test(request.user, participation)
    visible = Report.objects.visible_to(roles_of(request.user)).prefetch_related("texts")
    report = visible.filter(participation=participation).first()
    if report is None and not own:
        raise PermissionDenied
    report = report or Report()
    report.participation = participation
    return report


@require_GET
def report(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """Show a report to its readers and, to those who write it, the index of what is written."""
    participation = get_participation(request, slug, code)
    report = get_report(request, participation)
    if report.is_draft and may(request.user, EDIT_REPORT, report):
        return _workshop(request, report)
    context = {**_common(request, report), **reading_of(report, request.user)}
    return render(request, "reports/report_read.html", context)


@post_only
def order(request: PageRequest, slug: str, code: str) -> HttpResponse:
    report = get_report(request, get_participation(request, slug, code))
    require(request.user, BUILD_REPORT, report)
    file_format = ordered_format(request)
    build = actions.order_report(participation=report.participation, file_format=file_format, by=request.user)
    return redirect("reports:build", build.pk)


def _workshop(request: PageRequest, report: Report) -> HttpResponse:
    index = index_of(report, request.user)
    context = {
        **_common(request, report),
        "index": index,
        "commented": commented_sections(report, request.user, index.comments),
        "edition": None,
        "dialogue": dialogue_of(report, request.user),
        "may_submit": may(request.user, SUBMIT_REPORT, report),
        "may_assign": may(request.user, ASSIGN_SECTIONS, report),
    }
    return render(request, "reports/report_write.html", context)


def _common(request: PageRequest, report: Report) -> dict[str, Any]:
    return {
        "report": report,
        "participation": report.participation,
        "builds": newest(report.builds.visible_to(roles_of(request.user))) if report.pk else [],
        "formats": ORDERED,
        "may_build": report.pk is not None and may(request.user, BUILD_REPORT, report),
        "compiled_from": actions.compiled_from(report.participation.cohort_id),
    }
