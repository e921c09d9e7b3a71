from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from django_htmx.http import reswap, retarget, trigger_client_event

from accounts.requests import PageRequest
from cohorts.fetch import get_participation
from cohorts.models import Participation
from cohorts.roles import roles_of
from cohorts.rules import is_own
from kit.pages import draw, refuse_on
from kit.permissions import may, require
from kit.refusals import ActionRefused
from kit.responses import post_only
from reports import actions
from reports.actions import TextTaken
from reports.enums import ORDERED
from reports.forms import ReportSectionForm
from reports.models import Report, ReportSection
from reports.perms import BUILD_REPORT, EDIT_REPORT, SUBMIT_REPORT
from reports.reading import dialogue_of, reading_of
from reports.sections import Heading, sections_of
from reports.views.builds import newest, ordered_format

# The pages that the buttons of the writing page lead to.
NEXT = {"submit": "reports:submit", "public": "reports:choose_public"}


@dataclass
class Draft:
    """A section as the page draws it; `taken` is a text that somebody else has saved in the meantime."""

    heading: Heading
    form: ReportSectionForm
    section: ReportSection | None
    taken: ReportSection | None = None

    @property
    def revision(self) -> int:
        """Return the revision to post: after a clash it is the other text's, which has then been seen."""
        return (self.taken or self.section or ReportSection()).revision


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


@require_http_methods(["GET", "POST"])
def report(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code)
    report = get_report(request, participation)
    if request.method == "POST":
        require(request.user, EDIT_REPORT, report)
        return _save_all(request, report)
    if report.is_draft and may(request.user, EDIT_REPORT, report):
        return _writing_page(request, report, _drafts(report))
    context = {**_common(request, report), **reading_of(report, request.user)}
    return render(request, "reports/report_read.html", context)


@post_only
def save_section(request: PageRequest, slug: str, code: str, key: str) -> HttpResponse:
    """Save a section in the background; answer with its state, or with both texts after a clash."""
    participation = get_participation(request, slug, code)
    report = get_report(request, participation)
    require(request.user, EDIT_REPORT, report)
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


@post_only
def order(request: PageRequest, slug: str, code: str) -> HttpResponse:
    if refused := _save_what_came_with(request, slug, code):
        return refused
    report = get_report(request, get_participation(request, slug, code))
    require(request.user, BUILD_REPORT, report)
    file_format = ordered_format(request)
    build = actions.order_report(participation=report.participation, file_format=file_format, by=request.user)
    return redirect("reports:build", build.pk)


def _save_all(request: PageRequest, report: Report) -> HttpResponse:
    if refused := _save_posted(request, report):
        return refused
    # The buttons beside the texts are of the same form, so that nothing written is left behind.
    then = request.POST.get("then", "")
    if then in NEXT:
        return redirect(NEXT[then], report.participation.cohort.slug, report.participation.code)
    messages.success(request, "Sparat.")
    return redirect(request.path)


def _save_what_came_with(request: PageRequest, slug: str, code: str) -> HttpResponse | None:
    """Save the texts that a button of the writing page carries; return the page if one of them is refused."""
    report = get_report(request, get_participation(request, slug, code))
    return _save_posted(request, report) if may(request.user, EDIT_REPORT, report) else None


def _save_posted(request: PageRequest, report: Report) -> HttpResponse | None:
    drafts = _drafts(report, request.POST)
    # Without JavaScript all sections are posted at once; each is saved alone, so that none is lost.
    saved = [_save(draft, report, request.user) for draft in drafts if _is_posted(draft, request)]
    return None if all(saved) else _writing_page(request, report, drafts)


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
        refuse_on(draft.form, refusal)
    return not draft.form.errors


def _drafts(report: Report, data: Any = None) -> list[Draft]:
    texts = {text.key: text for text in report.texts.all()} if report.pk else {}
    return [
        Draft(heading, ReportSectionForm(data, heading=heading, section=texts.get(heading.key)), texts.get(heading.key))
        for heading in sections_of(report.participation.cohort)
    ]


def _writing_page(request: PageRequest, report: Report, drafts: list[Draft]) -> HttpResponse:
    failed = [draft for draft in drafts if draft.form.is_bound and draft.form.errors]
    context = {
        **_common(request, report),
        "drafts": drafts,
        "failed": failed,
        "fragment": False,
        "edition": None,
        "dialogue": dialogue_of(report, request.user),
        "may_submit": may(request.user, SUBMIT_REPORT, report),
    }
    return draw(request, "reports/report_write.html", *(draft.form for draft in failed), **context)


def _common(request: PageRequest, report: Report) -> dict[str, Any]:
    return {
        "report": report,
        "participation": report.participation,
        "builds": newest(report.builds.visible_to(roles_of(request.user))) if report.pk else [],
        "formats": ORDERED,
        "may_build": report.pk is not None and may(request.user, BUILD_REPORT, report),
        "compiled_from": actions.compiled_from(report.participation.cohort_id),
    }
