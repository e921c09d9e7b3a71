from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.actions.decisions import DECISION, correct_decision, record_decision, remove_decision
from cohorts.elections import wants_reaffirming
from cohorts.enums import DecisionKind
from cohorts.fetch import get_participation
from cohorts.forms.decisions import DecisionForm
from cohorts.models import Participation, PoliticalDecision
from modell.http import PageRequest
from modell.permissions import Perm, may, require
from modell.refusals import ActionRefused
from modell.staleness import content_of


def decisions(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """What the organisation's own political bodies have decided: to enter, and after an election to go on."""
    participation = get_participation(request, slug, code, "cohort__contact")
    require(request.user, Perm.READ_DECISIONS, participation)
    rows = list(participation.decisions.all())
    may_record = may(request.user, Perm.RECORD_DECISION, participation)
    context = {
        "participation": participation,
        "crumbs": _way_to(participation),
        "decisions": rows,
        "has_entry": any(row.kind == DecisionKind.ENTRY for row in rows),
        "reaffirm_after": wants_reaffirming(participation, rows, timezone.localdate()) if may_record else None,
        "may_record": may_record,
    }
    return render(request, "cohorts/decisions/decisions.html", context)


@require_http_methods(["GET", "POST"])
def decision_add(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """`?slag=` chooses the kind beforehand, for a link that asks for one."""
    participation = get_participation(request, slug, code)
    require(request.user, Perm.RECORD_DECISION, participation)
    kind = request.GET.get("slag", "")
    initial = {"kind": kind} if kind in DecisionKind.values else {}
    form = DecisionForm(request.POST if request.method == "POST" else None, stored=None, initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in DECISION}
        try:
            record_decision(participation=participation, by=request.user, **fields)
        except ActionRefused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Beslutet är antecknat.")
            return redirect("cohorts:decisions", slug, code)
    return _form(request, participation, form, None)


@require_http_methods(["GET", "POST"])
def decision_edit(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, Perm.RECORD_DECISION, participation)
    decision = _get(participation, pk)
    stored = content_of(decision, *DECISION)
    form = DecisionForm(request.POST if request.method == "POST" else None, stored=stored)
    if request.method == "POST" and form.is_valid():
        try:
            correct_decision(decision=decision, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Beslutet är rättat.")
            return redirect("cohorts:decisions", slug, code)
    return _form(request, participation, form, decision)


@require_POST
def decision_remove(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, Perm.RECORD_DECISION, participation)
    found = participation.decisions.filter(pk=pk).first()
    if found is not None:  # a second click finds it gone
        remove_decision(decision=found, by=request.user)
        messages.success(request, "Beslutet är borttaget.")
    return redirect("cohorts:decisions", slug, code)


def _form(
    request: PageRequest, participation: Participation, form: DecisionForm, decision: PoliticalDecision | None
) -> HttpResponse:
    crumbs = _way_to(participation, here=False)
    context = {"participation": participation, "form": form, "decision": decision, "crumbs": crumbs}
    return render(request, "cohorts/decisions/decision.html", context, status=422 if form.errors else 200)


def _get(participation: Participation, pk: int) -> PoliticalDecision:
    found: PoliticalDecision | None = participation.decisions.filter(pk=pk).first()
    if found is None:
        raise Http404
    found.participation = participation
    return found


def _way_to(participation: Participation, *, here: bool = True) -> list[dict[str, str]]:
    cohort = participation.cohort
    place = [cohort.slug, participation.code]
    crumbs = [
        {"url": cohort.get_absolute_url(), "label": cohort.name},
        {"url": reverse("cohorts:people", args=place), "label": f"Personer i {participation}"},
    ]
    return crumbs if here else [*crumbs, {"url": reverse("cohorts:decisions", args=place), "label": "Beslut"}]
