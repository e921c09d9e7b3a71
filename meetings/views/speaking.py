"""Pages for Plus – Minus – Intressant and for ideas to take home."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.requests import PageRequest
from cohorts.fetch import shown_on
from cohorts.roles import roles_of
from kit.pages import posted, store
from kit.permissions import may, require
from kit.responses import makes_new, post_only, posted_from
from kit.staleness import content_of
from meetings.actions import speaking
from meetings.enums import ImpressionKind
from meetings.forms.speaking import IdeaForm, ImpressionForm
from meetings.models import Impression, Takeaway
from meetings.own_seats import own_organisations
from meetings.perms import CHANGE_IMPRESSION, READ_AT_MEETING, REMOVE_IDEA, SPEAK_AT_MEETING
from meetings.views.pages import form_page, get_meeting
from meetings.whom import organisations_at


@makes_new
@require_http_methods(["GET", "POST"])
def impressions(request: PageRequest, slug: str, key: str) -> HttpResponse:
    meeting = get_meeting(request, slug, key)
    require(request.user, READ_AT_MEETING if request.method == "GET" else SPEAK_AT_MEETING, meeting)
    form = ImpressionForm(posted(request), own=own_organisations(roles_of(request.user), meeting), stored=None)
    if store(request, form, partial(speaking.save_impression, impression=Impression(meeting=meeting))):
        messages.success(request, "Tack, det är sparat.")
        return redirect("meetings:impressions", slug, key)
    visible = Impression.objects.visible_to(roles_of(request.user)).filter(meeting=meeting)
    rows = list(visible.select_related("participation__organisation"))
    more = {
        "wall": [(kind, [row for row in rows if row.kind == kind]) for kind in ImpressionKind],
        "may_speak": may(request.user, SPEAK_AT_MEETING, meeting),
        "has_begun": meeting.has_begun(timezone.localdate()),
    }
    return form_page(request, "impressions", meeting, form, **more)


def _get_impression(request: PageRequest, pk: int) -> Impression:
    visible = Impression.objects.visible_to(roles_of(request.user))
    impression = get_object_or_404(visible.select_related("meeting__cohort"), pk=pk)
    shown_on(request, impression.meeting.cohort)
    return impression


@require_http_methods(["GET", "POST"])
def impression(request: PageRequest, pk: int) -> HttpResponse:
    row = _get_impression(request, pk)
    require(request.user, CHANGE_IMPRESSION, row)
    own = own_organisations(roles_of(request.user), row.meeting)
    form = ImpressionForm(posted(request), own=own, stored=content_of(row, *speaking.IMPRESSION))
    if store(request, form, partial(speaking.save_impression, impression=row)):
        messages.success(request, "Ändringen är sparad.")
        return redirect("meetings:impressions", row.meeting.cohort.slug, row.meeting.key)
    return form_page(request, "impression", row.meeting, form, impression=row)


@post_only
def impression_remove(request: PageRequest, pk: int) -> HttpResponse:
    row = _get_impression(request, pk)
    require(request.user, CHANGE_IMPRESSION, row)
    speaking.remove_impression(impression=row, by=request.user)
    messages.success(request, "Det du skrev är borttaget.")
    return redirect("meetings:impressions", row.meeting.cohort.slug, row.meeting.key)


@makes_new
@require_http_methods(["GET", "POST"])
def ideas(request: PageRequest, slug: str, key: str) -> HttpResponse:
    meeting = get_meeting(request, slug, key)
    require(request.user, READ_AT_MEETING if request.method == "GET" else SPEAK_AT_MEETING, meeting)
    own = own_organisations(roles_of(request.user), meeting)
    form = IdeaForm(posted(request), sources=organisations_at(meeting), own=own)
    if store(request, form, partial(speaking.note_idea, meeting=meeting)):
        messages.success(request, "Idén är antecknad. Organisationen som den kommer från ser det på sin sida.")
        return redirect("meetings:ideas", slug, key)
    visible = Takeaway.objects.visible_to(roles_of(request.user)).filter(meeting=meeting)
    related = ("participation__organisation", "source__organisation")
    more = {
        "ideas": [(row, may(request.user, REMOVE_IDEA, row)) for row in visible.select_related(*related)],
        "own_codes": [row.pk for row in own],
        "may_speak": may(request.user, SPEAK_AT_MEETING, meeting),
        "has_begun": meeting.has_begun(timezone.localdate()),
    }
    return form_page(request, "ideas", meeting, form, **more)


def _get_idea(request: PageRequest, pk: int) -> Takeaway:
    visible = Takeaway.objects.visible_to(roles_of(request.user))
    related = ("meeting__cohort", "participation__organisation", "source__organisation")
    return get_object_or_404(visible.select_related(*related), pk=pk)


def _page_of_idea(request: PageRequest, pk: int) -> str:
    meeting = _get_idea(request, pk).meeting
    return reverse("meetings:ideas", args=[meeting.cohort.slug, meeting.key])


@posted_from(_page_of_idea)
def idea_remove(request: PageRequest, pk: int) -> HttpResponse:
    idea = _get_idea(request, pk)
    require(request.user, REMOVE_IDEA, idea)
    speaking.remove_idea(idea=idea, by=request.user)
    messages.success(request, "Idén är borttagen.")
    return redirect("meetings:ideas", idea.meeting.cohort.slug, idea.meeting.key)
