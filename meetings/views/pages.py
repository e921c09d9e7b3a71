"""Helpers for the pages of a meeting: the meeting if one may see it, its crumbs, and a page with forms."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.requests import PageRequest
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import shown_on
from cohorts.roles import roles_of
from kit.pages import Crumb, draw
from kit.permissions import require
from meetings.models import Meeting
from meetings.perms import EDIT_MEETING

RELATED = ("cohort__contact", "group", "host__organisation")


def get_meeting(request: PageRequest, slug: str, key: str) -> Meeting:
    visible = Meeting.objects.visible_to(roles_of(request.user)).select_related(*RELATED)
    meeting = get_object_or_404(visible, cohort__slug=slug, key=key)
    shown_on(request, meeting.cohort)
    return meeting


def to_edit(request: PageRequest, slug: str, key: str) -> Meeting:
    meeting = get_meeting(request, slug, key)
    require(request.user, EDIT_MEETING, meeting)
    return meeting


def way_to(meeting: Meeting, *, here: bool = False) -> list[Crumb]:
    """Return the crumbs to the meeting's page; with `here`, those of that page itself."""
    cohort = meeting.cohort
    crumbs = [
        cohort_crumb(cohort),
        Crumb(reverse("meetings:meetings", args=[cohort.slug]), "Träffar"),
    ]
    return crumbs if here else [*crumbs, Crumb(meeting.get_absolute_url(), meeting.name)]


def form_page(request: PageRequest, template: str, meeting: Meeting, *forms: forms.Form, **more: Any) -> HttpResponse:
    """Draw a page with forms, with status 422 if one of them was refused."""
    context = {"meeting": meeting, "crumbs": way_to(meeting), **more}
    if forms:
        context["form"] = forms[0]
    return draw(request, f"meetings/{template}.html", *forms, **context)
