from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.requests import PageRequest
from assessments.actions.titles import DECISION, change_title_rule, decide_title
from assessments.enums import TitleRule
from assessments.forms.title import TitleDecisionForm, TitleRuleForm
from assessments.models import AssessmentPlan, TitleDecision
from assessments.perms import DECIDE_TITLE, EDIT_TITLE_RULE, READ_TITLE
from assessments.title import TitleStanding, standing, standings
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_cohort, get_participation
from cohorts.models import Participation
from cohorts.roles import roles_of
from kit.pages import draw, posted, store
from kit.permissions import may, require
from kit.staleness import content_of


@dataclass(frozen=True)
class TitleRow:
    """One organisation on the omgång's list: its standing and the decision, never its values."""

    participation: Participation
    standing: TitleStanding
    decision: TitleDecision | None


@require_http_methods(["GET", "POST"])
def title_rule(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, EDIT_TITLE_RULE, cohort)
    plan = get_object_or_404(AssessmentPlan, cohort=cohort)
    form = TitleRuleForm(posted(request), initial={"rule": plan.title_rule})
    if store(request, form, partial(change_title_rule, plan=plan)):
        messages.success(request, "Regeln är sparad.")
        return redirect("assessments:title_rule", slug)
    context = {
        "cohort": cohort,
        "crumbs": [cohort_crumb(cohort)],
        "form": form,
        "rule": TitleRule(plan.title_rule),
        "rows": _rows(request, plan),
    }
    return draw(request, "assessments/title/title_rule.html", form, **context)


def _rows(request: PageRequest, plan: AssessmentPlan) -> list[TitleRow]:
    visible = Participation.objects.visible_to(roles_of(request.user)).filter(cohort=plan.cohort_id).with_organisation()
    among = list(visible.select_related("title_decision").order_by("position"))
    how = standings(among, plan, timezone.localdate())
    return [
        TitleRow(participation, how[participation.pk], getattr(participation, "title_decision", None))
        for participation in among
    ]


@require_http_methods(["GET", "POST"])
def title(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code, "title_decision")
    require(request.user, READ_TITLE, participation)
    plan = get_object_or_404(AssessmentPlan, cohort=participation.cohort_id)
    decision: TitleDecision | None = getattr(participation, "title_decision", None)
    form = TitleDecisionForm(posted(request), stored=content_of(decision, *DECISION) if decision else None)
    if request.method == "POST":
        require(request.user, DECIDE_TITLE, participation)
    if store(request, form, partial(decide_title, participation=participation, rule=plan.title_rule)):
        messages.success(request, "Beslutet är antecknat.")
        return redirect("assessments:title", slug, code)
    context = {
        "participation": participation,
        "crumbs": [cohort_crumb(participation.cohort)],
        "standing": standing(participation, plan, timezone.localdate()),
        "decision": decision,
        "form": form if may(request.user, DECIDE_TITLE, participation) else None,
    }
    return draw(request, "assessments/title/title.html", form, **context)
