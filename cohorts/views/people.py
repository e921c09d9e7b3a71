from collections.abc import Sequence
from datetime import date

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.actions.addressing import may_change_address
from cohorts.actions.inviting import invite_again
from cohorts.actions.people import add_delegate, change_delegate, stored_content
from cohorts.composition import composition
from cohorts.elections import wants_reaffirming
from cohorts.enums import Function
from cohorts.fetch import get_participation
from cohorts.forms.people import ChangePersonForm, PersonForm
from cohorts.models import Delegate, Participation
from modell.http import PageRequest
from modell.permissions import Perm, may, require
from modell.refusals import ActionRefused
from modell.responses import refuse


def people(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """An organisation's representatives by function; those whose task is over stand folded."""
    participation = get_participation(request, slug, code, "cohort__contact")
    require(request.user, Perm.READ_PEOPLE, participation)
    today = timezone.localdate()
    delegates = list(participation.delegates.select_related("user", "succeeds__user"))
    over = [delegate for delegate in delegates if delegate.ends_on and delegate.ends_on < today]
    context = {
        "participation": participation,
        "crumbs": way_to(participation),
        "by_function": _by_function([delegate for delegate in delegates if delegate not in over]),
        "any_current": len(over) < len(delegates),
        "over": over,
        "composition": composition(delegates, participation.both_sides, today),
        "reaffirm_after": _election_to_confirm(request, participation, today),
        "may_edit": may(request.user, Perm.EDIT_PEOPLE, participation),
        "may_read_participation": may(request.user, Perm.READ_PARTICIPATION, participation),
        "may_read_decisions": may(request.user, Perm.READ_DECISIONS, participation),
        "today": today,
    }
    return render(request, "cohorts/people/people.html", context)


@require_http_methods(["GET", "POST"])
def person_add(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, Perm.EDIT_PEOPLE, participation)
    form = PersonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            delegate = add_delegate(participation=participation, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, f"{delegate.user} är tillagd. En inbjudan skickas till {delegate.user.email}.")
            return redirect("cohorts:people", slug, code)
    context = {"participation": participation, "form": form, "crumbs": way_to(participation, here=False)}
    return render(request, "cohorts/people/person_add.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def person_edit(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Correct what is wrong: function, deputy, days, and the person's name and address."""
    participation = get_participation(request, slug, code)
    require(request.user, Perm.EDIT_PEOPLE, participation)
    delegate = get_seat(participation, pk)
    form = ChangePersonForm(
        request.POST if request.method == "POST" else None,
        stored=stored_content(delegate),
        may_change_address=may_change_address(delegate, request.user),
    )
    if request.method == "POST" and form.is_valid():
        try:
            changed = change_delegate(delegate=delegate, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.refuse(refusal)
        else:
            return _changed(request, participation, delegate, changed)
    crumbs = way_to(participation, here=False)
    context = {"participation": participation, "delegate": delegate, "form": form, "crumbs": crumbs}
    return render(request, "cohorts/people/person_edit.html", context, status=422 if form.errors else 200)


def _changed(request: PageRequest, participation: Participation, before: Delegate, changed: Delegate) -> HttpResponse:
    told = f"Uppdraget för {changed.user} är ändrat."
    if changed.user.email != before.user.email:
        told += f" En inbjudan skickas till {changed.user.email}."
        if changed.user == request.user:  # one's own: one stays where one is
            update_session_auth_hash(request, changed.user)
    messages.success(request, told)
    return after_change(request, participation)


@require_POST
def person_invite(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, Perm.EDIT_PEOPLE, participation)
    try:
        delegate = invite_again(delegate=get_seat(participation, pk), by=request.user)
    except ActionRefused as refusal:
        return refuse(request, refusal, "cohorts:people", slug, code)
    messages.success(request, f"Inbjudan skickas igen till {delegate.user.email}.")
    return redirect("cohorts:people", slug, code)


def get_seat(participation: Participation, pk: int) -> Delegate:
    """One that is not over: what has been is not changed."""
    seats = participation.delegates.current_or_coming(timezone.localdate())
    delegate: Delegate | None = seats.select_related("user").filter(pk=pk).first()
    if delegate is None:
        raise Http404
    delegate.participation = participation
    return delegate


def after_change(request: PageRequest, participation: Participation) -> HttpResponse:
    """Back to the people; one whose own seat has ended or moved may not read that page any more."""
    today = timezone.localdate()
    is_in = any(seat.is_current(today) for seat in participation.delegates.filter(user=request.user))
    if not (request.user.skr_role or is_in):
        return redirect("home")
    return redirect("cohorts:people", participation.cohort.slug, participation.code)


def way_to(participation: Participation, *, here: bool = True) -> list[dict[str, str]]:
    """The way to the organisation's people; with `here` one stands on that page."""
    cohort = participation.cohort
    crumbs = [{"url": cohort.get_absolute_url(), "label": cohort.name}]
    people = reverse("cohorts:people", args=[cohort.slug, participation.code])
    return crumbs if here else [*crumbs, {"url": people, "label": f"Personer i {participation}"}]


def _election_to_confirm(request: PageRequest, participation: Participation, today: date) -> date | None:
    """Told to those who can do something about it."""
    if not may(request.user, Perm.RECORD_DECISION, participation):
        return None
    return wants_reaffirming(participation, participation.decisions.all(), today)


def _by_function(delegates: Sequence[Delegate]) -> list[tuple[str, list[Delegate]]]:
    """In the functions' own order; a function that nobody has is told of too."""
    return [
        (function.label, [delegate for delegate in delegates if delegate.function == function]) for function in Function
    ]
