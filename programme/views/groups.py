"""One group: its name and track, its mentors, and its end."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.actions.groups import assign_mentor, remove_group, remove_mentor, save_group
from cohorts.fetch import get_cohort
from cohorts.models import Cohort, Group
from modell.http import PageRequest
from modell.permissions import Perm, require
from modell.refusals import ActionRefused
from modell.responses import refuse
from programme.grouping.forms import GroupForm, MentorForm
from programme.views.grouping import way_to


@require_http_methods(["GET", "POST"])
def grouping_new(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, Perm.EDIT_GROUPS, cohort)
    form = GroupForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            group = save_group(cohort=cohort, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, f"{group} finns nu. Flytta organisationer till den.")
            return redirect("programme:grouping", slug)
    context = {"cohort": cohort, "form": form, "crumbs": way_to(cohort)}
    return render(request, "programme/grouping/new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def grouping_edit(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    cohort, group = _found(request, slug, pk)
    initial = {"name": group.name, "track": group.track}
    form = GroupForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_group(cohort=cohort, group=group, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, f"{saved} är sparad.")
            return redirect("programme:grouping", slug)
    return _show(request, cohort, group, form=form)


@require_POST
def grouping_remove(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, Perm.EDIT_GROUPS, cohort)
    group = cohort.groups.filter(pk=pk).first()
    if group is None:  # a second click
        return redirect("programme:grouping", slug)
    try:
        remove_group(group=group, by=request.user)
    except ActionRefused as refusal:
        return refuse(request, refusal, "programme:grouping_edit", slug, pk)
    messages.success(request, f"{group} är borttagen.")
    return redirect("programme:grouping", slug)


@require_POST
def grouping_mentor(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    cohort, group = _found(request, slug, pk)
    form = MentorForm(request.POST, cohort=cohort, group=group)
    if form.is_valid():
        chosen = form.cleaned_data
        try:
            assign_mentor(
                group=group,
                participation=chosen["mentor"],
                theme=chosen["theme"],
                supporting=chosen["supporting"],
                by=request.user,
            )
        except ActionRefused as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, f"{chosen['mentor']} är mentor för {group}.")
            return redirect("programme:grouping_edit", slug, pk)
    return _show(request, cohort, group, mentor_form=form)


@require_POST
def grouping_mentor_remove(request: PageRequest, slug: str, pk: int, code: str) -> HttpResponse:
    cohort, group = _found(request, slug, pk)
    mentor = get_object_or_404(cohort.participations.select_related("organisation"), code=code)
    remove_mentor(group=group, participation=mentor, by=request.user)
    messages.success(request, f"{mentor} är inte längre mentor för {group}.")
    return redirect("programme:grouping_edit", slug, pk)


def _found(request: PageRequest, slug: str, pk: int) -> tuple[Cohort, Group]:
    cohort = get_cohort(request, slug)
    require(request.user, Perm.EDIT_GROUPS, cohort)
    return cohort, get_object_or_404(cohort.groups, pk=pk)


def _show(
    request: PageRequest,
    cohort: Cohort,
    group: Group,
    *,
    form: GroupForm | None = None,
    mentor_form: MentorForm | None = None,
) -> HttpResponse:
    wrong = bool((form and form.errors) or (mentor_form and mentor_form.errors))
    context = {
        "cohort": cohort,
        "group": group,
        "form": form or GroupForm(initial={"name": group.name, "track": group.track}),
        "mentor_form": mentor_form or MentorForm(cohort=cohort, group=group),
        "mentorships": group.mentorships.select_related("participation__organisation"),
        "is_empty": not group.participations.exists() and not group.meetings.exists(),
        "is_wrong": wrong,
        "crumbs": way_to(cohort),
    }
    return render(request, "programme/grouping/edit.html", context, status=422 if wrong else 200)
