"""The result chain of an organisation and of an omgång: where efforts stand, and how they moved between two days."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import PageRequest
from assessments.figures.sights import rule_in_words
from assessments.perms import READ_VALUES, SEE_FIGURES
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_cohort, get_participation
from cohorts.kinds import SEVERAL
from cohorts.models import Cohort, Participation
from cohorts.roles import roles_of
from cohorts.rules import is_own
from improvements import actions
from improvements.cohort_movement import days_of, has_outcome, mentor_outcomes, movement_in
from improvements.enums import PlacingTime
from improvements.forms import PlacementForm
from improvements.models import Effort, Placement
from improvements.movement import STILL_MONTHS, ChainMovement, movement_of
from improvements.perms import EDIT_WORK
from improvements.placements import placements_of
from improvements.statistics import chain_of
from improvements.views.pages import form_answer, way_to
from kit.csv_files import MEDIA_TYPE, rows_as_csv
from kit.days import BACKWARDS, is_backwards
from kit.fields import DayField
from kit.pages import Crumb, FormPage, posted
from kit.permissions import may, require
from kit.responses import download
from kit.staleness import content_of
from kit.templatetags.swedish import counted, in_words, sentence, some


class BetweenForm(forms.Form):
    """The two days between which a movement is told."""

    fran = DayField("Från", missing="Ange dagen som ni jämför med.")
    till = DayField("Till", missing="Ange den senare dagen.")

    def clean(self) -> None:
        if is_backwards(self.cleaned_data.get("fran"), self.cleaned_data.get("till")):
            self.add_error("till", BACKWARDS)


@dataclass(frozen=True)
class Preset:
    """A link that chooses from when the movement is told."""

    label: str
    query: str


@require_GET
def chain(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, READ_VALUES, participation)
    today, own = timezone.localdate(), is_own.test(request.user, participation)
    efforts, form = _efforts(request, participation), _between(request, participation.cohort, today)
    moved = movement_of(efforts, *_days(form, participation.cohort, today), today)
    context = {
        "participation": participation,
        "crumbs": way_to(request, participation),
        "own": own,
        "movement": moved,
        "standing": movement_of(efforts, today, today, today).at_the_end,
        "chain": chain_of(efforts),
        "form": form,
        "presets": _presets(participation.cohort, today),
        "still": moved.still_since(),
        "still_months": in_words(STILL_MONTHS),
        "mentor_words": _as_mentor(participation, efforts, today),
        "placements": placements_of(participation),
        "may_edit": may(request.user, EDIT_WORK, participation),
        "may_see_cohort": may(request.user, SEE_FIGURES, participation.cohort),
        "query": request.GET.urlencode(),
    }
    return render(request, "improvements/chain_page.html", context, status=422 if form.errors else 200)


@require_GET
def chain_csv(request: PageRequest, slug: str, code: str) -> HttpResponse:
    moved = _movement(request, slug, code)
    return download(rows_as_csv(moved.rows()), f"resultatkedjan-{slug}-{code}.csv", MEDIA_TYPE)


@require_GET
def chain_json(request: PageRequest, slug: str, code: str) -> HttpResponse:
    return JsonResponse(_movement(request, slug, code).document(), json_dumps_params={"ensure_ascii": False})


@require_GET
def cohort_chain(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, SEE_FIGURES, cohort)
    today, roles = timezone.localdate(), roles_of(request.user)
    days = days_of(cohort, today)
    start, end = _chosen(request, "fran", days, days[0]), _chosen(request, "till", days, days[-1])
    if start > end:
        start, end = end, start
    context = {
        "cohort": cohort,
        "crumbs": [cohort_crumb(cohort)],
        "days": days,
        "start": start,
        "end": end,
        "kinds": [(sentence(SEVERAL[row.kind]), row) for row in movement_in(cohort, roles, start, end, today)],
        "mentors": [_mentors_in_words(row.kind, row.n, row.n_reached) for row in mentor_outcomes(cohort, roles, today)],
        "rule": rule_in_words(),
    }
    return render(request, "improvements/cohort_chain.html", context)


@require_http_methods(["GET", "POST"])
def placement(request: PageRequest, slug: str, code: str, occasion: str) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, EDIT_WORK, participation)
    if occasion not in PlacingTime.values:
        raise Http404
    row = participation.placements.filter(occasion=occasion).first()
    form = PlacementForm(posted(request), stored=content_of(row, *actions.PLACEMENT) if row else None)
    here = reverse("improvements:chain", args=[slug, code])
    page = FormPage(
        f"Var på kedjan är ni? {PlacingTime(occasion).label}",
        participation.organisation.name,
        here,
        [*way_to(request, participation), Crumb(here, "Resultatkedjan")],
    )
    target = row or Placement(participation=participation, occasion=occasion)
    action = partial(actions.save_placement, placement=target)
    return form_answer(request, form, page, action, "Er placering är sparad.")


def _movement(request: PageRequest, slug: str, code: str) -> ChainMovement:
    participation = get_participation(request, slug, code)
    require(request.user, READ_VALUES, participation)
    today = timezone.localdate()
    form = _between(request, participation.cohort, today)
    return movement_of(_efforts(request, participation), *_days(form, participation.cohort, today), today)


def _efforts(request: PageRequest, participation: Participation) -> list[Effort]:
    visible = participation.efforts.visible_to(roles_of(request.user))
    return list(visible.prefetch_related("steps", "past_steps"))


def _between(request: PageRequest, cohort: Cohort, today: date) -> BetweenForm:
    asked = "fran" in request.GET or "till" in request.GET
    usual = {"fran": min(cohort.starts_on, today), "till": today}
    return BetweenForm(request.GET if asked else None, initial=usual, use_required_attribute=False)


def _days(form: BetweenForm, cohort: Cohort, today: date) -> tuple[date, date]:
    if form.is_bound and form.is_valid():
        return form.cleaned_data["fran"], form.cleaned_data["till"]
    return min(cohort.starts_on, today), today


def _presets(cohort: Cohort, today: date) -> list[Preset]:
    """Return a link for each assessed meeting that has begun: from its day until today."""
    meetings = cohort.meetings.assessed().taking_place().filter(starts_on__lt=today).order_by("starts_on")
    starts = [(f"Sedan {meeting}", meeting.starts_on) for meeting in meetings]
    return [Preset(label, urlencode({"fran": start, "till": today})) for label, start in starts]


def _chosen(request: PageRequest, name: str, days: list[date], usual: date) -> date:
    return next((day for day in days if day.isoformat() == request.GET.get(name)), usual)


def _as_mentor(participation: Participation, efforts: list[Effort], today: date) -> str:
    """Return how far a mentor's efforts have come, which is counted apart from the participants'."""
    if participation.is_participant:
        return ""
    n = sum(has_outcome([effort], today, today) for effort in efforts)
    if not n:
        return "Mentorers utfall räknas för sig. Ingen insats har nått ett utfall än."
    reached = counted(n, "En insats", "insatser")
    return f"Mentorers utfall räknas för sig. {sentence(reached)} har nått ett utfall eller längre."


def _mentors_in_words(kind: str, n: int, reached: int | None) -> str:
    among = f"{in_words(n)} {SEVERAL[kind]}" if n > 1 else f"en mentor bland {SEVERAL[kind]}"
    if reached is None:
        return f"Mentorer, {among}: visas inte för dig."
    if not reached:
        return f"Mentorer, {among}: ingen har delat en insats som har nått ett utfall än."
    return f"Mentorer, {among}: {some(reached)} har delat en insats som har nått ett utfall."
