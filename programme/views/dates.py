"""An omgång's meetings and periods: in order on one page, and a page for each thing to change."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cohorts.fetch import get_cohort
from cohorts.models import Cohort
from cohorts.roles import roles_of
from meetings.models import Meeting, Period
from modell.http import PageRequest
from modell.permissions import Perm, require
from modell.templatetags.swedish import day_span
from programme.actions import dates as actions
from programme.forms.dates import CancelForm, EditMeetingForm, MoveForm, NewMeetingForm, PeriodForm
from programme.setup.concerned import Concerned
from programme.setup.listing import dates_of
from programme.setup.moving import due_sentences, moving
from programme.setup.plan import plan_of, planned
from programme.setup.resting import rests_on
from programme.setup.warnings import warnings
from programme.views.pages import Crumb, FormPage, posted, saved_or_form, stored


def dates(request: PageRequest, slug: str) -> HttpResponse:
    cohort = _cohort(request, slug)
    context = {
        "cohort": cohort,
        "dates": dates_of(cohort, timezone.localdate()),
        "n_groups": cohort.groups.count(),
        "crumbs": _way_to(cohort, here=False),
    }
    return render(request, "programme/setup/dates.html", context)


@require_http_methods(["GET", "POST"])
def add(request: PageRequest, slug: str) -> HttpResponse:
    cohort = _cohort(request, slug)
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
    return saved_or_form(request, form, page, partial(actions.edit_meeting, meeting=meeting))


@require_http_methods(["GET", "POST"])
def move(request: PageRequest, slug: str, key: str) -> HttpResponse:
    """First what follows with it, then the move: the button that moves stands on the page that has shown it."""
    meeting = _meeting(request, slug, key)
    form = MoveForm(posted(request), meeting=meeting)
    shown = None
    if request.method == "POST" and form.is_valid():
        shown = _shown(meeting, form)
        # Another day than the one that was shown is shown first.
        was_shown = request.POST.get("move") == shown["which"]
        if was_shown and _moved(request, form, meeting):
            return redirect("programme:dates", slug)
    page = _page(meeting.cohort, f"Flytta {meeting.name}", button="Visa vad som följer med")
    context = {"form": form, "page": page, "meeting": meeting, "now": _days(meeting), "shown": shown}
    return render(request, "programme/setup/move.html", context, status=422 if form.errors else 200)


def _shown(meeting: Meeting, form: MoveForm) -> dict[str, Any]:
    """What the move brings, whom it is told to, and what to think of on the new days."""
    cohort, today = meeting.cohort, timezone.localdate()
    rows = list(cohort.meetings.select_related("group", "hangs_on"))
    first, last = form.cleaned_data["starts_on"], form.last
    found = moving(meeting, rows, first=first, last=last, today=today)
    after = {move.meeting.key: move.after for move in found.moves}
    plan = plan_of(cohort, rows)
    there = [one.on(after[one.ref][0]) if one.ref in after else one for one in plan.meetings]
    if meeting.is_cancelled:
        there.append(planned(meeting).on(first))
    moved = type(plan)(min(plan.starts_on, first), max(plan.ends_on, last), tuple(there))
    before = {warned.sentence for warned in warnings(plan)}
    ahead = [move.meeting for move in found.moves if max(move.before[1], move.after[1]) >= today]
    return {
        "found": found,
        "which": f"{first}/{last}",
        "to": day_span(first, last),
        "is_same": not meeting.is_cancelled and (first, last) == (meeting.starts_on, meeting.ends_on),
        "followers": [(move.meeting, day_span(*move.before), day_span(*move.after)) for move in found.followers],
        "counted": due_sentences(meeting, first - meeting.starts_on),
        "warned": [warned.sentence for warned in warnings(moved) if warned.sentence not in before],
        "n_told": len(Concerned(cohort, today).by(ahead)),
        "longer": last > cohort.ends_on or first < cohort.starts_on,
    }


def _moved(request: PageRequest, form: MoveForm, meeting: Meeting) -> bool:
    moved = stored(request, form, partial(actions.move_meeting, meeting=meeting))
    if not moved:
        return False
    if moved is True:
        messages.info(request, f"{meeting.name} ligger redan den dagen.")
        return True
    n = len(moved.moving.followers)
    also = "" if n == 0 else f" {'En träff' if n == 1 else f'{n} träffar'} följde med."
    told = "Ingen behövde få mejl." if not moved.told else f"{_people(moved.told)} får mejl om det."
    messages.success(request, f"{meeting.name} är flyttad.{also} {told}")
    return True


def _people(count: int) -> str:
    return "En person" if count == 1 else f"{count} personer"


@require_http_methods(["GET", "POST"])
def cancel(request: PageRequest, slug: str, key: str) -> HttpResponse:
    meeting = _meeting(request, slug, key)
    told = len(Concerned(meeting.cohort, timezone.localdate()).by([meeting]))
    names = [follower.name for follower in meeting.followers.filter(cancelled_on=None)]
    follows = f" {' och '.join(names)} förbereder den och ligger kvar." if names else ""
    page = _page(
        meeting.cohort,
        f"Ställ in {meeting.name}?",
        button="Ställ in träffen",
        lead=f"{_days(meeting)}. {_people(told)} får mejl.{follows} Ska den hållas en annan dag? Flytta den i stället.",
        fixed="Träffen är redan inställd." if meeting.is_cancelled else "",
        danger=True,
    )
    action = partial(actions.cancel_meeting, meeting=meeting)
    return saved_or_form(
        request, CancelForm(posted(request), use_required_attribute=False), page, action, "Träffen är inställd."
    )


@require_http_methods(["GET", "POST"])
def remove(request: PageRequest, slug: str, key: str) -> HttpResponse:
    cohort = _cohort(request, slug)
    if request.method == "POST" and not cohort.meetings.filter(key=key).exists():  # a second click
        return redirect("programme:dates", slug)
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
    cohort = _cohort(request, slug)
    if request.method == "POST" and not cohort.meetings.filter(key=key).exists():  # a second click
        return redirect("programme:dates", slug)
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


@require_http_methods(["GET", "POST"])
def period_add(request: PageRequest, slug: str) -> HttpResponse:
    cohort = _cohort(request, slug)
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
    cohort = _cohort(request, slug)
    if request.method == "POST" and not cohort.periods.filter(pk=pk).exists():  # a second click
        return redirect("programme:dates", slug)
    period = _period(request, slug, pk)
    page = _page(cohort, f"Ta bort perioden {period.name}?", button="Ta bort perioden", danger=True)
    action = partial(actions.remove_period, period=period)
    return saved_or_form(request, forms.Form(posted(request)), page, action, "Perioden är borttagen.")


def _cohort(request: PageRequest, slug: str) -> Cohort:
    cohort = get_cohort(request, slug, "contact")
    require(request.user, Perm.EDIT_MEETINGS, cohort)
    return cohort


def _meeting(request: PageRequest, slug: str, key: str) -> Meeting:
    cohort = _cohort(request, slug)
    visible = Meeting.objects.visible_to(roles_of(request.user)).select_related("group", "hangs_on")
    meeting = get_object_or_404(visible, cohort=cohort, key=key)
    meeting.cohort = cohort
    return meeting


def _period(request: PageRequest, slug: str, pk: int) -> Period:
    cohort = _cohort(request, slug)
    period = get_object_or_404(cohort.periods.select_related("after", "before"), pk=pk)
    period.cohort = cohort
    return period


def _days(meeting: Meeting) -> str:
    days = day_span(meeting.starts_on, meeting.ends_on)
    return f"{days[:1].upper()}{days[1:]}{f', {meeting.group.name}' if meeting.group else ''}"


def _way_to(cohort: Cohort, *, here: bool = True) -> list[Crumb]:
    crumbs = [
        {"url": cohort.get_absolute_url(), "label": cohort.name},
        {"url": reverse("programme:setup", args=[cohort.slug]), "label": "Upplägg"},
    ]
    dates_page = {"url": reverse("programme:dates", args=[cohort.slug]), "label": "Träffar och dagar"}
    return [*crumbs, dates_page] if here else crumbs


def _page(
    cohort: Cohort, title: str, *, button: str = "Spara", lead: str = "", fixed: str = "", danger: bool = False
) -> FormPage:
    back = reverse("programme:dates", args=[cohort.slug])
    return FormPage(
        title, cohort.name, back, crumbs=_way_to(cohort), button=button, lead=lead, fixed=fixed, danger=danger
    )
