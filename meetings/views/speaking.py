"""Plus – Minus – Intressant, and the ideas that are taken home."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.fetch import shown_on
from cohorts.roles import roles_of
from meetings.actions import speaking
from meetings.enums import ImpressionKind
from meetings.forms.speaking import IdeaForm, ImpressionForm
from meetings.models import Impression, Takeaway
from meetings.standing import own_organisations
from meetings.views.pages import form_page, get_meeting, posted, saved
from meetings.whom import organisations_at
from modell.http import PageRequest
from modell.permissions import Perm, may, require
from modell.staleness import content_of


@require_http_methods(["GET", "POST"])
def impressions(request: PageRequest, slug: str, key: str) -> HttpResponse:
    """Side by side, each with its organisation and never with a name."""
    meeting = get_meeting(request, slug, key)
    require(request.user, Perm.READ_AT_MEETING if request.method == "GET" else Perm.SPEAK_AT_MEETING, meeting)
    form = ImpressionForm(posted(request), own=own_organisations(roles_of(request.user), meeting), stored=None)
    if saved(form, partial(speaking.save_impression, impression=Impression(meeting=meeting)), request):
        messages.success(request, "Tack, det är sparat.")
        return redirect("meetings:impressions", slug, key)
    visible = Impression.objects.visible_to(roles_of(request.user)).filter(meeting=meeting)
    rows = list(visible.select_related("participation__organisation"))
    more = {
        "wall": [(kind, [row for row in rows if row.kind == kind]) for kind in ImpressionKind],
        "may_speak": may(request.user, Perm.SPEAK_AT_MEETING, meeting),
        "has_begun": meeting.has_begun(timezone.localdate()),
    }
    return form_page(request, "impressions", meeting, form, **more)


def _get_impression(request: PageRequest, pk: int) -> Impression:
    visible = Impression.objects.visible_to(roles_of(request.user))
    found = get_object_or_404(visible.select_related("meeting__cohort"), pk=pk)
    shown_on(request, found.meeting.cohort)
    return found


@require_http_methods(["GET", "POST"])
def impression(request: PageRequest, pk: int) -> HttpResponse:
    """Change what one has written oneself."""
    row = _get_impression(request, pk)
    require(request.user, Perm.CHANGE_IMPRESSION, row)
    own = own_organisations(roles_of(request.user), row.meeting)
    form = ImpressionForm(posted(request), own=own, stored=content_of(row, *speaking.IMPRESSION))
    if saved(form, partial(speaking.save_impression, impression=row), request):
        messages.success(request, "Ändringen är sparad.")
        return redirect("meetings:impressions", row.meeting.cohort.slug, row.meeting.key)
    return form_page(request, "impression", row.meeting, form, impression=row)


@require_POST
def impression_remove(request: PageRequest, pk: int) -> HttpResponse:
    row = _get_impression(request, pk)
    require(request.user, Perm.CHANGE_IMPRESSION, row)
    speaking.remove_impression(impression=row, by=request.user)
    messages.success(request, "Det du skrev är borttaget.")
    return redirect("meetings:impressions", row.meeting.cohort.slug, row.meeting.key)


@require_http_methods(["GET", "POST"])
def ideas(request: PageRequest, slug: str, key: str) -> HttpResponse:
    """Det tog vi med oss: whose idea it is, and who takes it home."""
    meeting = get_meeting(request, slug, key)
    require(request.user, Perm.READ_AT_MEETING if request.method == "GET" else Perm.SPEAK_AT_MEETING, meeting)
    own = own_organisations(roles_of(request.user), meeting)
    form = IdeaForm(posted(request), sources=organisations_at(meeting), own=own)
    if saved(form, partial(speaking.note_idea, meeting=meeting), request):
        messages.success(request, "Idén är antecknad. Organisationen som den kommer från ser det på sin sida.")
        return redirect("meetings:ideas", slug, key)
    visible = Takeaway.objects.visible_to(roles_of(request.user)).filter(meeting=meeting)
    related = ("participation__organisation", "source__organisation")
    more = {
        "ideas": [(row, may(request.user, Perm.REMOVE_IDEA, row)) for row in visible.select_related(*related)],
        "own_codes": [one.pk for one in own],
        "may_speak": may(request.user, Perm.SPEAK_AT_MEETING, meeting),
        "has_begun": meeting.has_begun(timezone.localdate()),
    }
    return form_page(request, "ideas", meeting, form, **more)


@require_POST
def idea_remove(request: PageRequest, pk: int) -> HttpResponse:
    visible = Takeaway.objects.visible_to(roles_of(request.user))
    related = ("meeting__cohort", "participation__organisation", "source__organisation")
    idea = get_object_or_404(visible.select_related(*related), pk=pk)
    require(request.user, Perm.REMOVE_IDEA, idea)
    speaking.remove_idea(idea=idea, by=request.user)
    messages.success(request, "Idén är borttagen.")
    return redirect("meetings:ideas", idea.meeting.cohort.slug, idea.meeting.key)
