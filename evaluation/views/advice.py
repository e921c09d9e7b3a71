from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import PageRequest
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_cohort, get_participation
from cohorts.models import Participation
from evaluation.actions import advice as actions
from evaluation.advice import advice_of, answers_in
from evaluation.enums import AdviceTag
from evaluation.forms.advice import AdviceAnswerForm, AdviceForm
from evaluation.models import Advice
from evaluation.perms import ANSWER_ADVICE, GIVE_ADVICE, READ_EVALUATION, READ_OWN_ADVICE
from evaluation.views.pages import FORM, page_of, way_to
from kit.pages import Crumb, NotePage, Removal, posted, saved_or_form
from kit.permissions import may, require
from kit.responses import makes_new, post_only
from kit.staleness import content_of
from kit.templatetags.swedish import counted, sentence


@require_GET
def advice(request: PageRequest, slug: str) -> HttpResponse:
    """Show SKR and the evaluator the advice that has come in, by what it is about."""
    cohort = get_cohort(request, slug)
    require(request.user, READ_EVALUATION, cohort)
    groups = advice_of(cohort)
    context = {
        "cohort": cohort,
        "crumbs": way_to(cohort),
        "groups": groups,
        "headline": _headline(sum(len(group.rows) for group in groups)),
        "may_answer": may(request.user, ANSWER_ADVICE, cohort),
    }
    return render(request, "evaluation/advice.html", context)


@require_http_methods(["GET", "POST"])
def answer_advice(request: PageRequest, slug: str, tag: str) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, ANSWER_ADVICE, cohort)
    if tag not in AdviceTag.values:
        raise Http404
    about, row = AdviceTag(tag), cohort.advice_answers.filter(tag=tag).first()
    form = AdviceAnswerForm(posted(request), stored=content_of(row, *actions.ANSWER) if row else None)
    lead = "Alla organisationer i omgången läser svaret."
    back = reverse("evaluation:advice", args=[slug])
    page = page_of(cohort, f"Svara på råden om {about.label.lower()}", back=back, lead=lead)
    action = partial(actions.answer_advice, cohort=cohort, tag=about)
    return saved_or_form(request, FORM, form, page, action, "Svaret är sparat.")


@require_GET
def own_advice(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """Show an organisation its own advice, and what SKR has answered everyone."""
    participation = get_participation(request, slug, code)
    require(request.user, READ_OWN_ADVICE, participation)
    rows, answers = list(participation.advice.all()), answers_in(participation.cohort)
    context = {
        "participation": participation,
        "crumbs": [cohort_crumb(participation.cohort)],
        "rows": rows,
        "answers": [(tag, answers[tag]) for tag in AdviceTag if tag in answers],
        "headline": _own_headline(len(rows)),
        "when_read": _when_read(participation),
        "may_give": may(request.user, GIVE_ADVICE, participation),
    }
    return render(request, "evaluation/own_advice.html", context)


@makes_new
@require_http_methods(["GET", "POST"])
def advice_add(request: PageRequest, slug: str, code: str) -> HttpResponse:
    return _form(request, Advice(participation=_giver(request, slug, code)))


@require_http_methods(["GET", "POST"])
def advice_edit(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    row = get_object_or_404(_giver(request, slug, code).advice, pk=pk)
    row.participation = get_participation(request, slug, code)
    return _form(request, row)


@post_only
def advice_remove(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    participation = _giver(request, slug, code)
    row = participation.advice.filter(pk=pk).first()
    if row is not None:  # a second click finds it gone
        row.participation = participation
        actions.remove_advice(advice=row, by=request.user)
        messages.success(request, "Rådet är borttaget.")
    return redirect("evaluation:own_advice", slug, code)


def _form(request: PageRequest, row: Advice) -> HttpResponse:
    participation = row.participation
    place = [participation.cohort.slug, participation.code]
    form = AdviceForm(posted(request), stored=content_of(row, *actions.ADVICE) if row.pk else None)
    back = reverse("evaluation:own_advice", args=place)
    url = reverse("evaluation:advice_remove", args=[*place, row.pk]) if row.pk else ""
    page = NotePage(
        "Ändra ett råd till SKR" if row.pk else "Skriv ett råd till SKR",
        f"{participation.organisation.name} · {participation.cohort.name}",
        back,
        [cohort_crumb(participation.cohort), Crumb(back, "Råd till SKR")],
        lead=_when_read(participation),
        removal=Removal("Ta bort rådet", url, "Ta bort ett råd som ni inte längre ger.") if row.pk else None,
    )
    return saved_or_form(request, FORM, form, page, partial(actions.save_advice, advice=row), "Rådet är sparat.")


def _giver(request: PageRequest, slug: str, code: str) -> Participation:
    participation = get_participation(request, slug, code)
    require(request.user, GIVE_ADVICE, participation)
    return participation


def _when_read(participation: Participation) -> str:
    if participation.reported:
        return "Er resultatrapport är inlämnad, så SKR och utvärderaren läser råden direkt."
    return "SKR och utvärderaren läser råden när ni har lämnat in er resultatrapport."


def _headline(number: int) -> str:
    return sentence(f"{counted(number, 'ett råd', 'råd')} har kommit in.") if number else "Inga råd har kommit in än."


def _own_headline(number: int) -> str:
    if not number:
        return "Ni har inte skrivit något råd till SKR än."
    return f"Ni har skrivit {counted(number, 'ett råd', 'råd')} till SKR."
