"""The page of one section of the result report, or of one of its parts: where the report is written."""

from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from django_htmx.http import reswap, retarget, trigger_client_event

from accounts.requests import PageRequest
from cohorts.fetch import get_participation
from kit.pages import draw, refuse_on
from kit.permissions import require
from kit.refusals import ActionRefused
from kit.rich import Document
from reports import actions
from reports.actions import TextTaken
from reports.comment_pages import card_of
from reports.content.entered import entered_in
from reports.forms import ReportSectionForm
from reports.live import figures_of
from reports.models import Report, ReportSection
from reports.perms import EDIT_REPORT
from reports.placing import OWN_RULE, placeables_of, tables_are_shown, unprinted_in
from reports.presence import note_writing, writing_now
from reports.sections import TextPlace, places_of
from reports.sources import MOST, SectionSource, SourceRequest, holds, put_in, sources_of
from reports.views.report import get_report
from reports.workshop import index_of


@dataclass
class Draft:
    """A text as the page draws it; `taken` is a text that somebody else has saved in the meantime."""

    place: TextPlace
    form: ReportSectionForm
    section: ReportSection | None
    taken: ReportSection | None = None

    @property
    def revision(self) -> int:
        """Return the revision to post: after a clash it is the other text's, which has then been seen."""
        return (self.taken or self.section or ReportSection()).revision

    @property
    def n_words(self) -> int:
        return len(self.section.text.split()) if self.section else 0


@require_http_methods(["GET", "POST"])
def section(request: PageRequest, slug: str, code: str, key: str) -> HttpResponse:
    """Show a text beside what can be put into it; save it as one goes, with a button, or with a source put in."""
    participation = get_participation(request, slug, code)
    report = get_report(request, participation)
    require(request.user, EDIT_REPORT, report)
    place = get_place(report, key)
    asked = SourceRequest(participation, request.user, place)
    if request.method == "GET":
        if not report.is_draft:
            return redirect("reports:report", slug, code)
        return _page(request, report, _draft(report, place), asked)
    source = _chosen(request, asked)
    draft = _draft(report, place, _with_source(request, place, source))
    saved = _save(draft, report, request.user)
    note_writing(participation, key, request.user)
    if request.htmx:
        return _fragment(request, report, draft, saved=saved)
    return _onwards(request, report, draft, source) if saved else _page(request, report, draft, asked)


def save_what_came_with(request: PageRequest, slug: str, code: str, key: str) -> HttpResponse | None:
    """Save the text that a button of the page carries; return the page if it is refused."""
    participation = get_participation(request, slug, code)
    report = get_report(request, participation)
    require(request.user, EDIT_REPORT, report)
    place = get_place(report, key)
    if f"s-{key}-text" not in request.POST:
        return None
    draft = _draft(report, place, request.POST)
    saved = _save(draft, report, request.user)
    return None if saved else _page(request, report, draft, SourceRequest(participation, request.user, place))


def get_place(report: Report, key: str) -> TextPlace:
    places = places_of(report.participation.cohort)
    place = next((place for place in places if place.key == key), None)
    if place is None:
        raise Http404
    return place


def address_of(report: Report, key: str) -> str:
    participation = report.participation
    return reverse("reports:section", args=[participation.cohort.slug, participation.code, key])


def _draft(report: Report, place: TextPlace, data: Any = None) -> Draft:
    stored = report.texts.filter(key=place.key).first() if report.pk else None
    return Draft(place, ReportSectionForm(data, heading=place, section=stored), stored)


def _chosen(request: PageRequest, asked: SourceRequest) -> SectionSource | None:
    key = request.POST.get("put_in")
    return next((source for source in sources_of(asked) if source.key == key), None) if key else None


def _with_source(request: PageRequest, place: TextPlace, source: SectionSource | None) -> Any:
    """Return what was posted, with the source as the last paragraph of the text if one is put in."""
    if source is None:
        return request.POST
    data = request.POST.copy()
    name = f"s-{place.key}-text"
    data[name] = put_in(data.get(name, ""), source)
    return data


def _save(draft: Draft, report: Report, by: Any) -> bool:
    if not draft.form.is_valid():
        return False
    try:
        draft.section = actions.save_section(
            participation=report.participation, key=draft.place.key, by=by, **draft.form.cleaned_data
        )
    except TextTaken as taken:
        draft.taken = cast(ReportSection, taken.stored)
        draft.form.add_error("text", taken.sentence)
    except ActionRefused as refusal:
        refuse_on(draft.form, refusal)
    return not draft.form.errors


def _fragment(request: PageRequest, report: Report, draft: Draft, *, saved: bool) -> HttpResponse:
    context = {
        "draft": draft,
        "participation": report.participation,
        "here": writing_now(report.participation, request.user).get(draft.place.key, ()),
        "saved_at": timezone.localtime(),
        "fragment": True,
    }
    if saved:
        response = render(request, "reports/report_section.html#saved", context)
        return trigger_client_event(response, "announce", {"value": f"{draft.place.full} är sparat."})
    response = render(request, "reports/report_section.html", context | {"figures": figures_of(report)})
    trigger_client_event(response, "announce", {"value": "Inte sparat. Det du skrev finns kvar på sidan."})
    return reswap(retarget(response, f"#avsnitt-{draft.place.key}"), "outerHTML")


def _onwards(request: PageRequest, report: Report, draft: Draft, source: SectionSource | None) -> HttpResponse:
    if source:
        messages.success(request, f"{source.label} är inlagt sist i texten.")
        return redirect(f"{request.path}#avsnitt-{draft.place.key}")
    places = places_of(report.participation.cohort)
    then = next((place.key for place in places if place.key == request.POST.get("then")), "")
    if not then:
        messages.success(request, "Sparat.")
    return redirect(address_of(report, then or draft.place.key))


def _page(request: PageRequest, report: Report, draft: Draft, asked: SourceRequest) -> HttpResponse:
    place, failed = draft.place, draft.form.is_bound and bool(draft.form.errors)
    places = places_of(report.participation.cohort)
    at = places.index(place)
    sources, document = sources_of(asked), draft.section.document if draft.section else Document()
    has_tables = tables_are_shown(request.GET, document)
    placeables = placeables_of(report) if has_tables else ()
    text = str(draft.form["text"].value() or "") if failed else (draft.section.text if draft.section else "")
    context = {
        "report": report,
        "participation": report.participation,
        "draft": draft,
        "place": place,
        "failed": failed,
        "fragment": False,
        "figures": figures_of(report),
        "placeables": placeables,
        "placing_rule": OWN_RULE,
        "has_tables": has_tables,
        "unprinted": unprinted_in(document, placeables),
        "index": index_of(report, request.user, place.key),
        "comments": card_of(draft.section or ReportSection(report=report, key=place.key), request.user),
        "here": writing_now(report.participation, request.user).get(place.key, ()),
        "sources": [(source, holds(text, source)) for source in (sources if "alla" in request.GET else sources[:MOST])],
        "n_sources": len(sources),
        "entered": () if place.part else entered_in(report.participation, place.section.kind),
        "before": places[at - 1] if at else None,
        "after": places[at + 1] if at + 1 < len(places) else None,
    }
    return draw(request, "reports/report_section_page.html", *([draft.form] if failed else []), **context)
