from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import PageRequest
from assessments.figures.sights import rights_of, rule_in_words
from assessments.perms import READ_VALUES
from cohorts.fetch import get_participation
from cohorts.models import Participation
from cohorts.roles import roles_of
from cohorts.rules import is_own
from improvements import actions
from improvements.expected import ResultRow, expected_in
from improvements.forms import ResultForm
from improvements.models import ResultAnswer
from improvements.perms import EDIT_WORK
from improvements.views.pages import form_answer, way_to
from kit.pages import Crumb, FormPage, posted
from kit.permissions import may, require
from kit.staleness import content_of
from kit.templatetags.swedish import in_words, sentence


@require_GET
def expected(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, READ_VALUES, participation)
    rows = expected_in(participation, rights_of(roles_of(request.user), participation.cohort))
    context = {
        "participation": participation,
        "crumbs": way_to(request, participation),
        "rows": rows,
        "rule": rule_in_words(),
        "headline": _headline(rows),
        "own": is_own.test(request.user, participation),
        "may_edit": may(request.user, EDIT_WORK, participation),
    }
    return render(request, "improvements/expected.html", context)


def _headline(rows: list[ResultRow]) -> str:
    if not rows:
        return "Omgången har inga förväntade resultat än."
    left = sum(row.answer is None for row in rows)
    if left == len(rows):
        return "De förväntade resultaten saknar svar än så länge."
    if left:
        return sentence(f"{in_words(left)} av {in_words(len(rows))} förväntade resultat saknar svar.")
    return "Alla förväntade resultat har ett svar."


@require_http_methods(["GET", "POST"])
def answer(request: PageRequest, slug: str, code: str, key: str) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, EDIT_WORK, participation)
    result = get_object_or_404(participation.cohort.expected_results, key=key)
    row = participation.result_answers.filter(result=result).first()
    form = ResultForm(posted(request), stored=content_of(row, *actions.RESULT_ANSWER) if row else None)
    crumbs = [*way_to(request, participation), Crumb(_all(participation), "Förväntade resultat")]
    page = FormPage("Hur långt har ni kommit?", result.text, _all(participation), crumbs)
    action = partial(actions.save_result_answer, answer=row or ResultAnswer(participation=participation, result=result))
    return form_answer(request, form, page, action, "Svaret är sparat.")


def _all(participation: Participation) -> str:
    return reverse("improvements:expected", args=[participation.cohort.slug, participation.code])
