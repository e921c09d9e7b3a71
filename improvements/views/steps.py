from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.requests import PageRequest
from assessments.perms import READ_VALUES
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_participation
from cohorts.roles import roles_of
from cohorts.rules import is_own
from improvements.actions import tick_goal
from improvements.perms import EDIT_WORK
from improvements.steps import ProgrammeStep, steps_of
from kit.pages import press
from kit.permissions import may, require
from kit.responses import posted_from


@require_GET
def steps(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, READ_VALUES, participation)
    rows = steps_of(participation, roles_of(request.user), timezone.localdate())
    context = {
        "participation": participation,
        "crumbs": [cohort_crumb(participation.cohort)],
        "past": [row for row in rows if row.is_past],
        "steps": [row for row in rows if not row.is_past],
        "headline": _headline(rows),
        "own": is_own.test(request.user, participation),
        "may_edit": may(request.user, EDIT_WORK, participation),
    }
    return render(request, "improvements/steps.html", context)


def _headline(rows: list[ProgrammeStep]) -> str:
    now = next((row for row in rows if row.is_now), None)
    if now:
        return f"Nu: {now.name}"
    ahead = next((row for row in rows if not row.is_past), None)
    if ahead:
        return f"Nästa steg: {ahead.name}"
    return "Alla steg är genomförda." if rows else "Stegen är inte planerade än."


def _steps(_request: PageRequest, slug: str, code: str, pk: int) -> str:
    return f"{reverse('improvements:steps', args=[slug, code])}#period-{pk}"


@posted_from(_steps)
def goal(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, EDIT_WORK, participation)
    period = get_object_or_404(participation.cohort.periods, pk=pk)
    text, reached = request.POST.get("goal", ""), request.POST.get("reached") == "ja"
    action = partial(tick_goal, participation=participation, period=period, goal=text, reached=reached)
    press(request, action, f"”{text}” är {'nått' if reached else 'inte nått'}.")
    return redirect(_steps(request, slug, code, pk))
