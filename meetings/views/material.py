"""Presentations, material and documentation at a meeting."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cohorts.fetch import shown_on
from cohorts.models import Participation
from cohorts.roles import roles_of
from meetings.actions import material as actions
from meetings.enums import MaterialKind
from meetings.forms.speaking import FileForm, LinkForm, MaterialForm
from meetings.models import Material, Meeting
from meetings.rules import WORKERS
from meetings.standing import own_organisations
from meetings.views.pages import form_page, get_meeting
from modell.http import PageRequest
from modell.permissions import Perm, may, require
from modell.refusals import ActionRefused
from modell.uploads import as_download


@require_http_methods(["GET", "POST"])
def material(request: PageRequest, slug: str, key: str) -> HttpResponse:
    """What lies at the meeting, and two ways to add to it: a link, a file."""
    meeting = get_meeting(request, slug, key)
    require(request.user, Perm.WRITE_AT_MEETING, meeting)
    own = list(own_organisations(roles_of(request.user), meeting, *WORKERS))
    kinds = _kinds(request, meeting, own)
    choices = own_organisations(roles_of(request.user), meeting, *WORKERS)
    link, file = LinkForm(kinds=kinds, own=choices), FileForm(kinds=kinds, own=choices)
    form: MaterialForm | None = None
    if request.method == "POST" and request.POST.get("what") == file.name:
        form = file = FileForm(request.POST, request.FILES, kinds=kinds, own=choices)
    elif request.method == "POST":
        form = link = LinkForm(request.POST, kinds=kinds, own=choices)
    if form and form.is_valid() and _added(form, meeting, kinds, own, request):
        messages.success(request, "Det är tillagt.")
        return redirect("meetings:material", slug, key)
    rows = Material.objects.visible_to(roles_of(request.user)).filter(meeting=meeting)
    there = [
        (row, may(request.user, Perm.REMOVE_MATERIAL, row))
        for row in rows.select_related("meeting", "participation__organisation")
    ]
    return form_page(request, "material", meeting, link, file, link=link, file=file, there=there)


def _kinds(request: PageRequest, meeting: Meeting, own: list[Participation]) -> list[MaterialKind]:
    """Presentations are the organisations'; material and documentation SKR's and the host's."""
    edits = may(request.user, Perm.EDIT_MEETING, meeting)
    presents = [MaterialKind.PRESENTATION] if own else []
    return [*presents, MaterialKind.MATERIAL, MaterialKind.DOCUMENTATION] if edits or not own else presents


def _added(
    form: MaterialForm, meeting: Meeting, kinds: list[MaterialKind], own: list[Participation], request: PageRequest
) -> bool:
    data = {"kind": kinds[0].value, "participation": own[0] if own else None, **form.cleaned_data}
    del data["what"]
    add = actions.add_file if isinstance(form, FileForm) else actions.add_link
    try:
        add(meeting=meeting, by=request.user, **data)
    except ActionRefused as refusal:
        form.add_error(refusal.field, refusal.sentence)
    return form.is_valid()


def _get_material(request: PageRequest, pk: int) -> Material:
    visible = Material.objects.visible_to(roles_of(request.user))
    found = get_object_or_404(visible.select_related("meeting__cohort", "participation__organisation"), pk=pk)
    shown_on(request, found.meeting.cohort)
    return found


@require_POST
def material_remove(request: PageRequest, pk: int) -> HttpResponse:
    row = _get_material(request, pk)
    require(request.user, Perm.REMOVE_MATERIAL, row)
    actions.remove_material(material=row, by=request.user)
    messages.success(request, f"”{row.title}” är borttaget.")
    return redirect("meetings:material", row.meeting.cohort.slug, row.meeting.key)


@require_GET
def material_file(request: PageRequest, pk: int) -> FileResponse:
    row = _get_material(request, pk)
    return as_download(row.file, title=row.title, media_type=row.media_type)
