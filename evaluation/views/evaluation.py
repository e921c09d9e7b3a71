from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.requests import PageRequest
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_cohort
from cohorts.models import Cohort
from cohorts.roles import roles_of
from evaluation.line_up import line_up
from evaluation.models import Advice, EvaluatorQuote, Interview, Observation
from evaluation.perms import READ_EVALUATION, WRITE_MATERIAL
from evaluation.views.goals import column_of
from kit.permissions import may, require
from kit.templatetags.swedish import counted, in_words, sentence


@require_GET
def evaluation(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, READ_EVALUATION, cohort)
    roles, may_write = roles_of(request.user), may(request.user, WRITE_MATERIAL, cohort)
    quotes = list(EvaluatorQuote.objects.visible_to(roles).filter(cohort=cohort))
    observations = Observation.objects.visible_to(roles).filter(cohort=cohort).select_related("meeting", "item")
    made = Interview.objects.visible_to(roles).filter(cohort=cohort)
    interviews = list(made.select_related("participation__organisation"))
    seen = [(row, [quote for quote in quotes if quote.observation_id == row.pk]) for row in observations]
    asked = [(row, [quote for quote in quotes if quote.interview_id == row.pk]) for row in interviews]
    shown = {quote.pk for _, rows in (*seen, *asked) for quote in rows}
    context = {
        "cohort": cohort,
        "crumbs": [cohort_crumb(cohort)],
        "headline": _headline(len(seen), len(quotes), sum(row.people for row in interviews), may_write),
        "observations": seen,
        "interviews": asked,
        "loose": [quote for quote in quotes if quote.pk not in shown],
        "annex": line_up(interviews),
        "goals": _goals_in_words(cohort, request),
        "advice": _advice_in_words(Advice.objects.visible_to(roles).filter(participation__cohort=cohort).count()),
        "may_write": may_write,
    }
    return render(request, "evaluation/evaluation.html", context)


def _headline(observations: int, quotes: int, people: int, may_write: bool) -> str:
    if not may_write:
        if not (observations or quotes):
            return "Utvärderaren har inte lämnat något till rapporten än."
        seen, said = counted(observations, "en observation", "observationer"), counted(quotes, "ett citat", "citat")
        parts = [words for number, words in ((observations, seen), (quotes, said)) if number]
        return f"Utvärderaren har lämnat {' och '.join(parts)} till rapporten."
    if not (observations or people):
        return "Här skriver du vad du ser och hör i omgången."
    seen = counted(observations, "en observation", "observationer") if observations else "inga observationer"
    asked = counted(people, "en person", "personer") if people else "ingen"
    return f"Det finns {seen}, och {asked} är intervjuad{'e' if people > 1 else ''}."


def _goals_in_words(cohort: Cohort, request: PageRequest) -> str:
    number = cohort.expected_results.count() + cohort.programme_goals.count()
    column = column_of(request.user)
    judged = cohort.goal_judgements.filter(judged_by=column).count()
    if not number:
        return "Omgången har inga mål att bedöma än."
    if judged == number:
        return "Ni har bedömt alla mål."
    return f"Ni har bedömt {in_words(judged) if judged else 'inget'} av {counted(number, 'ett mål', 'mål')}."


def _advice_in_words(number: int) -> str:
    if not number:
        return "Ingen organisation har lämnat in råd än."
    return sentence(f"{counted(number, 'ett råd', 'råd')} har kommit in.")
