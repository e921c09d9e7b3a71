"""SKR's pages of an omgång's interest forms, and of the board's answers to them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import PageRequest
from admission.actions.admission import answer_interests
from admission.enums import InterestState as State
from admission.forms.admission import BoardAnswerForm
from admission.interest.moves import erased_from, is_answerable, is_answered
from admission.interest.outgoing import Outgoing, outgoing, previews
from admission.interest.progress import counted, rows_of, stages
from admission.interest.sections import missing, sections_as_read
from admission.models import Interest
from admission.perms import ADMIT, LET_IN, READ_INTERESTS
from admission.views.holders import asks_of
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_cohort
from cohorts.models import Cohort
from kit.pages import Crumb, draw, posted, refuse_on
from kit.permissions import may, require
from kit.refusals import ActionRefused
from people.perms import ADD_PARTICIPATION

CHOSEN = "anmalan"


@require_GET
def interests(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, READ_INTERESTS, cohort)
    rows = rows_of(cohort)
    context = {
        "cohort": cohort,
        "crumbs": _way_to(cohort),
        "rows": rows,
        "waiting": counted(rows, State.SUBMITTED),
        "admitted": counted(rows, State.ADMITTED),
        "may_admit": may(request.user, ADMIT, cohort),
        "may_add": may(request.user, ADD_PARTICIPATION, cohort),
        "answerable": any(is_answerable(row.interest) for row in rows),
        "takes_interest": cohort.takes_interest(timezone.localdate()),
        "asks": asks_of(cohort),
    }
    return render(request, "admission/interest/interests.html", context)


@require_GET
def interest_read(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, READ_INTERESTS, cohort)
    detail = cohort.interests.select_related("organisation", "cohort", "participation").prefetch_related(
        "people", "partners", "writers"
    )
    interest = get_object_or_404(detail, pk=pk)
    context = {
        "cohort": cohort,
        "crumbs": _way_to(cohort, here=False),
        "interest": interest,
        "sections": sections_as_read(interest),
        "missing": missing(interest),
        "stages": stages(interest),
        "may_answer": is_answerable(interest) and may(request.user, ADMIT, cohort),
        "erased_on": erased_from(interest),
        "may_let_in": may(request.user, LET_IN, cohort),
    }
    return render(request, "admission/interest/read.html", context)


@require_http_methods(["GET", "POST"])
def interests_answer(request: PageRequest, slug: str) -> HttpResponse:
    """Give all chosen forms the same answer; the mail can be previewed before it is sent."""
    cohort = get_cohort(request, slug, "contact")
    require(request.user, ADMIT, cohort)
    keys = [key for key in request.GET.getlist(CHOSEN) if key.isdecimal()]
    chosen = list(cohort.interests.filter(pk__in=keys).select_related("organisation", "cohort"))
    if not chosen or not all(is_answerable(interest) for interest in chosen):
        messages.info(request, "Välj en eller flera anmälningar som är inskickade.")
        return redirect("admission:interests", slug)
    form = _form(request, chosen)
    preview: dict[str, object] = {"preview": None}
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            preview = _preview(chosen, form)
        elif _answered(request, chosen, form):
            return redirect("admission:interests", slug)
    context = {
        "cohort": cohort,
        "crumbs": _way_to(cohort, here=False),
        "chosen": chosen,
        "form": form,
        **preview,
    }
    return draw(request, "admission/interest/answer.html", form, **context)


def _answered(request: PageRequest, chosen: list[Interest], form: BoardAnswerForm) -> bool:
    mails = outgoing(chosen, form.as_answer)
    try:
        answered = answer_interests(interests=chosen, answer=form.as_answer, reason=form.why, by=request.user)
    except ActionRefused as refusal:
        refuse_on(form, refusal)
        return False
    messages.success(request, _told(len(answered), mails))
    return True


def _told(answered: int, mails: Outgoing) -> str:
    if not answered:
        return "Samma svar fanns redan. Inget nytt mejl är skickat."
    if answered == mails.number == 1:
        return "Svaret är sparat och mejlat."
    return f"{'Svaret är sparat' if answered == 1 else 'Svaren är sparade'}. {mails.in_words} är på väg."


def _preview(chosen: list[Interest], form: BoardAnswerForm) -> dict[str, object]:
    mail, *invitation = previews(chosen[0], form.as_answer, form.why)
    return {"preview": mail, "invitation": next(iter(invitation), None), "mails": outgoing(chosen, form.as_answer)}


def _form(request: PageRequest, chosen: list[Interest]) -> BoardAnswerForm:
    first, changes = chosen[0], any(is_answered(interest) for interest in chosen)
    met = first.cohort.board_meets_on
    initial: dict[str, object] = {"answered_on": met if met and met <= timezone.localdate() else timezone.localdate()}
    # A single form that already has an answer starts from it.
    if changes and len(chosen) == 1:
        names = ("state", "answered_on", "answered_by", "answer")
        initial = {name: getattr(first, name) for name in names}
    return BoardAnswerForm(posted(request), initial=initial, changes=changes)


def _way_to(cohort: Cohort, *, here: bool = True) -> list[Crumb]:
    crumbs = [cohort_crumb(cohort)]
    all_of_them = reverse("admission:interests", args=[cohort.slug])
    return crumbs if here else [*crumbs, Crumb(all_of_them, "Intresseanmälningar")]
