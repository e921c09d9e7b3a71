"""The pages on which an organisation writes, orders, judges and removes its own goals."""

from collections.abc import Iterator
from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from accounts.requests import PageRequest
from cohorts.fetch import get_participation
from cohorts.models import Participation
from improvements import judging
from improvements.judging_form import GoalForm, JudgementForm
from improvements.models import OwnGoal
from improvements.perms import EDIT_WORK
from improvements.views.expected import crumbs_to, page_of_results
from improvements.views.pages import FOLDED, form_answer
from improvements.views.removal import FOR_GOOD
from kit.pages import ConfirmPage, FormPage, SeenContent, confirmed, posted
from kit.permissions import require
from kit.responses import makes_new, post_only
from kit.staleness import content_of, digest

ADD = "Nytt eget mål"


@makes_new
@require_http_methods(["GET", "POST"])
def add(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = _own(request, slug, code)
    page = _page(request, participation, ADD, participation.organisation.name)
    return _save(request, participation, None, page)


@require_http_methods(["GET", "POST"])
def edit(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    participation = _own(request, slug, code)
    goal = get_object_or_404(participation.own_goals, pk=pk)
    page = _page(request, participation, "Ändra målet", goal.goal)
    return _save(request, participation, goal, page)


def _save(request: PageRequest, participation: Participation, goal: OwnGoal | None, page: FormPage) -> HttpResponse:
    form = GoalForm(posted(request), stored=content_of(goal, "goal") if goal else None)
    action = partial(judging.save_goal, participation=participation, row=goal)
    return form_answer(request, form, page, action, "Målet är sparat.")


@require_http_methods(["GET", "POST"])
def judge(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    participation = _own(request, slug, code)
    goal = get_object_or_404(participation.own_goals, pk=pk)
    form = JudgementForm(
        posted(request), stored=judging.judged_content(goal), evidence=judging.evidence_of(participation)
    )
    page = _page(request, participation, "Hur långt har ni kommit?", goal.goal)
    action = partial(judging.judge_goal, goal=goal)
    return form_answer(request, form, page, action, "Bedömningen är sparad.", template=FOLDED)


@post_only
def move(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    participation = _own(request, slug, code)
    goal = participation.own_goals.filter(pk=pk).first()
    seen = request.POST.get("seen", "")
    if goal and seen.isdecimal():
        up = request.POST.get("way") == "upp"
        judging.move_goal(goal=goal, up=up, seen=int(seen[:5]), by=request.user)
    return redirect(page_of_results(participation))


@require_http_methods(["GET", "POST"])
def remove(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    participation = _own(request, slug, code)
    goal = participation.own_goals.filter(pk=pk).first()
    if goal is None:  # a second click
        return redirect(page_of_results(participation))
    page = ConfirmPage(
        "Ta bort målet?",
        participation.organisation.name,
        page_of_results(participation),
        crumbs_to(request, participation),
        lead=f"”{goal.goal}”",
        button="Ta bort målet",
        danger=True,
        happens=(*_goes_with(goal), FOR_GOOD),
    )
    form = SeenContent(posted(request), initial={"seen": digest(judging.goal_content(goal))})
    return confirmed(request, form, page, partial(judging.remove_goal, goal=goal), "Målet är borttaget.")


def _goes_with(goal: OwnGoal) -> Iterator[str]:
    if goal.judgement:
        yield f"Er bedömning, ”{goal.get_judgement_display()}”, och det ni har skrivit om den tas också bort."
    yield "Insatser, nyckeltal och beslut ligger kvar."


def _own(request: PageRequest, slug: str, code: str) -> Participation:
    participation = get_participation(request, slug, code)
    require(request.user, EDIT_WORK, participation)
    return participation


def _page(request: PageRequest, participation: Participation, title: str, eyebrow: str) -> FormPage:
    return FormPage(title, eyebrow, page_of_results(participation), crumbs_to(request, participation))
