"""Pages for presentations, material and documentation at a meeting."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import PageRequest
from cohorts.fetch import shown_on
from cohorts.models import Participation
from cohorts.roles import roles_of
from kit.link_or_file import shown_forms
from kit.pages import store
from kit.permissions import may, require
from kit.responses import makes_new, posted_from
from kit.uploads import as_download
from meetings.actions import material as actions
from meetings.enums import MaterialKind
from meetings.forms.speaking import MaterialFileForm, MaterialForm, MaterialLinkForm
from meetings.models import Material, Meeting
from meetings.own_seats import own_organisations
from meetings.perms import EDIT_MEETING, REMOVE_MATERIAL, WORKERS, WRITE_AT_MEETING
from meetings.views.pages import form_page, get_meeting


@makes_new
@require_http_methods(["GET", "POST"])
def material(request: PageRequest, slug: str, key: str) -> HttpResponse:
    meeting = get_meeting(request, slug, key)
    require(request.user, WRITE_AT_MEETING, meeting)
    own = list(own_organisations(roles_of(request.user), meeting, *WORKERS))
    kinds = _kinds(request, meeting, own)
    choices = own_organisations(roles_of(request.user), meeting, *WORKERS)
    link, file, form = shown_forms(request, MaterialLinkForm, MaterialFileForm, kinds=kinds, own=choices)
    if form and form.is_valid() and _added(form, meeting, kinds, own, request):
        messages.success(request, "Det är tillagt.")
        return redirect("meetings:material", slug, key)
    rows = Material.objects.visible_to(roles_of(request.user)).filter(meeting=meeting)
    there = [
        (row, may(request.user, REMOVE_MATERIAL, row))
        for row in rows.select_related("meeting", "participation__organisation")
    ]
    return form_page(request, "material", meeting, link, file, link=link, file=file, there=there)


def _kinds(request: PageRequest, meeting: Meeting, own: list[Participation]) -> list[MaterialKind]:
    # Presentations belong to the organisations, material and documentation to SKR and the host.
    edits = may(request.user, EDIT_MEETING, meeting)
    presents = [MaterialKind.PRESENTATION] if own else []
    return [*presents, MaterialKind.MATERIAL, MaterialKind.DOCUMENTATION] if edits or not own else presents


def _added(
    form: MaterialForm, meeting: Meeting, kinds: list[MaterialKind], own: list[Participation], request: PageRequest
) -> bool:
    data = {"kind": kinds[0].value, "participation": own[0] if own else None, **form.adding()}
    add = actions.add_file if isinstance(form, MaterialFileForm) else actions.add_link
    return bool(store(request, form, add, meeting=meeting, **data))


def _get_material(request: PageRequest, pk: int) -> Material:
    visible = Material.objects.visible_to(roles_of(request.user))
    row = get_object_or_404(visible.select_related("meeting__cohort", "participation__organisation"), pk=pk)
    shown_on(request, row.meeting.cohort)
    return row


def _page_of(request: PageRequest, pk: int) -> str:
    meeting = _get_material(request, pk).meeting
    return reverse("meetings:material", args=[meeting.cohort.slug, meeting.key])


@posted_from(_page_of)
def material_remove(request: PageRequest, pk: int) -> HttpResponse:
    row = _get_material(request, pk)
    require(request.user, REMOVE_MATERIAL, row)
    actions.remove_material(material=row, by=request.user)
    messages.success(request, f"”{row.title}” är borttaget.")
    return redirect("meetings:material", row.meeting.cohort.slug, row.meeting.key)


@require_GET
def material_file(request: PageRequest, pk: int) -> HttpResponseBase:
    row = _get_material(request, pk)
    return as_download(request, row.file, title=row.title, media_type=row.media_type)
