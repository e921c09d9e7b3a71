"""SKR's pages of an omgång's interest forms: all of them, one of them, and the board's answer to one or several."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from cohorts.actions.admission import answer_interests
from cohorts.enums import InterestState as State
from cohorts.fetch import get_cohort
from cohorts.forms.admission import AnswerForm
from cohorts.interest import mail
from cohorts.interest.moves import erased_from, is_answerable, is_answered
from cohorts.interest.reading import counted, rows_of, stages
from cohorts.interest.sections import missing, told
from cohorts.models import Cohort, Interest
from mailings.writing import Frame, Written, write
from modell.http import PageRequest
from modell.permissions import Perm, may, require
from modell.refusals import ActionRefused

CHOSEN = "anmalan"


@require_GET
def interests(request: PageRequest, slug: str) -> HttpResponse:
    """Every interest form of the omgång; those that wait for an answer first."""
    cohort = get_cohort(request, slug)
    require(request.user, Perm.READ_INTERESTS, cohort)
    rows = rows_of(cohort)
    context = {
        "cohort": cohort,
        "crumbs": _way_to(cohort),
        "rows": rows,
        "waiting": counted(rows, State.SUBMITTED),
        "admitted": counted(rows, State.ADMITTED),
        "may_admit": may(request.user, Perm.ADMIT, cohort),
        "may_add": may(request.user, Perm.ADD_PARTICIPATION, cohort),
        "answerable": any(is_answerable(row.interest) for row in rows),
        "takes_interest": cohort.takes_interest(timezone.localdate()),
    }
    return render(request, "cohorts/interest/interests.html", context)


@require_GET
def interest_read(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, Perm.READ_INTERESTS, cohort)
    detail = cohort.interests.select_related("organisation", "cohort", "participation").prefetch_related(
        "people", "partners"
    )
    interest = get_object_or_404(detail, pk=pk)
    context = {
        "cohort": cohort,
        "crumbs": _way_to(cohort, here=False),
        "interest": interest,
        "told": told(interest),
        "missing": missing(interest),
        "stages": stages(interest),
        "may_answer": is_answerable(interest) and may(request.user, Perm.ADMIT, cohort),
        "erased_on": erased_from(interest),
    }
    return render(request, "cohorts/interest/read.html", context)


@require_http_methods(["GET", "POST"])
def interests_answer(request: PageRequest, slug: str) -> HttpResponse:
    """The same decision for all that are chosen; the mail can be read before it is sent."""
    cohort = get_cohort(request, slug, "contact")
    require(request.user, Perm.ADMIT, cohort)
    keys = [key for key in request.GET.getlist(CHOSEN) if key.isdecimal()]
    chosen = list(cohort.interests.filter(pk__in=keys).select_related("organisation", "cohort"))
    if not chosen or not all(is_answerable(interest) for interest in chosen):
        messages.info(request, "Välj en eller flera anmälningar som är inskickade.")
        return redirect("cohorts:interests", slug)
    form = _form(request, chosen)
    preview = None
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            preview = _preview(chosen, form)
        elif _answered(request, chosen, form):
            return redirect("cohorts:interests", slug)
    context = {
        "cohort": cohort,
        "crumbs": _way_to(cohort, here=False),
        "chosen": chosen,
        "form": form,
        "preview": preview,
    }
    return render(request, "cohorts/interest/answer.html", context, status=422 if form.errors else 200)


def _answered(request: PageRequest, chosen: list[Interest], form: AnswerForm) -> bool:
    try:
        told = answer_interests(interests=chosen, answer=form.as_answer, reason=form.why, by=request.user)
    except ActionRefused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        return False
    many = "Svaret är sparat och mejlat." if len(told) == 1 else f"Svaren är sparade och mejlade till {len(told)}."
    messages.success(request, many if told else "Samma svar fanns redan. Inget nytt mejl är skickat.")
    return True


def _form(request: PageRequest, chosen: list[Interest]) -> AnswerForm:
    """Begun from the answer that stands where there is one alone, else from the board's day."""
    first, changes = chosen[0], any(is_answered(interest) for interest in chosen)
    met = first.cohort.board_meets_on
    initial: dict[str, object] = {"answered_on": met if met and met <= timezone.localdate() else timezone.localdate()}
    if changes and len(chosen) == 1:
        names = ("state", "answered_on", "answered_by", "answer")
        initial = {name: getattr(first, name) for name in names}
    return AnswerForm(request.POST if request.method == "POST" else None, initial=initial, changes=changes)


def _preview(chosen: list[Interest], form: AnswerForm) -> Written:
    """The mail to the first of them, as it will be sent; nothing is saved."""
    first, answer = chosen[0], form.as_answer
    first.state, first.answered_on, first.answered_by = answer.state, answer.answered_on, answer.answered_by
    first.answer = answer.answer
    values = {"namn": first.organisation.name, **mail.answer_values(first, form.why)}
    kind = mail.ANSWER_KINDS[State(answer.state)]
    reason = f"Du får mejlet för att du skriver intresseanmälan för {first}."
    return write(kind, values, Frame(reason, may_choose=False))


def _way_to(cohort: Cohort, *, here: bool = True) -> list[dict[str, str]]:
    crumbs = [{"url": cohort.get_absolute_url(), "label": cohort.name}]
    all_of_them = reverse("cohorts:interests", args=[cohort.slug])
    return crumbs if here else [*crumbs, {"url": all_of_them, "label": "Intresseanmälningar"}]
