from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from checklist.actions.assessments import start_assessment
from checklist.actions.parts import add_part, remove_part, rename_part
from checklist.beside import Moment, choices_of, moment_of, tables_of
from checklist.forms.parts import NewPartForm, PartForm
from checklist.models import Assessment, Part
from checklist.occasions import every_occasion
from cohorts.fetch import get_participation
from cohorts.models import Participation
from cohorts.roles import Roles, roles_of
from meetings.models import Meeting
from modell.http import PageRequest
from modell.permissions import Perm, may, require
from modell.refusals import ActionRefused
from modell.responses import refuse
from modell.staleness import content_of


@dataclass(frozen=True)
class PartRow:
    """A part with what it has before the coming meeting, its open draft outside meetings and what is handed in."""

    part: Part
    coming: Assessment | None
    outside: Assessment | None
    handed_in: list[Assessment]


@require_http_methods(["GET", "POST"])
def parts(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """The nämnder and förvaltningar of an organisation; others than its own people see those that have handed in."""
    participation = get_participation(request, slug, code, "cohort__plan__part_checklist", "cohort__plan__checklist")
    require(request.user, Perm.EDIT_PARTS if request.method == "POST" else Perm.READ_VALUES, participation)
    form = NewPartForm(request.POST if request.method == "POST" else None, use_required_attribute=False)
    if form.is_valid():
        part = add_part(organisation=participation.organisation, by=request.user, **form.cleaned_data)
        messages.success(request, f"{part} finns med i listan.")
        return redirect("checklist:parts", slug, code)
    roles = roles_of(request.user)
    own = participation.organisation_id in roles.organisation_ids
    meeting = _coming(participation, roles) if own and participation.is_participant else None
    plan, rows = participation.cohort.plan, _rows(participation, roles, meeting)
    context = {
        "participation": participation,
        "crumbs": _way_to(participation),
        "form": form,
        "meeting": meeting,
        "rows": rows,
        "has_handed_in": any(row.handed_in for row in rows),
        "checklist": plan.part_checklist or plan.checklist,
        "is_own": own,
        "may_edit": may(request.user, Perm.EDIT_PARTS, participation),
        "may_start": may(request.user, Perm.START_OUTSIDE, participation),
    }
    return render(request, "checklist/parts/parts.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def part(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Give it another name, or take it away while nothing is rated for it."""
    participation = get_participation(request, slug, code)
    require(request.user, Perm.EDIT_PARTS, participation)
    part = get_object_or_404(participation.organisation.parts, pk=pk)
    form = PartForm(request.POST if request.method == "POST" else None, stored=content_of(part, "name"))
    if request.method == "POST" and form.is_valid():
        try:
            rename_part(part=part, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Namnet är sparat.")
            return redirect("checklist:parts", slug, code)
    crumbs = [*_way_to(participation), {"url": _list_of(participation), "label": "Nämnder och förvaltningar"}]
    used = part.assessments.exists()
    context = {"participation": participation, "part": part, "form": form, "crumbs": crumbs, "used": used}
    return render(request, "checklist/parts/part.html", context, status=422 if form.errors else 200)


@require_POST
def part_remove(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, Perm.EDIT_PARTS, participation)
    part = participation.organisation.parts.filter(pk=pk).first()
    try:
        if part:  # a second click finds it gone
            remove_part(part=part, by=request.user)
            messages.success(request, f"{part} är borttagen ur listan.")
    except ActionRefused as refusal:
        return refuse(request, refusal, "checklist:parts", slug, code)
    return redirect("checklist:parts", slug, code)


@require_POST
def start_part(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Before the meeting that is posted as `traff`, or outside meetings where none is."""
    participation = get_participation(request, slug, code)
    key, meeting = request.POST.get("traff"), None
    require(request.user, Perm.START_ASSESSMENT if key else Perm.START_OUTSIDE, participation)
    part = get_object_or_404(participation.organisation.parts, pk=pk)
    if key:
        meeting = get_object_or_404(Meeting.objects.visible_to(roles_of(request.user)), cohort__slug=slug, key=key)
    try:
        assessment = start_assessment(participation=participation, meeting=meeting, part=part, by=request.user)
    except ActionRefused as refusal:
        return refuse(request, refusal, "checklist:parts", slug, code)
    return redirect(assessment)


def beside(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """The whole and its parts at one occasion, moment by moment; each version a table of its own."""
    participation = get_participation(request, slug, code, "cohort__plan__checklist")
    require(request.user, Perm.READ_VALUES, participation)
    choices = choices_of(every_occasion(participation, roles_of(request.user)))
    chosen: Moment | None = moment_of(choices, request.GET.get("traff", ""))
    context = {
        "participation": participation,
        "crumbs": [*_way_to(participation), {"url": _list_of(participation), "label": "Nämnder och förvaltningar"}],
        "choices": choices,
        "chosen": chosen,
        "tables": tables_of(chosen.occasions) if chosen else [],
    }
    return render(request, "checklist/parts/parts_beside.html", context)


def _coming(participation: Participation, roles: Roles) -> Meeting | None:
    meetings = Meeting.objects.visible_to(roles).assessed().concerning(participation)
    return meetings.coming(timezone.localdate()).first()


def _rows(participation: Participation, roles: Roles, meeting: Meeting | None) -> list[PartRow]:
    visible = Assessment.objects.visible_to(roles).filter(participation=participation, part__isnull=False)
    found = list(visible.select_related("meeting").with_progress().in_time())
    own = participation.organisation_id in roles.organisation_ids
    rows = [_row(part, [one for one in found if one.part_id == part.pk], meeting) for part in _all(participation)]
    return [row for row in rows if own or row.handed_in]


def _all(participation: Participation) -> Iterable[Part]:
    return participation.organisation.parts.all()


def _row(part: Part, assessments: list[Assessment], meeting: Meeting | None) -> PartRow:
    coming = [one for one in assessments if meeting and one.meeting_id == meeting.pk]
    outside = [one for one in assessments if one.meeting_id is None and one.is_draft]
    handed_in = [one for one in assessments if one.is_submitted]
    return PartRow(part, next(iter(coming), None), next(iter(outside), None), handed_in)


def _list_of(participation: Participation) -> str:
    return reverse("checklist:parts", args=[participation.cohort.slug, participation.code])


def _way_to(participation: Participation) -> list[dict[str, str]]:
    url = reverse("checklist:own", args=[participation.cohort.slug, participation.code])
    return [{"url": url, "label": "Självskattningar"}]
