from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from checklist.actions import dialogue as actions
from checklist.forms.dialogue import AnswerForm, ConsentForm, QueryForm, ReopeningForm
from checklist.models import Query, Reopening
from checklist.views.rating import get_assessment, item_of
from cohorts.fetch import shown_on
from cohorts.roles import roles_of
from modell.http import PageRequest
from modell.permissions import Perm, require
from modell.refusals import ActionRefused
from modell.responses import refuse
from modell.staleness import content_of

OF_ASSESSMENT = (
    "assessment__participation__cohort",
    "assessment__participation__organisation",
    "assessment__meeting",
    "assessment__part",
    "assessment__checklist",
)

OPENED = (
    "Självskattningen är öppen igen. Era värden räknas inte i omgångens siffror förrän ni har lämnat in den på nytt."
)


@require_http_methods(["GET", "POST"])
def ask_query(request: PageRequest, pk: int, number: int) -> HttpResponse:
    """SKR asks beside a moment: on the read page where it is folded, or here."""
    assessment = get_assessment(request, pk)
    item = item_of(assessment, number)
    require(request.user, Perm.ASK_QUERY, assessment)
    form = QueryForm(request.POST or None, number=number)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_query(assessment=assessment, item=item, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, f"Frågan om moment {number} är ställd. Organisationen ser den på sin sida.")
            return redirect(f"{assessment.get_absolute_url()}#moment-{number}")
    context = {"assessment": assessment, "item": item, "form": form}
    return render(request, "checklist/dialogue/query_ask.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def answer_query(request: PageRequest, pk: int) -> HttpResponse:
    visible = Query.objects.visible_to(roles_of(request.user))
    query = get_object_or_404(visible.select_related("item", "asked_by", *OF_ASSESSMENT), pk=pk)
    shown_on(request, query.assessment.participation.cohort)
    require(request.user, Perm.ANSWER_QUERY, query.assessment)
    form = AnswerForm(request.POST or None, stored=content_of(query, "answer"))
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_query(query=query, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Svaret är sparat. SKR:s processledare läser det vid momentet.")
            return redirect(f"{query.assessment.get_absolute_url()}#moment-{query.item.number}")
    context = {"query": query, "assessment": query.assessment, "form": form}
    return render(request, "checklist/dialogue/query_answer.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def ask_reopening(request: PageRequest, pk: int) -> HttpResponse:
    assessment = get_assessment(request, pk)
    require(request.user, Perm.ASK_REOPENING, assessment)
    if not assessment.is_locked(timezone.localdate()):
        messages.info(request, "Självskattningen är inte låst. Organisationen kan själv ta tillbaka den.")
        return redirect(assessment)
    form = ReopeningForm(request.POST or None, assessment=assessment)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_reopening(assessment=assessment, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, "Begäran är skickad. Inget öppnas förrän organisationens strateg har sagt ja.")
            return redirect(f"{assessment.get_absolute_url()}#oppna-igen")
    context = {"assessment": assessment, "form": form}
    return render(request, "checklist/dialogue/reopening_ask.html", context, status=422 if form.errors else 200)


def _request(request: PageRequest, pk: int) -> Reopening:
    visible = Reopening.objects.visible_to(roles_of(request.user)).select_related("move_to", *OF_ASSESSMENT)
    return get_object_or_404(visible, pk=pk)


@require_POST
def withdraw_reopening(request: PageRequest, pk: int) -> HttpResponse:
    asked = _request(request, pk)
    require(request.user, Perm.ASK_REOPENING, asked.assessment)
    try:
        actions.withdraw_reopening(reopening=asked, by=request.user)
    except ActionRefused as refusal:
        return refuse(request, refusal, asked.assessment)
    messages.success(request, "Begäran är tillbakatagen.")
    return redirect(asked.assessment)


@require_POST
def answer_reopening(request: PageRequest, pk: int) -> HttpResponse:
    """The owner's yes or no."""
    asked = _request(request, pk)
    require(request.user, Perm.ANSWER_REOPENING, asked.assessment)
    form = ConsentForm(request.POST)
    if not form.is_valid():
        return redirect(asked.assessment)
    try:
        assessment = actions.answer_reopening(reopening=asked, by=request.user, **form.cleaned_data)
    except ActionRefused as refusal:
        return refuse(request, refusal, asked.assessment)
    if assessment.is_draft:
        messages.success(request, OPENED)
    else:
        messages.success(request, "Ni har svarat nej. Självskattningen är låst som förut.")
    return redirect(assessment)
