from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from accounts.requests import PageRequest
from cohorts.fetch import get_cohort
from cohorts.models import Cohort
from cohorts.roles import roles_of
from evaluation.actions import goals as actions
from evaluation.attainment import GoalRow, goal_rows
from evaluation.enums import JudgedBy
from evaluation.forms.goals import GoalJudgementForm, ProgrammeGoalForm
from evaluation.models import GoalJudgement, ProgrammeGoal
from evaluation.perms import JUDGE_GOALS
from evaluation.views.pages import FORM, page_of, way_to
from kit.pages import Removal, posted, saved_or_form
from kit.permissions import require
from kit.responses import makes_new, post_only
from kit.staleness import content_of
from kit.templatetags.swedish import in_words, sentence


def column_of(user: User) -> JudgedBy:
    return JudgedBy.SKR if roles_of(user).is_process_leader else JudgedBy.EVALUATOR


@require_GET
def attainment(request: PageRequest, slug: str) -> HttpResponse:
    cohort = _cohort(request, slug)
    rows, column = goal_rows(cohort), column_of(request.user)
    context = {
        "cohort": cohort,
        "crumbs": way_to(cohort),
        "rows": [(row, row.judged_by(column) is not None) for row in rows],
        "headline": _headline(rows, column),
    }
    return render(request, "evaluation/attainment.html", context)


@require_http_methods(["GET", "POST"])
def judge_result(request: PageRequest, slug: str, key: str) -> HttpResponse:
    cohort = _cohort(request, slug)
    result = get_object_or_404(cohort.expected_results, key=key)
    return _judge(request, GoalJudgement(cohort=cohort, result=result), result.text)


@require_http_methods(["GET", "POST"])
def judge_goal(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    cohort = _cohort(request, slug)
    goal = get_object_or_404(cohort.programme_goals, pk=pk)
    return _judge(request, GoalJudgement(cohort=cohort, goal=goal), goal.text)


@makes_new
@require_http_methods(["GET", "POST"])
def goal_add(request: PageRequest, slug: str) -> HttpResponse:
    return _goal(request, ProgrammeGoal(cohort=_cohort(request, slug)))


@require_http_methods(["GET", "POST"])
def goal_edit(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    cohort = _cohort(request, slug)
    return _goal(request, get_object_or_404(cohort.programme_goals.select_related("cohort"), pk=pk))


@post_only
def goal_remove(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    cohort = _cohort(request, slug)
    goal = cohort.programme_goals.filter(pk=pk).first()
    if goal is not None:  # a second click finds it gone
        actions.remove_goal(goal=goal, by=request.user)
        messages.success(request, "Målet är borttaget.")
    return redirect("evaluation:attainment", slug)


def _judge(request: PageRequest, judgement: GoalJudgement, text: str) -> HttpResponse:
    cohort, judgement.judged_by = judgement.cohort, column_of(request.user)
    same = {"result": judgement.result, "goal": judgement.goal, "judged_by": judgement.judged_by}
    stored = cohort.goal_judgements.filter(**same).first()
    form = GoalJudgementForm(posted(request), stored=content_of(stored, *actions.JUDGEMENT) if stored else None)
    page = page_of(cohort, "Bedöm målet", back=_all(cohort), lead=text)
    action = partial(actions.judge_goal, judgement=judgement)
    return saved_or_form(request, FORM, form, page, action, "Bedömningen är sparad.")


def _goal(request: PageRequest, goal: ProgrammeGoal) -> HttpResponse:
    cohort, stored = goal.cohort, {"text": goal.text} if goal.pk else None
    form = ProgrammeGoalForm(posted(request), stored=stored)
    why = "Bedömningarna av målet försvinner också."
    url = reverse("evaluation:goal_remove", args=[cohort.slug, goal.pk]) if goal.pk else ""
    removal = Removal("Ta bort målet", url, why) if goal.pk else None
    title = "Ändra målet" if goal.pk else "Lägg till ett mål"
    page = page_of(cohort, title, back=_all(cohort), removal=removal)
    return saved_or_form(request, FORM, form, page, partial(actions.save_goal, goal=goal), "Målet är sparat.")


def _headline(rows: tuple[GoalRow, ...], column: JudgedBy) -> str:
    left = sum(row.judged_by(column) is None for row in rows)
    if not rows:
        return "Omgången har inga mål att bedöma än."
    if left == len(rows):
        return "Ni har inte bedömt något mål än."
    if left:
        return sentence(f"{in_words(left)} av {in_words(len(rows))} mål saknar er bedömning.")
    differing = sum(bool(row.disagreement) for row in rows)
    if differing:
        return f"Ni har bedömt alla mål. Om {in_words(differing)} av dem är bedömningarna olika."
    return "Ni har bedömt alla mål."


def _cohort(request: PageRequest, slug: str) -> Cohort:
    cohort = get_cohort(request, slug)
    require(request.user, JUDGE_GOALS, cohort)
    return cohort


def _all(cohort: Cohort) -> str:
    return reverse("evaluation:attainment", args=[cohort.slug])
