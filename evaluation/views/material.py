from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.requests import PageRequest
from cohorts.fetch import get_cohort
from cohorts.models import Cohort
from cohorts.roles import roles_of
from evaluation.actions import material as actions
from evaluation.erasing import last_day_of_notes
from evaluation.forms.material import EvaluatorQuoteForm, InterviewNoteForm, ObservationForm, function_of
from evaluation.models import EvaluatorQuote, Interview, Observation
from evaluation.perms import WRITE_MATERIAL
from evaluation.views.pages import FORM, page_of
from kit.pages import Removal, posted, saved_or_form
from kit.permissions import require
from kit.responses import makes_new, post_only
from kit.staleness import content_of

PRIVATE = "Bara omgångens utvärderare läser det som du inte markerar för rapporten."
QUOTES_STAY = "Citat som du har tagit ut står kvar."


@makes_new
@require_http_methods(["GET", "POST"])
def observation_add(request: PageRequest, slug: str) -> HttpResponse:
    return _observation(request, _cohort(request, slug), None)


@require_http_methods(["GET", "POST"])
def observation_edit(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    cohort = _cohort(request, slug)
    return _observation(request, cohort, _observation_of(request, cohort, pk))


@post_only
def observation_remove(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    cohort = _cohort(request, slug)
    row = Observation.objects.visible_to(roles_of(request.user)).filter(cohort=cohort, pk=pk).first()
    if row is not None:  # a second click finds it gone
        actions.remove_observation(observation=row, by=request.user)
        messages.success(request, "Observationen är borttagen.")
    return redirect(_main(cohort))


@makes_new
@require_http_methods(["GET", "POST"])
def interview_add(request: PageRequest, slug: str) -> HttpResponse:
    return _interview(request, _cohort(request, slug), None)


@require_http_methods(["GET", "POST"])
def interview_edit(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    cohort = _cohort(request, slug)
    return _interview(request, cohort, _interview_of(request, cohort, pk))


@post_only
def interview_remove(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    cohort = _cohort(request, slug)
    row = Interview.objects.visible_to(roles_of(request.user)).filter(cohort=cohort, pk=pk).first()
    if row is not None:
        actions.remove_interview(interview=row, by=request.user)
        messages.success(request, "Intervjun är borttagen.")
    return redirect(_main(cohort))


@makes_new
@require_http_methods(["GET", "POST"])
def observation_quote(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    cohort = _cohort(request, slug)
    observation = _observation_of(request, cohort, pk)
    return _quote(request, cohort, EvaluatorQuote(cohort=cohort, observation=observation), lead=observation.text)


@makes_new
@require_http_methods(["GET", "POST"])
def interview_quote(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    cohort = _cohort(request, slug)
    interview = _interview_of(request, cohort, pk)
    return _quote(request, cohort, EvaluatorQuote(cohort=cohort, interview=interview), lead=f"{interview}.")


@require_http_methods(["GET", "POST"])
def quote_edit(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    cohort = _cohort(request, slug)
    visible = EvaluatorQuote.objects.visible_to(roles_of(request.user)).filter(cohort=cohort)
    return _quote(request, cohort, get_object_or_404(visible.select_related("cohort"), pk=pk))


@post_only
def quote_remove(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    cohort = _cohort(request, slug)
    row = EvaluatorQuote.objects.visible_to(roles_of(request.user)).filter(cohort=cohort, pk=pk).first()
    if row is not None:
        actions.remove_quote(quote=row, by=request.user)
        messages.success(request, "Citatet är borttaget.")
    return redirect(_main(cohort))


def _observation(request: PageRequest, cohort: Cohort, row: Observation | None) -> HttpResponse:
    stored = content_of(row, *actions.OBSERVATION) if row else None
    initial = {"seen_on": timezone.localdate()}
    form = ObservationForm(posted(request), stored=stored, initial=initial, cohort=cohort)
    removal = _removal(cohort, "observation", row.pk, "Ta bort observationen", QUOTES_STAY) if row else None
    title = "Ändra observationen" if row else "Skriv en observation"
    page = page_of(cohort, title, back=_main(cohort), lead=PRIVATE, removal=removal)
    action = partial(actions.save_observation, observation=row or Observation(cohort=cohort))
    return saved_or_form(request, FORM, form, page, action, "Observationen är sparad.")


def _interview(request: PageRequest, cohort: Cohort, row: Interview | None) -> HttpResponse:
    is_own = row is None or row.interviewed_by_id == request.user.pk
    names = (*actions.INTERVIEW, *(actions.NOTES if is_own else ()))
    form = InterviewNoteForm(
        posted(request),
        stored=content_of(row, *names) if row else None,
        initial={"erase_on": last_day_of_notes(cohort)},
        cohort=cohort,
        with_notes=is_own,
    )
    why = f"Anteckningarna försvinner. {QUOTES_STAY}"
    removal = _removal(cohort, "interview", row.pk, "Ta bort intervjun", why) if row else None
    title = "Ändra intervjun" if row else "Anteckna en intervju"
    page = page_of(cohort, title, back=_main(cohort), lead=PRIVATE, removal=removal)
    action = partial(actions.save_interview, interview=row or Interview(cohort=cohort))
    return saved_or_form(request, FORM, form, page, action, "Intervjun är sparad.")


def _quote(request: PageRequest, cohort: Cohort, quote: EvaluatorQuote, lead: str = "") -> HttpResponse:
    stored = content_of(quote, *actions.QUOTE) if quote.pk else None
    form = EvaluatorQuoteForm(posted(request), stored=stored, initial=function_of(quote.interview))
    why = "Ta bort ett citat som inte ska användas."
    removal = _removal(cohort, "quote", quote.pk, "Ta bort citatet", why) if quote.pk else None
    title = "Ändra citatet" if quote.pk else "Ta ut ett citat"
    page = page_of(cohort, title, back=_main(cohort), lead=lead, removal=removal)
    return saved_or_form(request, FORM, form, page, partial(actions.save_quote, quote=quote), "Citatet är sparat.")


def _cohort(request: PageRequest, slug: str) -> Cohort:
    cohort = get_cohort(request, slug, "plan__checklist")
    require(request.user, WRITE_MATERIAL, cohort)
    return cohort


def _observation_of(request: PageRequest, cohort: Cohort, pk: int) -> Observation:
    visible = Observation.objects.visible_to(roles_of(request.user)).filter(cohort=cohort)
    row: Observation = get_object_or_404(visible.select_related("cohort", "meeting", "item"), pk=pk)
    return row


def _interview_of(request: PageRequest, cohort: Cohort, pk: int) -> Interview:
    visible = Interview.objects.visible_to(roles_of(request.user)).filter(cohort=cohort)
    row = visible.select_related("cohort", "participation__organisation").filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _main(cohort: Cohort) -> str:
    return reverse("evaluation:evaluation", args=[cohort.slug])


def _removal(cohort: Cohort, kind: str, pk: int, button: str, why: str) -> Removal:
    return Removal(button, reverse(f"evaluation:{kind}_remove", args=[cohort.slug, pk]), why)
