from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import reswap, retarget, trigger_client_event

from accounts.models import User
from checklist.actions.scores import ScoreTaken, content_of, save_score
from checklist.forms import MomentForm
from checklist.models import Assessment, Item, Score
from checklist.occasions import previous_answers
from checklist.querysets import AssessmentQuerySet
from checklist.statistics import Answers
from cohorts.fetch import shown_on
from cohorts.roles import roles_of
from modell.http import PageRequest
from modell.permissions import Perm, may, require
from modell.refusals import ActionRefused
from modell.staleness import digest


@dataclass
class Moment:
    """One moment as the rating page draws it."""

    item: Item
    form: MomentForm
    score: Score | None
    before: object
    taken: Score | None = None

    @property
    def is_rated(self) -> bool:
        return self.score is not None and self.score.value is not None

    @property
    def revision(self) -> int:
        """What the page knows of: after a conflict, the other's save as well."""
        return self._known.revision

    @property
    def drawn(self) -> str:
        """A digest of the same, so that a page that posts it unchanged is seen to."""
        return digest(content_of(self._known)._asdict())

    @property
    def _known(self) -> Score:
        return self.taken or self.score or Score()


def get_assessment(request: PageRequest, pk: int) -> Assessment:
    found = get_object_or_404(_visible(request).with_scores(), pk=pk)
    shown_on(request, found.participation.cohort)
    return found


def _visible(request: PageRequest) -> AssessmentQuerySet:
    related = ("participation__organisation", "participation__cohort", "checklist", "meeting", "part", "submitted_by")
    return Assessment.objects.visible_to(roles_of(request.user)).select_related(*related, "participation__group")


@require_http_methods(["GET", "POST"])
def assessment(request: PageRequest, pk: int) -> HttpResponse:
    """The rating page while it is a draft of one's own; else the values as they were handed in."""
    assessment = get_assessment(request, pk)
    if request.method == "POST":
        require(request.user, Perm.EDIT_ASSESSMENT, assessment)
        return _save_all(request, assessment)
    if assessment.is_draft and may(request.user, Perm.EDIT_ASSESSMENT, assessment):
        return _rating_page(request, assessment, _moments(assessment))
    return render(request, "checklist/read.html", _reading(request, assessment))


@require_POST
def save_moment(request: PageRequest, pk: int, number: int) -> HttpResponse:
    """Save one moment as one goes; answers with its state, or the whole moment where it needs a decision."""
    assessment = get_object_or_404(_visible(request), pk=pk)
    item = next((item for item in assessment.items if item.number == number), None)
    if item is None:
        raise Http404
    require(request.user, Perm.EDIT_ASSESSMENT, assessment)
    moment = Moment(item, MomentForm(request.POST, item=item, scale=assessment, score=None), score=None, before=None)
    if not _save(moment, assessment, request.user):
        return _not_saved(request, get_assessment(request, pk), moment)
    if not request.htmx:
        return redirect(f"{assessment.get_absolute_url()}#moment-{number}")
    rated = assessment.scores.filter(value__isnull=False).count()
    context = {"moment": moment, "assessment": assessment, **_progress(assessment, rated)}
    response = render(request, "checklist/moment.html#saved", {**context, "fragment": True})
    return trigger_client_event(response, "announce", {"value": f"Moment {number} är sparat."})


def _not_saved(request: PageRequest, assessment: Assessment, moment: Moment) -> HttpResponse:
    """The moment with what was typed and why it is not stored: alone, or on its page without JavaScript."""
    moments = _moments(assessment)
    place = next(index for index, other in enumerate(moments) if other.item == moment.item)
    moment.score, moment.before = moments[place].score, moments[place].before
    moments[place] = moment
    if not request.htmx:
        return _rating_page(request, assessment, moments)
    context = {"moment": moment, "assessment": assessment, **_progress(assessment, _rated(assessment))}
    return _instead_of_the_moment(render(request, "checklist/moment.html", context), moment.item.number)


def _save_all(request: PageRequest, assessment: Assessment) -> HttpResponse:
    """Without JavaScript the page posts every moment at once; each is saved on its own, so that none is lost."""
    moments = _moments(assessment, data=request.POST)
    saved = [_save(moment, assessment, request.user) for moment in moments]
    if not all(saved):
        return _rating_page(request, get_assessment(request, assessment.pk), moments)
    if "onward" in request.POST:
        return redirect("checklist:submit", assessment.pk)
    messages.success(request, "Sparat.")
    return redirect(assessment)


def _save(moment: Moment, assessment: Assessment, by: User) -> bool:
    if not moment.form.is_valid():
        return False
    try:
        moment.score = save_score(assessment=assessment, item=moment.item, by=by, **moment.form.saving())
    except ScoreTaken as taken:
        moment.taken = taken.score
        moment.form.add_error("value", taken.sentence)
    except ActionRefused as refusal:
        moment.form.add_error(refusal.field, refusal.sentence)
    return not moment.form.errors


def _moments(assessment: Assessment, data: object = None) -> list[Moment]:
    previous = previous_answers(assessment)
    return [_moment(assessment, item, previous, data) for item in assessment.items]


def _moment(assessment: Assessment, item: Item, previous: Answers, data: object = None) -> Moment:
    score = next((score for score in assessment.scores.all() if score.item_id == item.pk), None)
    form = MomentForm(data, item=item, scale=assessment, score=score)
    return Moment(item, form, score, previous.get(item.key))


def _rating_page(request: PageRequest, assessment: Assessment, moments: list[Moment]) -> HttpResponse:
    failed = [moment for moment in moments if moment.form.errors]
    progress = _progress(assessment, _rated(assessment))
    context = {"assessment": assessment, "moments": moments, "failed": failed, **progress}
    return render(request, "checklist/rate.html", context, status=422 if failed else 200)


def _rated(assessment: Assessment) -> int:
    return sum(score.value is not None for score in assessment.scores.all())


def _progress(assessment: Assessment, rated: int) -> dict[str, int]:
    return {"rated": rated, "count": len(assessment.items)}


def _reading(request: PageRequest, assessment: Assessment) -> dict[str, object]:
    """What a reader sees: comments only if they are the organisation's own or shared."""
    own = assessment.participation.organisation_id in roles_of(request.user).organisation_ids
    scores, previous = {score.item_id: score for score in assessment.scores.all()}, previous_answers(assessment)
    rows = [(item, scores.get(item.pk), previous.get(item.key)) for item in assessment.items]
    return {
        "assessment": assessment,
        "rows": rows,
        "own": own,
        "may_retract": assessment.may_be_retracted(timezone.localdate())
        and may(request.user, Perm.RETRACT_ASSESSMENT, assessment),
    }


def _instead_of_the_moment(response: HttpResponse, number: int) -> HttpResponse:
    return reswap(retarget(response, f"#moment-{number}"), "outerHTML")
