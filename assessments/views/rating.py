from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods
from django_htmx.http import reswap, retarget, trigger_client_event

from accounts.models import User
from accounts.requests import PageRequest
from assessments.actions.carrying import carry_over as carry
from assessments.actions.scores import ScoreTaken, save_score
from assessments.dialogue import queries_of
from assessments.evidence import evidence_of
from assessments.forms.rating import ScoreForm
from assessments.models import Assessment
from assessments.offers import offers_of
from assessments.perms import ANSWER_QUERY, EDIT_ASSESSMENT
from assessments.querysets import AssessmentQuerySet
from assessments.raters import raters_line
from assessments.rating_page import RatingItem, Scores, marks_of, rating_items_of, scores_in_time, with_scores
from assessments.read_page import reading_of
from assessments.together.rounds import ways_for
from checklist.guidance import guidance_for
from checklist.models import Item
from cohorts.fetch import shown_on
from cohorts.roles import roles_of
from kit.pages import draw, refuse_on
from kit.permissions import may, require
from kit.refusals import ActionRefused
from kit.responses import post_only, refuse
from kit.templatetags.swedish import in_words, sentence


def get_assessment(request: PageRequest, pk: int) -> Assessment:
    return with_scores(find_assessment(request, pk))


def find_assessment(request: PageRequest, pk: int) -> Assessment:
    """Return it without scores, for a page that reads them together with those of the time before."""
    assessment = get_object_or_404(_visible(request), pk=pk)
    shown_on(request, assessment.participation.cohort)
    return assessment


def item_of(assessment: Assessment, number: int) -> Item:
    item = next((item for item in assessment.items if item.number == number), None)
    if item is None:
        raise Http404
    return item


def _visible(request: PageRequest) -> AssessmentQuerySet:
    related = ("participation__organisation", "participation__cohort", "checklist", "meeting", "part", "submitted_by")
    return Assessment.objects.visible_to(roles_of(request.user)).select_related(*related, "participation__group")


@require_http_methods(["GET", "POST"])
def assessment(request: PageRequest, pk: int) -> HttpResponse:
    """Show the rating page of a draft that the reader may change, else the values as they were handed in."""
    assessment = find_assessment(request, pk)
    if request.method == "POST":
        require(request.user, EDIT_ASSESSMENT, assessment)
        return _save_all(request, assessment)
    if assessment.is_draft and may(request.user, EDIT_ASSESSMENT, assessment):
        return _rating_page(request, assessment)
    return render(request, "assessments/read/read.html", reading_of(with_scores(assessment), request.user))


@post_only
def save_moment(request: PageRequest, pk: int, number: int) -> HttpResponse:
    """Save one moment; answer htmx with its state, or with the whole moment if it needs a decision."""
    assessment = get_object_or_404(_visible(request), pk=pk)
    item = item_of(assessment, number)
    require(request.user, EDIT_ASSESSMENT, assessment)
    scores, earlier = scores_in_time(assessment)
    score, past = scores.get(item.pk), earlier[0].scores.get(item.pk) if earlier else None
    row = RatingItem(item, ScoreForm(request.POST, item=item, scale=assessment, score=score), score, past)
    if not _save(row, assessment, request.user):
        return _not_saved(request, assessment, row)
    if not request.htmx:
        return redirect(f"{assessment.get_absolute_url()}#moment-{number}")
    saved = scores if row.score is None else {**scores, item.pk: row.score}
    context = {"moment": row, "assessment": assessment, "fragment": True, **_progress(assessment, saved)}
    response = render(request, "assessments/rating/moment.html#saved", context)
    return trigger_client_event(response, "announce", {"value": f"Moment {number} är sparat."})


@post_only
def carry_over(request: PageRequest, pk: int) -> HttpResponse:
    assessment = find_assessment(request, pk)
    require(request.user, EDIT_ASSESSMENT, assessment)
    try:
        carried = carry(assessment=assessment, by=request.user)
    except ActionRefused as refusal:
        return refuse(request, refusal, assessment)
    if carried:
        count = f"{sentence(in_words(len(carried)))} moment har fått förra gångens värde som förslag."
        messages.success(request, f"{count} Bekräfta eller ändra vart och ett, så räknas det.")
    return redirect(assessment)


def _not_saved(request: PageRequest, assessment: Assessment, row: RatingItem) -> HttpResponse:
    # htmx gets only the moment; without JavaScript its whole page is drawn.
    context = _drawing(request, assessment, [row])
    if not request.htmx:
        return _draw(request, context)
    number, [drawn] = row.item.number, context["failed"]
    response = render(request, "assessments/rating/moment.html", {**context, "moment": drawn})
    reswap(retarget(response, f"#moment-{number}"), "outerHTML")
    return trigger_client_event(response, "announce", {"value": f"Moment {number} är inte sparat. {drawn.why_not}"})


def _save_all(request: PageRequest, assessment: Assessment) -> HttpResponse:
    rows = rating_items_of(assessment, scores_in_time(assessment)[0], data=request.POST)
    # Each is saved on its own, so that a refusal of one does not lose the others.
    saved = [_save(row, assessment, request.user) for row in rows]
    if not all(saved):
        return _draw(request, _drawing(request, assessment, rows))
    if "onward" in request.POST:
        return redirect("assessments:submit", assessment.pk)
    messages.success(request, "Sparat.")
    return redirect(assessment)


def _save(row: RatingItem, assessment: Assessment, by: User) -> bool:
    if not row.form.is_valid():
        return False
    saving = row.form.saving()
    try:
        row.score = save_score(assessment=assessment, item=row.item, by=by, **saving)
    except ScoreTaken as taken:
        row.taken, row.mine = taken.score, saving["content"]
        row.form.add_error("value", taken.sentence)
    except ActionRefused as refusal:
        refuse_on(row.form, refusal)
    return not row.form.errors


def _rating_page(request: PageRequest, assessment: Assessment) -> HttpResponse:
    return _draw(request, _drawing(request, assessment, []))


def _draw(request: PageRequest, context: dict[str, Any]) -> HttpResponse:
    return draw(request, "assessments/rating/rate.html", *(row.form for row in context["failed"]), **context)


def _drawing(request: PageRequest, assessment: Assessment, posted: list[RatingItem]) -> dict[str, Any]:
    """Return the context of the page. What was `posted` and is not stored keeps its form."""
    roles, (scores, earlier) = roles_of(request.user), scores_in_time(assessment)
    past = earlier[0] if earlier else None
    evidence = evidence_of(assessment, roles)
    rows = rating_items_of(
        assessment,
        scores,
        past,
        guidance=guidance_for(assessment.checklist),
        evidence=evidence,
        queries=queries_of(assessment, roles),
        offers=offers_of(assessment, evidence),
    )
    tried = {row.item.pk: row for row in posted if row.form.errors}
    for row in rows:
        if before := tried.get(row.item.pk):
            row.form, row.taken, row.mine = before.form, before.taken, before.mine
    return {
        "assessment": assessment,
        "past": past.assessment if past else None,
        "past_raters": raters_line(past.assessment) if past else "",
        "ways": ways_for(assessment, request.user),
        "moments": rows,
        "failed": [row for row in rows if row.form.errors],
        "unconfirmed": [row for row in rows if row.is_suggested],
        "may_carry": any(not row.is_rated and not row.is_suggested and row.before in assessment.values for row in rows),
        "may_edit": True,
        "may_answer": may(request.user, ANSWER_QUERY, assessment),
        **_progress(assessment, scores),
    }


def _progress(assessment: Assessment, scores: Scores) -> dict[str, object]:
    marks = marks_of(assessment.items, scores)
    # A suggestion is not a value.
    return {"marks": marks, "rated": sum(mark.value is not None for mark in marks), "count": len(marks)}
