"""Views of an omgång's meetings and periods: a page with all of them, and a page for each change."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import PageRequest
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_cohort
from cohorts.models import Cohort
from cohorts.roles import roles_of
from kit.pages import Crumb, FormPage, draw, posted, store
from kit.permissions import require
from kit.responses import makes_new
from kit.templatetags.swedish import day_span
from meetings.actions.editing import save_meeting
from meetings.models import Meeting, Period
from meetings.perms import EDIT_MEETINGS
from planning.actions import dates as actions
from planning.forms.dates import CancelForm, EditMeetingForm, MeetingMoveForm, NewMeetingForm, PeriodForm
from planning.setup.date_list import dates_of
from planning.setup.moving import due_sentences, moving
from planning.setup.plan import plan_of, planned
from planning.setup.recipients import Recipients
from planning.setup.resting import rests_on
from planning.setup.warnings import warnings
from planning.views.pages import saved_or_form


@require_GET
def dates(request: PageRequest, slug: str) -> HttpResponse:
    cohort = cohort_to_plan(request, slug)
    context = {
        "cohort": cohort,
        "dates": dates_of(cohort, timezone.localdate()),
        "n_groups": cohort.groups.count(),
        "crumbs": way_to(cohort, here=False),
    }
    return render(request, "planning/setup/dates.html", context)


@makes_new
@require_http_methods(["GET", "POST"])
def add(request: PageRequest, slug: str) -> HttpResponse:
    cohort = cohort_to_plan(request, slug)
    form = NewMeetingForm(posted(request), cohort=cohort)
    page = _page(
        cohort,
        "Lägg till en träff",
        lead="Ingen får mejl förrän inbjudan skickas. Ligger den utanför omgångens dagar ändras de.",
    )
    return saved_or_form(request, form, page, partial(actions.add_meeting, cohort=cohort), "Träffen är tillagd.")


@require_http_methods(["GET", "POST"])
def edit(request: PageRequest, slug: str, key: str) -> HttpResponse:
    meeting = _meeting(request, slug, key)
    form = EditMeetingForm(posted(request), meeting=meeting)
    page = _page(
        meeting.cohort, f"Ändra {meeting.name}", lead=f"{_days(meeting)}. Dagen ändras genom att flytta träffen."
    )
    return saved_or_form(request, form, page, partial(save_meeting, meeting=meeting))


@require_http_methods(["GET", "POST"])
def move(request: PageRequest, slug: str, key: str) -> HttpResponse:
    """Show what the move brings with it; move only if the posted day is the one that was shown."""
    meeting = _meeting(request, slug, key)
    form = MeetingMoveForm(posted(request), meeting=meeting)
    shown = None
    if request.method == "POST" and form.is_valid():
        shown = _shown(meeting, form)
        # A day other than the one that was shown must be shown before the meeting moves.
        was_shown = request.POST.get("move") == shown["which"]
        if was_shown and _moved(request, form, meeting):
            return redirect("planning:dates", slug)
    page = _page(meeting.cohort, f"Flytta {meeting.name}", button="Visa vad som följer med")
    context = {"form": form, "page": page, "meeting": meeting, "now": _days(meeting), "shown": shown}
    return draw(request, "planning/setup/move.html", form, **context)


def _shown(meeting: Meeting, form: MeetingMoveForm) -> dict[str, Any]:
    cohort, today = meeting.cohort, timezone.localdate()
    rows = list(cohort.meetings.select_related("group", "hangs_on"))
    first, last = form.cleaned_data["starts_on"], form.last
    shift = moving(meeting, rows, first=first, last=last, today=today)
    after = {move.meeting.key: move.after for move in shift.moves}
    plan = plan_of(cohort, rows)
    there = [row.on(after[row.ref][0]) if row.ref in after else row for row in plan.meetings]
    if meeting.is_cancelled:
        there.append(planned(meeting).on(first))
    moved = type(plan)(min(plan.starts_on, first), max(plan.ends_on, last), tuple(there))
    before = {warned.sentence for warned in warnings(plan)}
    ahead = [move.meeting for move in shift.moves if move.is_ahead(today)]
    return {
        "moving": shift,
        "which": f"{first}/{last}",
        "to": day_span(first, last),
        "is_same": not meeting.is_cancelled and (first, last) == (meeting.starts_on, meeting.ends_on),
        "followers": [(move.meeting, day_span(*move.before), day_span(*move.after)) for move in shift.followers],
        "counted": due_sentences(meeting, first - meeting.starts_on),
        "warned": [warned.sentence for warned in warnings(moved) if warned.sentence not in before],
        "n_mailed": len(Recipients(cohort, today).with_meetings(ahead)),
        "longer": last > cohort.ends_on or first < cohort.starts_on,
    }


def _moved(request: PageRequest, form: MeetingMoveForm, meeting: Meeting) -> bool:
    moved = store(request, form, partial(actions.move_meeting, meeting=meeting))
    if not moved:
        return False
    if moved is True:
        messages.info(request, f"{meeting.name} ligger redan den dagen.")
        return True
    n = len(moved.moving.followers)
    also = "" if n == 0 else f" {'En träff' if n == 1 else f'{n} träffar'} följde med."
    mailed = "Ingen behövde få mejl." if not moved.n_mailed else f"{people_in_words(moved.n_mailed)} får mejl om det."
    messages.success(request, f"{meeting.name} är flyttad.{also} {mailed}")
    return True


def people_in_words(count: int) -> str:
    return "En person" if count == 1 else f"{count} personer"


@require_http_methods(["GET", "POST"])
def cancel(request: PageRequest, slug: str, key: str) -> HttpResponse:
    meeting = _meeting(request, slug, key)
    mailed = people_in_words(len(Recipients(meeting.cohort, timezone.localdate()).with_meetings([meeting])))
    names = [follower.name for follower in meeting.followers.taking_place()]
    follows = f" {' och '.join(names)} förbereder den och ligger kvar." if names else ""
    page = _page(
        meeting.cohort,
        f"Ställ in {meeting.name}?",
        button="Ställ in träffen",
        lead=f"{_days(meeting)}. {mailed} får mejl.{follows} Ska den hållas en annan dag? Flytta den i stället.",
        fixed="Träffen är redan inställd." if meeting.is_cancelled else "",
        danger=True,
    )
    action = partial(actions.cancel_meeting, meeting=meeting)
    return saved_or_form(
        request, CancelForm(posted(request), use_required_attribute=False), page, action, "Träffen är inställd."
    )


@require_http_methods(["GET", "POST"])
def remove(request: PageRequest, slug: str, key: str) -> HttpResponse:
    cohort = cohort_to_plan(request, slug)
    if request.method == "POST" and not cohort.meetings.filter(key=key).exists():  # a second click
        return redirect("planning:dates", slug)
    meeting = _meeting(request, slug, key)
    there = rests_on(meeting)
    page = _page(
        cohort,
        f"Ta bort {meeting.name}?",
        button="Ta bort träffen",
        lead=f"{_days(meeting)}. Dagordning och förberedelser försvinner också, och ingen får mejl.",
        fixed=f"Träffen har {there}. Ställ in den i stället." if there else "",
        danger=True,
    )
    action = partial(actions.remove_meeting, meeting=meeting)
    return saved_or_form(request, forms.Form(posted(request)), page, action, "Träffen är borttagen.")


@require_http_methods(["GET", "POST"])
def split(request: PageRequest, slug: str, key: str) -> HttpResponse:
    cohort = cohort_to_plan(request, slug)
    if request.method == "POST" and not cohort.meetings.filter(key=key).exists():  # a second click
        return redirect("planning:dates", slug)
    meeting = _meeting(request, slug, key)
    names = ", ".join(group.name for group in cohort.groups.all())
    page = _page(
        cohort,
        f"Gör en träff för varje grupp av {meeting.name}?",
        button="Gör träffarna",
        lead=f"Varje grupp får en egen, med samma dag, dagordning och förberedelser: {names}. Flytta sedan var och en.",
        fixed=_why_not_split(meeting, names),
    )
    action = partial(actions.one_for_each_group, meeting=meeting)
    return saved_or_form(request, forms.Form(posted(request)), page, action, "Varje grupp har nu en egen träff.")


def _why_not_split(meeting: Meeting, groups: str) -> str:
    if meeting.group_id:
        return "Träffen hör redan till en grupp."
    if not groups:
        return "Omgången har inga grupper än. Gör dem först."
    there = rests_on(meeting)
    return f"Träffen har {there} och kan inte delas." if there else ""


@makes_new
@require_http_methods(["GET", "POST"])
def period_add(request: PageRequest, slug: str) -> HttpResponse:
    cohort = cohort_to_plan(request, slug)
    form = PeriodForm(posted(request), cohort=cohort, period=None)
    action = partial(actions.save_period, cohort=cohort, period=None)
    return saved_or_form(request, form, _page(cohort, "Lägg till en period"), action, "Perioden är tillagd.")


@require_http_methods(["GET", "POST"])
def period_edit(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    period = _period(request, slug, pk)
    form = PeriodForm(posted(request), cohort=period.cohort, period=period)
    page = _page(period.cohort, f"Ändra perioden {period.name}")
    return saved_or_form(request, form, page, partial(actions.save_period, cohort=period.cohort, period=period))


@require_http_methods(["GET", "POST"])
def period_remove(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    cohort = cohort_to_plan(request, slug)
    if request.method == "POST" and not cohort.periods.filter(pk=pk).exists():  # a second click
        return redirect("planning:dates", slug)
    period = _period(request, slug, pk)
    page = _page(cohort, f"Ta bort perioden {period.name}?", button="Ta bort perioden", danger=True)
    action = partial(actions.remove_period, period=period)
    return saved_or_form(request, forms.Form(posted(request)), page, action, "Perioden är borttagen.")


def cohort_to_plan(request: PageRequest, slug: str) -> Cohort:
    cohort = get_cohort(request, slug, "contact")
    require(request.user, EDIT_MEETINGS, cohort)
    return cohort


def _meeting(request: PageRequest, slug: str, key: str) -> Meeting:
    cohort = cohort_to_plan(request, slug)
    visible = Meeting.objects.visible_to(roles_of(request.user)).select_related("group", "hangs_on")
    meeting = get_object_or_404(visible, cohort=cohort, key=key)
    meeting.cohort = cohort
    return meeting


def _period(request: PageRequest, slug: str, pk: int) -> Period:
    cohort = cohort_to_plan(request, slug)
    period = get_object_or_404(cohort.periods.select_related("after", "before"), pk=pk)
    period.cohort = cohort
    return period


def _days(meeting: Meeting) -> str:
    days = day_span(meeting.starts_on, meeting.ends_on)
    return f"{days[:1].upper()}{days[1:]}{f', {meeting.group.name}' if meeting.group else ''}"


def way_to(cohort: Cohort, *, here: bool = True) -> list[Crumb]:
    crumbs = [
        cohort_crumb(cohort),
        Crumb(reverse("planning:setup", args=[cohort.slug]), "Upplägg"),
    ]
    dates_page = Crumb(reverse("planning:dates", args=[cohort.slug]), "Träffar och dagar")
    return [*crumbs, dates_page] if here else crumbs


def _page(
    cohort: Cohort, title: str, *, button: str = "Spara", lead: str = "", fixed: str = "", danger: bool = False
) -> FormPage:
    back = reverse("planning:dates", args=[cohort.slug])
    return FormPage(
        title, cohort.name, back, crumbs=way_to(cohort), button=button, lead=lead, fixed=fixed, danger=danger
    )
