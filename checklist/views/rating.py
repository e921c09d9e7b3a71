from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import reswap, retarget, trigger_client_event

from accounts.models import User
from checklist.actions.carrying import carry_over as carry
from checklist.actions.scores import ScoreTaken, save_score
from checklist.dialogue import queries_of
from checklist.evidence import evidence_of
from checklist.forms.rating import MomentForm
from checklist.guidance import guidance_for
from checklist.models import Assessment, Item
from checklist.moments import Moment, moments_of, scores_in_time, with_scores
from checklist.querysets import AssessmentQuerySet
from checklist.raters import raters_line
from checklist.reading import reading_of
from checklist.together.rounds import ways_for
from cohorts.fetch import shown_on
from cohorts.roles import roles_of
from modell.http import PageRequest
from modell.permissions import Perm, may, require
from modell.refusals import ActionRefused
from modell.responses import refuse
from modell.templatetags.swedish import in_words, sentence


def get_assessment(request: PageRequest, pk: int) -> Assessment:
    """With its scores at hand."""
    return with_scores(find_assessment(request, pk))


def find_assessment(request: PageRequest, pk: int) -> Assessment:
    """Without them, for a page that reads them together with those of the time before."""
    found = get_object_or_404(_visible(request), pk=pk)
    shown_on(request, found.participation.cohort)
    return found


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
    """The rating page while it is a draft of one's own; else the values as they were handed in."""
    assessment = find_assessment(request, pk)
    if request.method == "POST":
        require(request.user, Perm.EDIT_ASSESSMENT, assessment)
        return _save_all(request, assessment)
    if assessment.is_draft and may(request.user, Perm.EDIT_ASSESSMENT, assessment):
        return _rating_page(request, assessment)
    return render(request, "checklist/read/read.html", reading_of(with_scores(assessment), request.user))


@require_POST
def save_moment(request: PageRequest, pk: int, number: int) -> HttpResponse:
    """Save one moment as one goes; answers with its state, or the whole moment where it needs a decision."""
    assessment = get_object_or_404(_visible(request), pk=pk)
    item = item_of(assessment, number)
    require(request.user, Perm.EDIT_ASSESSMENT, assessment)
    scores, earlier = scores_in_time(assessment)
    score, past = scores.get(item.pk), earlier[0].scores.get(item.pk) if earlier else None
    moment = Moment(item, MomentForm(request.POST, item=item, scale=assessment, score=score), score, past)
    if not _save(moment, assessment, request.user):
        return _not_saved(request, assessment, moment)
    if not request.htmx:
        return redirect(f"{assessment.get_absolute_url()}#moment-{number}")
    rated = {pk for pk, saved in scores.items() if saved.value is not None} | ({item.pk} if moment.is_rated else set())
    context = {"moment": moment, "assessment": assessment, "fragment": True, **_progress(assessment, rated)}
    response = render(request, "checklist/rating/moment.html#saved", context)
    return trigger_client_event(response, "announce", {"value": f"Moment {number} är sparat."})


@require_POST
def carry_over(request: PageRequest, pk: int) -> HttpResponse:
    """Last occasion's values as suggestions, each still to be confirmed or changed."""
    assessment = find_assessment(request, pk)
    require(request.user, Perm.EDIT_ASSESSMENT, assessment)
    try:
        carried = carry(assessment=assessment, by=request.user)
    except ActionRefused as refusal:
        return refuse(request, refusal, assessment)
    if carried:
        count = f"{sentence(in_words(len(carried)))} moment har fått förra gångens värde som förslag."
        messages.success(request, f"{count} Bekräfta eller ändra vart och ett, så räknas det.")
    return redirect(assessment)


def _not_saved(request: PageRequest, assessment: Assessment, moment: Moment) -> HttpResponse:
    """The moment with what was typed and why it is not stored: alone, or on its page without JavaScript."""
    context = _drawing(request, assessment, [moment])
    if not request.htmx:
        return _draw(request, context)
    number, [drawn] = moment.item.number, context["failed"]
    response = render(request, "checklist/rating/moment.html", {**context, "moment": drawn})
    reswap(retarget(response, f"#moment-{number}"), "outerHTML")
    return trigger_client_event(response, "announce", {"value": f"Moment {number} är inte sparat. Läs vid momentet."})


def _save_all(request: PageRequest, assessment: Assessment) -> HttpResponse:
    """Without JavaScript the page posts every moment at once; each is saved on its own, so that none is lost."""
    moments = moments_of(assessment, scores_in_time(assessment)[0], data=request.POST)
    saved = [_save(moment, assessment, request.user) for moment in moments]
    if not all(saved):
        return _draw(request, _drawing(request, assessment, moments))
    if "onward" in request.POST:
        return redirect("checklist:submit", assessment.pk)
    messages.success(request, "Sparat.")
    return redirect(assessment)


def _save(moment: Moment, assessment: Assessment, by: User) -> bool:
    if not moment.form.is_valid():
        return False
    saving = moment.form.saving()
    try:
        moment.score = save_score(assessment=assessment, item=moment.item, by=by, **saving)
    except ScoreTaken as taken:
        moment.taken, moment.mine = taken.score, saving["content"]
        moment.form.add_error("value", taken.sentence)
    except ActionRefused as refusal:
        moment.form.add_error(refusal.field, refusal.sentence)
    return not moment.form.errors


def _rating_page(request: PageRequest, assessment: Assessment) -> HttpResponse:
    return _draw(request, _drawing(request, assessment, []))


def _draw(request: PageRequest, context: dict[str, Any]) -> HttpResponse:
    return render(request, "checklist/rating/rate.html", context, status=422 if context["failed"] else 200)


def _drawing(request: PageRequest, assessment: Assessment, posted: list[Moment]) -> dict[str, Any]:
    """All the page draws. What was `posted` and is not stored keeps its form, with what stands around it now."""
    roles, (scores, earlier) = roles_of(request.user), scores_in_time(assessment)
    past = earlier[0] if earlier else None
    moments = moments_of(
        assessment,
        scores,
        past,
        guidance=guidance_for(assessment.checklist),
        evidence=evidence_of(assessment, roles),
        queries=queries_of(assessment, roles),
    )
    tried = {moment.item.pk: moment for moment in posted if moment.form.errors}
    for moment in moments:
        if before := tried.get(moment.item.pk):
            moment.form, moment.taken, moment.mine = before.form, before.taken, before.mine
    rated = {moment.item.pk for moment in moments if moment.is_rated}
    return {
        "assessment": assessment,
        "past": past.assessment if past else None,
        "past_raters": raters_line(past.assessment) if past else "",
        "ways": ways_for(assessment, request.user),
        "moments": moments,
        "failed": [moment for moment in moments if moment.form.errors],
        "unconfirmed": [moment for moment in moments if moment.is_suggested],
        "may_carry": any(
            not moment.is_rated and not moment.is_suggested and moment.before in assessment.values for moment in moments
        ),
        "may_edit": True,
        "may_answer": may(request.user, Perm.ANSWER_QUERY, assessment),
        **_progress(assessment, rated),
    }


def _progress(assessment: Assessment, rated: set[int]) -> dict[str, object]:
    """How many moment have a value, and the first without: a suggestion is none."""
    waiting = [item for item in assessment.items if item.pk not in rated]
    return {"rated": len(rated), "count": len(assessment.items), "next_item": waiting[0] if waiting else None}
