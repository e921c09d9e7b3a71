"""Meetings in one's own calendar: a file for each, and a private address for all that concern one."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from cohorts.fetch import get_cohort
from cohorts.roles import roles_of
from meetings.actions import calendar as actions
from meetings.calendar import calendar as as_calendar
from meetings.models import CalendarFeed, Meeting
from meetings.whom import meetings_of
from modell.http import PageRequest

NAME = "Modell – mina träffar"


@require_safe
def ics(request: PageRequest, slug: str, key: str) -> HttpResponse:
    """One meeting, to open in the calendar one has."""
    cohort = get_cohort(request, slug)
    visible = Meeting.objects.visible_to(roles_of(request.user)).select_related("cohort")
    meeting = get_object_or_404(visible, cohort=cohort, key=key)
    return _answer(as_calendar([meeting]), f"{meeting.key}.ics", "attachment")


@login_not_required
@require_safe
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """Open to whoever holds the key, since a calendar cannot sign in; a key that is not there tells nothing."""
    found = get_object_or_404(CalendarFeed.objects.published(), key=key)
    roles = roles_of(found.user)
    return _answer(as_calendar(meetings_of(roles), NAME), "modell.ics", "inline")


def _answer(content: bytes, name: str, how: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'{how}; filename="{name}"',
        "Cache-Control": "private, max-age=0, must-revalidate",
        "X-Robots-Tag": "noindex",
        "Referrer-Policy": "no-referrer",
    }
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


@require_safe
def calendar(request: PageRequest) -> HttpResponse:
    """One's own address, how to use it, and how to be rid of it."""
    roles = roles_of(request.user)
    found = CalendarFeed.objects.visible_to(roles).first()
    url = f"{settings.SITE_URL}{reverse('meetings:feed', args=[found.key])}" if found else ""
    context = {
        "feed": found,
        "url": url,
        "webcal": urlsplit(url)._replace(scheme="webcal").geturl() if url else "",
        "n_meetings": len(meetings_of(roles)),
    }
    return render(request, "meetings/calendar.html", context)


@require_POST
def make(request: PageRequest) -> HttpResponse:
    actions.make_feed(user=request.user, organisation=_organisation(request))
    messages.success(request, "Din kalenderadress är klar. Lägg in den i din kalender.")
    return redirect("meetings:calendar")


@require_POST
def replace(request: PageRequest) -> HttpResponse:
    seen = request.POST.get("seen", "")
    actions.replace_feed(user=request.user, seen=seen, organisation=_organisation(request))
    messages.success(request, "Du har fått en ny adress. Den gamla gäller inte längre, så lägg in den nya i kalendern.")
    return redirect("meetings:calendar")


@require_POST
def remove(request: PageRequest) -> HttpResponse:
    actions.remove_feed(user=request.user, organisation=_organisation(request))
    messages.success(request, "Adressen är borttagen. Din kalender hämtar inga träffar mer.")
    return redirect("meetings:calendar")


def _organisation(request: PageRequest) -> str:
    """In whose trail it stands: that of the organisation one acts for, else SKR's."""
    seat = roles_of(request.user).seat_for(None)
    return seat.code if seat else ""
