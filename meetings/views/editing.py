"""Pages where SKR and the host prepare a meeting."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.requests import PageRequest
from cohorts.roles import roles_of
from kit.pages import posted, store
from kit.permissions import may, require
from kit.responses import makes_new, post_only
from kit.staleness import content_of
from meetings.actions import agenda as agendas
from meetings.actions import answering, editing, preparing
from meetings.agenda import agenda_of
from meetings.enums import HostPhase
from meetings.forms.editing import (
    AgendaCopyForm,
    AgendaItemForm,
    AttendanceForm,
    DocumentationForm,
    HostForm,
    HostTaskForm,
    PreparationForm,
    TimeAndPlaceForm,
)
from meetings.invitees import people_at
from meetings.models import AgendaItem, Meeting, Preparation
from meetings.page import todos_of, when_of
from meetings.perms import CHANGE_HOST, EDIT_MEETING, RECORD_ATTENDANCE
from meetings.views.pages import form_page, get_meeting, to_edit


@require_http_methods(["GET", "POST"])
def edit(request: PageRequest, slug: str, key: str) -> HttpResponse:
    meeting = to_edit(request, slug, key)
    form = TimeAndPlaceForm(posted(request), stored=content_of(meeting, *editing.PLACE))
    if store(request, form, partial(editing.save_meeting, meeting=meeting)):
        messages.success(request, "Uppgifterna om träffen är sparade.")
        return redirect(meeting)
    host = _host_form(request, meeting)
    return form_page(request, "edit", meeting, form, host=host, when=when_of(meeting))


def _host_form(request: PageRequest, meeting: Meeting, data: object = None) -> HostForm | None:
    if not may(request.user, CHANGE_HOST, meeting):
        return None
    organisations = meeting.cohort.participations.select_related("organisation").exclude(status="withdrawn")
    return HostForm(data, organisations=organisations, host=meeting.host)


@post_only
def host(request: PageRequest, slug: str, key: str) -> HttpResponse:
    meeting = get_meeting(request, slug, key)
    require(request.user, CHANGE_HOST, meeting)
    form = _host_form(request, meeting, request.POST)
    if form is not None and store(request, form, partial(editing.change_host, meeting=meeting)):
        messages.success(request, "Värden är sparad.")
        return redirect(meeting)
    edit_form = TimeAndPlaceForm(None, stored=content_of(meeting, *editing.PLACE))
    bound = [form] if form else []
    return form_page(request, "edit", meeting, edit_form, *bound, host=form, when=when_of(meeting))


@require_http_methods(["GET", "POST"])
def documentation(request: PageRequest, slug: str, key: str) -> HttpResponse:
    meeting = to_edit(request, slug, key)
    form = DocumentationForm(posted(request), stored=content_of(meeting, *editing.DOCUMENTATION))
    if store(request, form, partial(editing.save_documentation, meeting=meeting)):
        messages.success(request, "Dokumentationen är sparad.")
        return redirect(f"{meeting.get_absolute_url()}#dokumentation")
    return form_page(request, "documentation", meeting, form)


@makes_new
@require_http_methods(["GET", "POST"])
def agenda(request: PageRequest, slug: str, key: str) -> HttpResponse:
    meeting = to_edit(request, slug, key)
    seen = agenda_of(meeting, meeting.agenda.all())
    form = AgendaItemForm(posted(request), meeting=meeting, agenda=seen, pk=None, stored=None)
    new = AgendaItem(meeting=meeting)
    if store(request, form, partial(agendas.save_item, item=new)):
        messages.success(request, "Punkten är tillagd.")
        return redirect("meetings:agenda", slug, key)
    return form_page(request, "agenda", meeting, form, agenda=seen)


@require_http_methods(["GET", "POST"])
def agenda_item(request: PageRequest, slug: str, key: str, pk: int) -> HttpResponse:
    meeting = to_edit(request, slug, key)
    item = get_object_or_404(meeting.agenda, pk=pk)
    seen = agenda_of(meeting, meeting.agenda.all())
    stored = content_of(item, *agendas.ITEM)
    form = AgendaItemForm(posted(request), meeting=meeting, agenda=seen, pk=pk, stored=stored)
    if store(request, form, partial(agendas.save_item, item=item)):
        messages.success(request, "Punkten är sparad.")
        return redirect("meetings:agenda", slug, key)
    return form_page(request, "agenda_item", meeting, form, item=item)


@post_only
def agenda_move(request: PageRequest, slug: str, key: str, pk: int) -> HttpResponse:
    # A second click on the same page moves nothing, because `seen` is no longer true.
    meeting = to_edit(request, slug, key)
    item = meeting.agenda.filter(pk=pk).first()
    seen = request.POST.get("seen", "")
    if item and seen.isdigit():
        up = request.POST.get("way") == "upp"
        agendas.move_block(item=item, up=up, seen=int(seen[:6]), by=request.user)
    return redirect("meetings:agenda", slug, key)


@post_only
def agenda_remove(request: PageRequest, slug: str, key: str, pk: int) -> HttpResponse:
    meeting = to_edit(request, slug, key)
    item = meeting.agenda.filter(pk=pk).first()
    if item:
        agendas.remove_item(item=item, by=request.user)
        messages.success(request, f"”{item.title}” är borttagen.")
    return redirect("meetings:agenda", slug, key)


@makes_new
@require_http_methods(["GET", "POST"])
def preparations(request: PageRequest, slug: str, key: str) -> HttpResponse:
    meeting = to_edit(request, slug, key)
    form = PreparationForm(posted(request), stored=None)
    new = Preparation(meeting=meeting)
    if store(request, form, partial(preparing.save_preparation, preparation=new)):
        messages.success(request, "Förberedelsen är tillagd.")
        return redirect("meetings:preparations", slug, key)
    todos = todos_of(meeting, [], timezone.localdate())
    return form_page(request, "preparations", meeting, form, todos=todos)


@require_http_methods(["GET", "POST"])
def preparation(request: PageRequest, slug: str, key: str, pk: int) -> HttpResponse:
    meeting = to_edit(request, slug, key)
    row = get_object_or_404(meeting.preparations, pk=pk)
    form = PreparationForm(posted(request), stored=content_of(row, *preparing.PREPARATION))
    if store(request, form, partial(preparing.save_preparation, preparation=row)):
        messages.success(request, "Förberedelsen är sparad.")
        return redirect("meetings:preparations", slug, key)
    return form_page(request, "preparation", meeting, form, preparation=row)


@post_only
def preparation_remove(request: PageRequest, slug: str, key: str, pk: int) -> HttpResponse:
    meeting = to_edit(request, slug, key)
    row = meeting.preparations.filter(pk=pk).first()
    if row:
        preparing.remove_preparation(preparation=row, by=request.user)
        messages.success(request, f"”{row.text}” är borttagen.")
    return redirect("meetings:preparations", slug, key)


@makes_new
@require_http_methods(["GET", "POST"])
def host_tasks(request: PageRequest, slug: str, key: str) -> HttpResponse:
    meeting = to_edit(request, slug, key)
    form = HostTaskForm(posted(request))
    if store(request, form, partial(preparing.add_task, meeting=meeting)):
        messages.success(request, "Uppgiften är tillagd.")
        return redirect("meetings:host_tasks", slug, key)
    tasks = list(meeting.host_tasks.all())
    by_phase = [(phase.label, [task for task in tasks if task.phase == phase]) for phase in HostPhase]
    done = sum(task.done_on is not None for task in tasks)
    return form_page(request, "host_tasks", meeting, form, by_phase=by_phase, done=done, total=len(tasks))


@post_only
def host_task_tick(request: PageRequest, slug: str, key: str, pk: int) -> HttpResponse:
    meeting = to_edit(request, slug, key)
    task = meeting.host_tasks.filter(pk=pk).first()
    if task:
        preparing.tick_task(task=task, done=request.POST.get("done") == "ja", by=request.user)
    return redirect("meetings:host_tasks", slug, key)


@post_only
def host_task_remove(request: PageRequest, slug: str, key: str, pk: int) -> HttpResponse:
    meeting = to_edit(request, slug, key)
    task = meeting.host_tasks.filter(pk=pk).first()
    if task:
        preparing.remove_task(task=task, by=request.user)
        messages.success(request, f"”{task.text}” är borttagen.")
    return redirect("meetings:host_tasks", slug, key)


@require_http_methods(["GET", "POST"])
def copy(request: PageRequest, slug: str, key: str) -> HttpResponse:
    meeting = to_edit(request, slug, key)
    read = Meeting.objects.read_by(roles_of(request.user)).beside(meeting).select_related("cohort")
    meetings = read.order_by("-starts_on")
    edited = {row.pk for row in meetings if may(request.user, EDIT_MEETING, row)}
    form = AgendaCopyForm(posted(request), meetings=meetings, edited=edited)
    if form.is_bound and form.is_valid():
        source, parts = form.cleaned_data["source"], form.parts()
        added = preparing.copy_from(meeting=meeting, source=source, by=request.user, **parts)
        messages.success(request, f"Kopierat från {source}." if added else "Allt fanns redan här. Inget är ändrat.")
        return redirect(meeting)
    return form_page(request, "copy", meeting, form)


@require_http_methods(["GET", "POST"])
def attendance(request: PageRequest, slug: str, key: str) -> HttpResponse:
    meeting = get_meeting(request, slug, key)
    require(request.user, RECORD_ATTENDANCE, meeting)
    people = people_at(meeting, timezone.localdate(), roles_of(request.user))
    recorded = any(person.attended is not None for person in people)
    stored = answering.came_of(people)
    form = AttendanceForm(posted(request), people=people, stored=stored)
    if store(request, form, partial(answering.record_attendance, meeting=meeting, people=people)):
        messages.success(request, "Närvaron är sparad.")
        return redirect(f"{meeting.get_absolute_url()}#vilka")
    # Until attendance is recorded, the people who said that they would come are suggested.
    checked = form["present"].value() if form.is_bound or recorded else [str(p.pk) for p in people if p.answer == "yes"]
    more = {"people": people, "checked": set(checked or []), "recorded": recorded}
    return form_page(request, "attendance", meeting, form, **more)
