"""Views of one group: its name and track, its mentors and its removal."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from accounts.requests import PageRequest
from cohorts.fetch import get_cohort
from cohorts.models import Cohort, Group
from grouping.actions.groups import assign_mentor, remove_group, remove_mentor, save_group
from grouping.forms import GroupForm, MentorForm
from grouping.perms import EDIT_GROUPS
from grouping.views.grouping import way_to
from kit.pages import draw, posted, press, store
from kit.permissions import require
from kit.responses import makes_new, post_only


@makes_new
@require_http_methods(["GET", "POST"])
def grouping_new(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, EDIT_GROUPS, cohort)
    form = GroupForm(posted(request))
    group = store(request, form, partial(save_group, cohort=cohort))
    if group:
        messages.success(request, f"{group} finns nu. Flytta organisationer till den.")
        return redirect("grouping:grouping", slug)
    return draw(request, "grouping/new.html", form, cohort=cohort, form=form, crumbs=way_to(cohort))


@require_http_methods(["GET", "POST"])
def grouping_edit(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    cohort, group = _group_to_edit(request, slug, pk)
    initial = {"name": group.name, "track": group.track}
    form = GroupForm(posted(request), initial=initial)
    saved = store(request, form, partial(save_group, cohort=cohort, group=group))
    if saved:
        messages.success(request, f"{saved} är sparad.")
        return redirect("grouping:grouping", slug)
    return _show(request, cohort, group, form=form)


@post_only
def grouping_remove(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, EDIT_GROUPS, cohort)
    group = cohort.groups.filter(pk=pk).first()
    if group is None:  # a second click
        return redirect("grouping:grouping", slug)
    if press(request, partial(remove_group, group=group), f"{group} är borttagen."):
        return redirect("grouping:grouping", slug)
    return redirect("grouping:grouping_edit", slug, pk)


@post_only
def grouping_mentor(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    cohort, group = _group_to_edit(request, slug, pk)
    form = MentorForm(request.POST, cohort=cohort, group=group)
    if form.is_valid():
        mentor, supporting = form.cleaned_data["mentor"], form.cleaned_data["supporting"]
        chosen = {"participation": mentor, "meetings": form.chosen, "supporting": supporting}
        if store(request, form, assign_mentor, group=group, **chosen):
            messages.success(request, f"{mentor} är mentor för {group}.")
            return redirect("grouping:grouping_edit", slug, pk)
    return _show(request, cohort, group, mentor_form=form)


@post_only
def grouping_mentor_remove(request: PageRequest, slug: str, pk: int, code: str) -> HttpResponse:
    cohort, group = _group_to_edit(request, slug, pk)
    mentor = get_object_or_404(cohort.participations.select_related("organisation"), code=code)
    remove_mentor(group=group, participation=mentor, by=request.user)
    messages.success(request, f"{mentor} är inte längre mentor för {group}.")
    return redirect("grouping:grouping_edit", slug, pk)


def _group_to_edit(request: PageRequest, slug: str, pk: int) -> tuple[Cohort, Group]:
    cohort = get_cohort(request, slug)
    require(request.user, EDIT_GROUPS, cohort)
    return cohort, get_object_or_404(cohort.groups, pk=pk)


def _show(
    request: PageRequest,
    cohort: Cohort,
    group: Group,
    *,
    form: GroupForm | None = None,
    mentor_form: MentorForm | None = None,
) -> HttpResponse:
    form = form or GroupForm(initial={"name": group.name, "track": group.track})
    mentor_form = mentor_form or MentorForm(cohort=cohort, group=group)
    context = {
        "cohort": cohort,
        "group": group,
        "form": form,
        "mentor_form": mentor_form,
        "mentorships": group.mentorships.select_related("participation__organisation").prefetch_related("meetings"),
        "is_empty": not group.participations.exists() and not group.meetings.exists(),
        "is_wrong": bool(form.errors or mentor_form.errors),
        "crumbs": way_to(cohort),
    }
    return draw(request, "grouping/edit.html", form, mentor_form, **context)
