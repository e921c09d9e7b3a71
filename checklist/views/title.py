from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from checklist.actions.titles import DECISION, change_title_rule, decide_title
from checklist.enums import TitleRule
from checklist.forms.title import DecisionForm, TitleRuleForm
from checklist.models import AssessmentPlan, TitleDecision
from checklist.title import Standing, standing, standings
from cohorts.fetch import get_cohort, get_participation
from cohorts.models import Participation
from cohorts.roles import roles_of
from modell.http import PageRequest
from modell.permissions import Perm, may, require
from modell.refusals import ActionRefused
from modell.staleness import content_of


@dataclass(frozen=True)
class Row:
    """One organisation on the omgång's list: how it stands and what was decided, never its values."""

    participation: Participation
    standing: Standing
    decision: TitleDecision | None


@require_http_methods(["GET", "POST"])
def title_rule(request: PageRequest, slug: str) -> HttpResponse:
    """Which rule the omgång has, and how its organisations stand, in the omgång's order."""
    cohort = get_cohort(request, slug)
    require(request.user, Perm.EDIT_TITLE_RULE, cohort)
    plan = get_object_or_404(AssessmentPlan, cohort=cohort)
    form = TitleRuleForm(request.POST or None, initial={"rule": plan.title_rule})
    if request.method == "POST" and form.is_valid():
        change_title_rule(plan=plan, by=request.user, **form.cleaned_data)
        messages.success(request, "Regeln är sparad.")
        return redirect("checklist:title_rule", slug)
    context = {
        "cohort": cohort,
        "crumbs": [{"url": cohort.get_absolute_url(), "label": cohort.name}],
        "form": form,
        "rule": TitleRule(plan.title_rule),
        "rows": _rows(request, plan),
    }
    return render(request, "checklist/title/title_rule.html", context, status=422 if form.errors else 200)


def _rows(request: PageRequest, plan: AssessmentPlan) -> list[Row]:
    visible = Participation.objects.visible_to(roles_of(request.user)).filter(cohort=plan.cohort_id).with_organisation()
    among = list(visible.select_related("title_decision").order_by("position"))
    how = standings(among, plan, timezone.localdate())
    return [Row(one, how[one.pk], getattr(one, "title_decision", None)) for one in among]


@require_http_methods(["GET", "POST"])
def title(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """How one organisation stands and why, and the decision, which the process leader records."""
    participation = get_participation(request, slug, code, "title_decision")
    require(request.user, Perm.READ_TITLE, participation)
    plan = get_object_or_404(AssessmentPlan, cohort=participation.cohort_id)
    decision: TitleDecision | None = getattr(participation, "title_decision", None)
    form = DecisionForm(request.POST or None, stored=content_of(decision, *DECISION) if decision else None)
    if request.method == "POST":
        require(request.user, Perm.DECIDE_TITLE, participation)
        if form.is_valid() and _decided(form, participation, plan, request):
            messages.success(request, "Beslutet är antecknat.")
            return redirect("checklist:title", slug, code)
    context = {
        "participation": participation,
        "crumbs": [{"url": participation.cohort.get_absolute_url(), "label": participation.cohort.name}],
        "standing": standing(participation, plan, timezone.localdate()),
        "decision": decision,
        "form": form if may(request.user, Perm.DECIDE_TITLE, participation) else None,
    }
    return render(request, "checklist/title/title.html", context, status=422 if form.errors else 200)


def _decided(form: DecisionForm, participation: Participation, plan: AssessmentPlan, request: PageRequest) -> bool:
    try:
        decide_title(participation=participation, rule=plan.title_rule, by=request.user, **form.cleaned_data)
    except ActionRefused as refusal:
        form.refuse(refusal)
    return form.is_valid()
