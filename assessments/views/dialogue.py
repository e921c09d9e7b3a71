from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.requests import PageRequest
from assessments.actions import dialogue as actions
from assessments.forms.dialogue import ConsentForm, QueryAnswerForm, QueryForm, ReopeningForm
from assessments.models import Assessment, Query, Reopening
from assessments.perms import ANSWER_QUERY, ANSWER_REOPENING, ASK_QUERY, ASK_REOPENING
from assessments.views.rating import get_assessment, item_of
from cohorts.fetch import shown_on
from cohorts.roles import roles_of
from kit.pages import draw, posted, press, store
from kit.permissions import require
from kit.responses import makes_new, posted_from
from kit.staleness import content_of

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
STAYS_LOCKED = "Ni har svarat nej. Självskattningen är låst som förut."


@makes_new
@require_http_methods(["GET", "POST"])
def ask_query(request: PageRequest, pk: int, number: int) -> HttpResponse:
    assessment = get_assessment(request, pk)
    item = item_of(assessment, number)
    require(request.user, ASK_QUERY, assessment)
    form = QueryForm(posted(request), number=number)
    if store(request, form, partial(actions.ask_query, assessment=assessment, item=item)):
        messages.success(request, f"Frågan om moment {number} är ställd. Organisationen får ett mejl om den.")
        return redirect(f"{assessment.get_absolute_url()}#moment-{number}")
    return draw(request, "assessments/dialogue/query_ask.html", form, assessment=assessment, item=item, form=form)


@require_http_methods(["GET", "POST"])
def answer_query(request: PageRequest, pk: int) -> HttpResponse:
    visible = Query.objects.visible_to(roles_of(request.user))
    query = get_object_or_404(visible.select_related("item", "asked_by", *OF_ASSESSMENT), pk=pk)
    shown_on(request, query.assessment.participation.cohort)
    require(request.user, ANSWER_QUERY, query.assessment)
    form = QueryAnswerForm(posted(request), stored=content_of(query, "answer"))
    if store(request, form, partial(actions.answer_query, query=query)):
        messages.success(request, "Svaret är sparat. SKR:s processledare läser det vid momentet.")
        return redirect(f"{query.assessment.get_absolute_url()}#moment-{query.item.number}")
    context = {"query": query, "assessment": query.assessment, "form": form}
    return draw(request, "assessments/dialogue/query_answer.html", form, **context)


@require_http_methods(["GET", "POST"])
def ask_reopening(request: PageRequest, pk: int) -> HttpResponse:
    assessment = get_assessment(request, pk)
    require(request.user, ASK_REOPENING, assessment)
    if not assessment.is_locked(timezone.localdate()):
        messages.info(request, "Självskattningen är inte låst. Organisationen kan själv ta tillbaka den.")
        return redirect(assessment)
    form = ReopeningForm(posted(request), assessment=assessment)
    if store(request, form, partial(actions.ask_reopening, assessment=assessment)):
        messages.success(request, "Begäran är skickad. Inget öppnas förrän organisationens strateg har sagt ja.")
        return redirect(f"{assessment.get_absolute_url()}#oppna-igen")
    return draw(request, "assessments/dialogue/reopening_ask.html", form, assessment=assessment, form=form)


def _request(request: PageRequest, pk: int) -> Reopening:
    visible = Reopening.objects.visible_to(roles_of(request.user)).select_related("move_to", *OF_ASSESSMENT)
    return get_object_or_404(visible, pk=pk)


def _page_of(request: PageRequest, pk: int) -> Assessment:
    return _request(request, pk).assessment


@posted_from(_page_of)
def withdraw_reopening(request: PageRequest, pk: int) -> HttpResponse:
    asked = _request(request, pk)
    require(request.user, ASK_REOPENING, asked.assessment)
    press(request, partial(actions.withdraw_reopening, reopening=asked), "Begäran är tillbakatagen.")
    return redirect(asked.assessment)


@posted_from(_page_of)
def answer_reopening(request: PageRequest, pk: int) -> HttpResponse:
    asked = _request(request, pk)
    require(request.user, ANSWER_REOPENING, asked.assessment)
    form = ConsentForm(request.POST)
    if not form.is_valid():
        return redirect(asked.assessment)
    assessment = press(request, partial(actions.answer_reopening, reopening=asked, **form.cleaned_data))
    if assessment:
        messages.success(request, OPENED if assessment.is_draft else STAYS_LOCKED)
    return redirect(assessment or asked.assessment)
