"""Pages for one's own calendar: a file with one meeting, and a private address for all that concern one."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.requests import PageRequest
from cohorts.roles import roles_of
from kit.permissions import require
from kit.responses import post_only
from meetings.actions import calendar as actions
from meetings.calendar import calendar as as_calendar
from meetings.models import CalendarFeed
from meetings.perms import READ_AT_MEETING
from meetings.views.pages import get_meeting
from meetings.whom import meetings_of

NAME = "Modell – mina träffar"


@require_GET
def ics(request: PageRequest, slug: str, key: str) -> HttpResponse:
    meeting = get_meeting(request, slug, key)
    require(request.user, READ_AT_MEETING, meeting)
    return _answer(as_calendar([meeting]), f"{meeting.key}.ics", "attachment")


@login_not_required
@require_GET
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """Answer anyone who has the key, because a calendar cannot sign in; an unknown key gives 404."""
    address = get_object_or_404(CalendarFeed.objects.published(), key=key)
    roles = roles_of(address.user)
    meetings = meetings_of(roles)
    prefetch_related_objects(meetings, "agenda")
    return _answer(as_calendar(meetings, NAME), "modell.ics", "inline")


def _answer(content: bytes, name: str, how: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'{how}; filename="{name}"',
        "Cache-Control": "private, max-age=0, must-revalidate",
        "X-Robots-Tag": "noindex",
        "Referrer-Policy": "no-referrer",
    }
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


@require_GET
def calendar(request: PageRequest) -> HttpResponse:
    roles = roles_of(request.user)
    address = CalendarFeed.objects.visible_to(roles).first()
    url = f"{settings.SITE_URL}{reverse('meetings:feed', args=[address.key])}" if address else ""
    context = {
        "feed": address,
        "url": url,
        "webcal": urlsplit(url)._replace(scheme="webcal").geturl() if url else "",
        "n_meetings": len(meetings_of(roles)),
    }
    return render(request, "meetings/calendar.html", context)


@post_only
def make(request: PageRequest) -> HttpResponse:
    actions.make_feed(user=request.user, organisation=_organisation(request))
    messages.success(request, "Din kalenderadress är klar. Lägg in den i din kalender.")
    return redirect("meetings:calendar")


@post_only
def replace(request: PageRequest) -> HttpResponse:
    seen = request.POST.get("seen", "")
    actions.replace_feed(user=request.user, seen=seen, organisation=_organisation(request))
    messages.success(request, "Du har fått en ny adress. Den gamla gäller inte längre, så lägg in den nya i kalendern.")
    return redirect("meetings:calendar")


@post_only
def remove(request: PageRequest) -> HttpResponse:
    actions.remove_feed(user=request.user, organisation=_organisation(request))
    messages.success(request, "Adressen är borttagen. Din kalender hämtar inga träffar mer.")
    return redirect("meetings:calendar")


def _organisation(request: PageRequest) -> str:
    """Return the code of the organisation whose trail gets the event; empty for SKR."""
    seat = roles_of(request.user).seat_for(None)
    return seat.code if seat else ""
