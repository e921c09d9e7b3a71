"""What the pages of a meeting share: the meeting within what one may see, the way here, and the answer of a form."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from cohorts.fetch import shown_on
from cohorts.roles import roles_of
from meetings.models import Meeting
from modell.http import PageRequest
from modell.permissions import Perm, require
from modell.refusals import ActionRefused
from modell.staleness import SeenForm

RELATED = ("cohort__contact", "group", "host__organisation")


def get_meeting(request: PageRequest, slug: str, key: str) -> Meeting:
    visible = Meeting.objects.visible_to(roles_of(request.user)).select_related(*RELATED)
    found = get_object_or_404(visible, cohort__slug=slug, key=key)
    shown_on(request, found.cohort)
    return found


def to_edit(request: PageRequest, slug: str, key: str) -> Meeting:
    """A meeting that SKR or its host makes ready."""
    meeting = get_meeting(request, slug, key)
    require(request.user, Perm.EDIT_MEETING, meeting)
    return meeting


def posted(request: PageRequest) -> QueryDict | None:
    """What a form is bound to: an empty post is a post too, and gets its errors."""
    return request.POST if request.method == "POST" else None


def saved(form: forms.Form, action: Callable[..., Any], request: PageRequest) -> bool:
    """Whether it was stored; if nothing was, the form says why and keeps what was typed."""
    if request.method != "POST" or not form.is_valid():
        return False
    data = {name: value for name, value in form.cleaned_data.items() if name != "what"}
    try:
        action(**data, by=request.user)
    except ActionRefused as refusal:
        if isinstance(form, SeenForm):
            form.refuse(refusal)
        else:
            form.add_error(refusal.field, refusal.sentence)
        return False
    return True


def way_to(meeting: Meeting, *, here: bool = False) -> list[dict[str, str]]:
    """To the meeting; with `here` one stands on its page."""
    cohort = meeting.cohort
    crumbs = [
        {"url": reverse("programme:cohort", args=[cohort.slug]), "label": cohort.name},
        {"url": reverse("meetings:meetings", args=[cohort.slug]), "label": "Träffar"},
    ]
    return crumbs if here else [*crumbs, {"url": meeting.get_absolute_url(), "label": meeting.name}]


def form_page(request: PageRequest, template: str, meeting: Meeting, *forms: forms.Form, **more: Any) -> HttpResponse:
    """A page with forms on it: 422 where one of them was refused."""
    context = {"meeting": meeting, "crumbs": way_to(meeting), **more}
    if forms:
        context["form"] = forms[0]
    refused = any(form.is_bound and form.errors for form in forms)
    return render(request, f"meetings/{template}.html", context, status=422 if refused else 200)
