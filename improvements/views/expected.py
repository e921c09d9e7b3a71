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
from improvements import judging
from improvements.expected import ResultRow, expected_in
from improvements.judging_form import JudgementForm
from improvements.models import ResultAnswer
from improvements.perms import EDIT_WORK
from improvements.views.pages import FOLDED, form_answer, way_to
from kit.pages import Crumb, FormPage, posted
from kit.permissions import may, require
from kit.templatetags.swedish import in_words, sentence

TITLE = "Förväntade resultat och egna mål"


@require_GET
def expected(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """Draw what SKR expects of everyone, and beside it the organisation's own goals."""
    participation = get_participation(request, slug, code)
    require(request.user, READ_VALUES, participation)
    roles = roles_of(request.user)
    rows = expected_in(participation, rights_of(roles, participation.cohort), reader=roles)
    context = {
        "participation": participation,
        "title": TITLE,
        "crumbs": way_to(request, participation),
        "rows": rows,
        "goals": participation.own_goals.as_read_by(roles),
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
    stored = judging.judged_content(row) if row else None
    form = JudgementForm(posted(request), stored=stored, evidence=judging.evidence_of(participation))
    back = page_of_results(participation)
    page = FormPage("Hur långt har ni kommit?", result.text, back, crumbs_to(request, participation))
    new = ResultAnswer(participation=participation, result=result)
    action = partial(judging.save_result_answer, answer=row or new)
    return form_answer(request, form, page, action, "Svaret är sparat.", template=FOLDED)


def crumbs_to(request: PageRequest, participation: Participation) -> list[Crumb]:
    return [*way_to(request, participation), Crumb(page_of_results(participation), TITLE)]


def page_of_results(participation: Participation) -> str:
    return reverse("improvements:expected", args=[participation.cohort.slug, participation.code])
