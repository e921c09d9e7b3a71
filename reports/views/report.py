from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import reswap, retarget, trigger_client_event

from cohorts.fetch import get_participation
from cohorts.models import Participation
from cohorts.roles import roles_of
from modell.http import PageRequest
from modell.permissions import Perm, may, require
from modell.refusals import ActionRefused
from modell.responses import refuse
from reports import actions
from reports.actions import TextTaken
from reports.forms import SectionForm
from reports.models import JointReport, Report, ReportSection
from reports.sections import Heading, sections_of
from reports.views.builds import newest


@dataclass
class Draft:
    """One section as the page draws it; `taken` is what somebody else has saved in the meantime."""

    heading: Heading
    form: SectionForm
    section: ReportSection | None
    taken: ReportSection | None = None

    @property
    def revision(self) -> int:
        """What the page is drawn with: posted again after a clash, it says that the other text has been seen."""
        return (self.taken or self.section or ReportSection()).revision


def get_report(request: PageRequest, participation: Participation) -> Report:
    """The report, or a new one that is not stored for the organisation's own; of others what one may read."""
    own = participation.organisation_id in roles_of(request.user).organisation_ids
    visible = Report.objects.visible_to(roles_of(request.user)).prefetch_related("texts", "builds")
    report = visible.filter(participation=participation).first()
    if report is None and not own:
        raise PermissionDenied
    report = report or Report()
    report.participation = participation
    return report


@require_http_methods(["GET", "POST"])
def report(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """The page where it is written while it is a draft of one's own; else the page where it is read."""
    participation = get_participation(request, slug, code)
    report = get_report(request, participation)
    if request.method == "POST":
        require(request.user, Perm.EDIT_REPORT, report)
        return _save_all(request, report)
    if report.is_draft and may(request.user, Perm.EDIT_REPORT, report):
        return _writing_page(request, report, _drafts(report))
    return render(request, "reports/report_read.html", _reading(request, report))


@require_POST
def save_section(request: PageRequest, slug: str, code: str, key: str) -> HttpResponse:
    """Save one section as one goes; answers with its state, or with both texts where somebody else has saved."""
    participation = get_participation(request, slug, code)
    report = get_report(request, participation)
    require(request.user, Perm.EDIT_REPORT, report)
    draft = next((draft for draft in _drafts(report, request.POST) if draft.heading.key == key), None)
    if draft is None:
        raise Http404
    saved = _save(draft, report, request.user)
    context = {
        "draft": draft,
        "participation": participation,
        "saved_at": timezone.localtime(),
        "fragment": True,
    }
    if not request.htmx:
        drafts = [draft if other.heading.key == key else other for other in _drafts(report)]
        return (
            redirect(f"{reverse('reports:report', args=[slug, code])}#avsnitt-{key}")
            if saved
            else _writing_page(request, report, drafts)
        )
    if saved:
        response = render(request, "reports/report_section.html#saved", context)
        return trigger_client_event(response, "announce", {"value": f"{draft.heading.text} är sparat."})
    response = render(request, "reports/report_section.html", context)
    trigger_client_event(response, "announce", {"value": "Inte sparat. Det du skrev finns kvar på sidan."})
    return reswap(retarget(response, f"#avsnitt-{key}"), "outerHTML")


@require_POST
def submit(request: PageRequest, slug: str, code: str) -> HttpResponse:
    return _move(request, slug, code, Perm.SUBMIT_REPORT, actions.submit_report, "Resultatrapporten är inlämnad.")


@require_POST
def approve(request: PageRequest, slug: str, code: str) -> HttpResponse:
    return _move(request, slug, code, Perm.APPROVE_REPORT, actions.approve_report, "Resultatrapporten är godkänd.")


@require_POST
def publish(request: PageRequest, slug: str, code: str) -> HttpResponse:
    return _move(request, slug, code, Perm.SUBMIT_REPORT, actions.publish_report, "Resultatrapporten är publicerad.")


@require_POST
def order(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """Order the PDF; asked for twice, both are shown the same one."""
    report = get_report(request, get_participation(request, slug, code))
    require(request.user, Perm.BUILD_REPORT, report)
    return redirect("reports:build", actions.order_report(participation=report.participation, by=request.user).pk)


@require_GET
@login_not_required
def published(request: HttpRequest) -> HttpResponse:
    """What organisations and SKR have published: anyone may read it."""
    own = Report.objects.published().select_related("participation__organisation", "participation__cohort")
    joint = JointReport.objects.published().select_related("cohort").prefetch_related("builds")
    by_name = own.order_by("participation__organisation__name", "pk").prefetch_related("builds")
    context = {
        "reports": [(row, newest(row.builds.all())) for row in by_name],
        "joint_reports": [(row, newest(row.builds.all())) for row in joint],
    }
    return render(request, "reports/report_published.html", context)


def _move(request: PageRequest, slug: str, code: str, perm: Perm, action: Any, done: str) -> HttpResponse:
    """A step that the whole report takes; asked for twice it is taken once."""
    report = get_report(request, get_participation(request, slug, code))
    require(request.user, perm, report)
    if report._state.adding:
        messages.error(request, "Skriv minst ett avsnitt innan ni lämnar in rapporten.")
        return redirect("reports:report", slug, code)
    try:
        action(report=report, by=request.user)
    except ActionRefused as refusal:
        return refuse(request, refusal, "reports:report", slug, code)
    messages.success(request, done)
    return redirect("reports:report", slug, code)


def _save_all(request: PageRequest, report: Report) -> HttpResponse:
    """Without JavaScript the page posts every section at once; each is saved on its own, so that none is lost."""
    drafts = _drafts(report, request.POST)
    saved = [_save(draft, report, request.user) for draft in drafts if _is_posted(draft, request)]
    if not all(saved):
        return _writing_page(request, report, drafts)
    messages.success(request, "Sparat.")
    return redirect(request.path)


def _is_posted(draft: Draft, request: PageRequest) -> bool:
    return draft.form.add_prefix("text") in request.POST


def _save(draft: Draft, report: Report, by: Any) -> bool:
    if not draft.form.is_valid():
        return False
    try:
        draft.section = actions.save_section(
            participation=report.participation, key=draft.heading.key, by=by, **draft.form.cleaned_data
        )
    except TextTaken as taken:
        draft.taken = cast(ReportSection, taken.stored)
        draft.form.add_error("text", taken.sentence)
    except ActionRefused as refusal:
        draft.form.add_error(refusal.field, refusal.sentence)
    return not draft.form.errors


def _drafts(report: Report, data: Any = None) -> list[Draft]:
    texts = {text.key: text for text in report.texts.all()} if report.pk else {}
    return [
        Draft(heading, SectionForm(data, heading=heading, section=texts.get(heading.key)), texts.get(heading.key))
        for heading in sections_of(report.participation.cohort)
    ]


def _writing_page(request: PageRequest, report: Report, drafts: list[Draft]) -> HttpResponse:
    failed = [draft for draft in drafts if draft.form.is_bound and draft.form.errors]
    context = {
        **_common(request, report),
        "drafts": drafts,
        "failed": failed,
        "fragment": False,
        "may_submit": may(request.user, Perm.SUBMIT_REPORT, report),
    }
    return render(request, "reports/report_write.html", context, status=422 if failed else 200)


def _reading(request: PageRequest, report: Report) -> dict[str, Any]:
    texts = {text.key: text for text in report.texts.all()} if report.pk else {}
    headings = sections_of(report.participation.cohort)
    told = [(heading, texts[heading.key]) for heading in headings if heading.key in texts and texts[heading.key].text]
    handed_in, waits = not report.is_draft, report.approved_on is None
    return {
        **_common(request, report),
        "told": told,
        "may_approve": handed_in and waits and may(request.user, Perm.APPROVE_REPORT, report),
        "may_publish": report.state == "submitted" and may(request.user, Perm.SUBMIT_REPORT, report),
    }


def _common(request: PageRequest, report: Report) -> dict[str, Any]:
    return {
        "report": report,
        "participation": report.participation,
        "build": newest(report.builds.all()) if report.pk else None,
        "may_build": report.pk is not None and may(request.user, Perm.BUILD_REPORT, report),
    }
