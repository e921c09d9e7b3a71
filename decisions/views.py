from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import PageRequest
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_participation
from cohorts.models import Participation
from decisions.actions import DECISION, correct_decision, record_decision, remove_decision
from decisions.elections import wants_reaffirming
from decisions.enums import DecisionKind
from decisions.forms import DecisionForm
from decisions.models import PoliticalDecision
from decisions.perms import READ_DECISIONS, RECORD_DECISION
from kit.pages import Crumb, NotePage, Removal, form_page, posted, store
from kit.permissions import may, require
from kit.responses import makes_new, post_only
from kit.staleness import content_of


@require_GET
def decisions(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code, "cohort__contact")
    require(request.user, READ_DECISIONS, participation)
    rows = list(participation.decisions.prefetch_related("goals", "articles"))
    may_record = may(request.user, RECORD_DECISION, participation)
    context = {
        "participation": participation,
        "crumbs": _way_to(participation),
        "decisions": rows,
        "has_entry": any(row.kind == DecisionKind.ENTRY for row in rows),
        "reaffirm_after": wants_reaffirming(participation, rows, timezone.localdate()) if may_record else None,
        "may_record": may_record,
    }
    return render(request, "decisions/decisions.html", context)


@makes_new
@require_http_methods(["GET", "POST"])
def decision_add(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, RECORD_DECISION, participation)
    # A link that asks for one kind of decision chooses it with `?slag=`.
    kind = request.GET.get("slag", "")
    initial = {"kind": kind} if kind in DecisionKind.values else {}
    form = DecisionForm(posted(request), stored=None, initial=initial)
    if form.is_valid():
        fields = {name: form.cleaned_data[name] for name in DECISION}
        if store(request, form, record_decision, participation=participation, **fields):
            messages.success(request, "Beslutet är antecknat.")
            return redirect("decisions:decisions", slug, code)
    return _form(request, participation, form, None)


@require_http_methods(["GET", "POST"])
def decision_edit(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, RECORD_DECISION, participation)
    decision = _get(participation, pk)
    stored = content_of(decision, *DECISION)
    form = DecisionForm(posted(request), stored=stored)
    if store(request, form, partial(correct_decision, decision=decision)):
        messages.success(request, "Beslutet är rättat.")
        return redirect("decisions:decisions", slug, code)
    return _form(request, participation, form, decision)


@post_only
def decision_remove(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, RECORD_DECISION, participation)
    decision = participation.decisions.filter(pk=pk).first()
    if decision is not None:  # a second click finds it gone
        remove_decision(decision=decision, by=request.user)
        messages.success(request, "Beslutet är borttaget.")
    return redirect("decisions:decisions", slug, code)


def _form(
    request: PageRequest, participation: Participation, form: DecisionForm, decision: PoliticalDecision | None
) -> HttpResponse:
    place = [participation.cohort.slug, participation.code]
    page = NotePage(
        "Rätta ett beslut" if decision else "Anteckna ett beslut",
        f"{participation.organisation.name} · {participation.cohort.name}",
        reverse("decisions:decisions", args=place),
        _way_to(participation, here=False),
        lead="Skriv det som står i protokollet.",
        removal=_removal(place, decision) if decision else None,
    )
    return form_page(request, "cohorts/note.html", form, page, participation=participation)


def _removal(place: list[str], decision: PoliticalDecision) -> Removal:
    return Removal(
        "Ta bort beslutet",
        reverse("decisions:decision_remove", args=[*place, decision.pk]),
        "Ta bort ett beslut som är antecknat av misstag. Bland händelserna ser man att det togs bort.",
    )


def _get(participation: Participation, pk: int) -> PoliticalDecision:
    decision: PoliticalDecision | None = participation.decisions.filter(pk=pk).first()
    if decision is None:
        raise Http404
    decision.participation = participation
    return decision


def _way_to(participation: Participation, *, here: bool = True) -> list[Crumb]:
    cohort = participation.cohort
    place = [cohort.slug, participation.code]
    crumbs = [
        cohort_crumb(cohort),
        Crumb(reverse("people:people", args=place), f"Personer i {participation}"),
    ]
    return crumbs if here else [*crumbs, Crumb(reverse("decisions:decisions", args=place), "Beslut")]
