from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import PageRequest
from assessments.actions.assessments import start_assessment
from assessments.actions.parts import add_part, remove_part, rename_part
from assessments.forms.parts import NewPartForm, PartForm
from assessments.models import Assessment
from assessments.occasions import every_occasion
from assessments.part_tables import OccasionChoice, choices_of, chosen_of, tables_of
from assessments.perms import EDIT_PARTS, READ_VALUES, START_ASSESSMENT, START_OUTSIDE
from cohorts.fetch import get_participation
from cohorts.models import Part, Participation
from cohorts.roles import Roles, roles_of
from kit.pages import Crumb, draw, line_in, posted, press, store
from kit.permissions import may, require
from kit.responses import makes_new, post_only, posted_from
from kit.staleness import content_of
from meetings.models import Meeting
from meetings.whom import meetings_for


@dataclass(frozen=True)
class PartRow:
    """A part with its assessment before the coming meeting, its draft outside meetings and what is handed in."""

    part: Part
    coming: Assessment | None
    outside: Assessment | None
    handed_in: list[Assessment]


@makes_new
@require_http_methods(["GET", "POST"])
def parts(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code, "cohort__plan__part_checklist", "cohort__plan__checklist")
    require(request.user, EDIT_PARTS if request.method == "POST" else READ_VALUES, participation)
    form = NewPartForm(posted(request), use_required_attribute=False)
    part = store(request, form, partial(add_part, organisation=participation.organisation))
    if part:
        messages.success(request, f"{part} finns med i listan.")
        return redirect("assessments:parts", slug, code)
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
        "may_edit": may(request.user, EDIT_PARTS, participation),
        "may_start": may(request.user, START_OUTSIDE, participation),
    }
    return draw(request, "assessments/parts/parts.html", form, **context)


@require_http_methods(["GET", "POST"])
def part(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, EDIT_PARTS, participation)
    part = get_object_or_404(participation.organisation.parts, pk=pk)
    form = PartForm(posted(request), stored=content_of(part, "name"))
    if store(request, form, partial(rename_part, part=part)):
        messages.success(request, "Namnet är sparat.")
        return redirect("assessments:parts", slug, code)
    crumbs = [*_way_to(participation), Crumb(_list_of(participation), "Nämnder och förvaltningar")]
    used = part.assessments.exists()
    context = {"participation": participation, "part": part, "form": form, "crumbs": crumbs, "used": used}
    return draw(request, "assessments/parts/part.html", form, **context)


@post_only
def part_remove(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, EDIT_PARTS, participation)
    part = participation.organisation.parts.filter(pk=pk).first()
    if part:  # after a second click it is already gone
        press(request, partial(remove_part, part=part), f"{part} är borttagen ur listan.")
    return redirect("assessments:parts", slug, code)


def _page_of(request: PageRequest, slug: str, code: str, pk: int) -> str:
    return reverse("assessments:parts", args=[slug, code])


@posted_from(_page_of)
def start_part(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    participation = get_participation(request, slug, code)
    # Without a posted meeting the assessment is one outside meetings.
    key, meeting = line_in(request, "traff"), None
    require(request.user, START_ASSESSMENT if key else START_OUTSIDE, participation)
    part = get_object_or_404(participation.organisation.parts, pk=pk)
    if key:
        meeting = get_object_or_404(Meeting.objects.visible_to(roles_of(request.user)), cohort__slug=slug, key=key)
    assessment = press(request, partial(start_assessment, participation=participation, meeting=meeting, part=part))
    return redirect(assessment) if assessment else redirect("assessments:parts", slug, code)


@require_GET
def beside(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code, "cohort__plan__checklist")
    require(request.user, READ_VALUES, participation)
    choices = choices_of(every_occasion(participation, roles_of(request.user)))
    chosen: OccasionChoice | None = chosen_of(choices, request.GET.get("traff", ""))
    context = {
        "participation": participation,
        "crumbs": [*_way_to(participation), Crumb(_list_of(participation), "Nämnder och förvaltningar")],
        "choices": choices,
        "chosen": chosen,
        "tables": tables_of(chosen.occasions) if chosen else [],
    }
    return render(request, "assessments/parts/parts_beside.html", context)


def _coming(participation: Participation, roles: Roles) -> Meeting | None:
    assessed = Meeting.objects.visible_to(roles).assessed().filter(cohort=participation.cohort_id)
    return next(iter(meetings_for(participation, assessed.coming(timezone.localdate()))), None)


def _rows(participation: Participation, roles: Roles, meeting: Meeting | None) -> list[PartRow]:
    visible = Assessment.objects.visible_to(roles).filter(participation=participation, part__isnull=False)
    assessments = list(visible.select_related("meeting").with_progress().in_time())
    own = participation.organisation_id in roles.organisation_ids
    rows = [
        _row(part, [assessment for assessment in assessments if assessment.part_id == part.pk], meeting)
        for part in _all(participation)
    ]
    # Others than the organisation's own people see only the parts that have handed in.
    return [row for row in rows if own or row.handed_in]


def _all(participation: Participation) -> Iterable[Part]:
    return participation.organisation.parts.all()


def _row(part: Part, assessments: list[Assessment], meeting: Meeting | None) -> PartRow:
    coming = [assessment for assessment in assessments if meeting and assessment.meeting_id == meeting.pk]
    outside = [assessment for assessment in assessments if assessment.meeting_id is None and assessment.is_draft]
    handed_in = [assessment for assessment in assessments if assessment.is_submitted]
    return PartRow(part, next(iter(coming), None), next(iter(outside), None), handed_in)


def _list_of(participation: Participation) -> str:
    return reverse("assessments:parts", args=[participation.cohort.slug, participation.code])


def _way_to(participation: Participation) -> list[Crumb]:
    url = reverse("assessments:own", args=[participation.cohort.slug, participation.code])
    return [Crumb(url, "Självskattningar")]
