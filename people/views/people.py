from collections.abc import Sequence
from datetime import date
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import PageRequest
from cohorts.crumbs import cohort_crumb
from cohorts.enums import Function
from cohorts.fetch import get_participation
from cohorts.fields import with_dropped
from cohorts.models import Delegate, Participation
from cohorts.perms import READ_PEOPLE
from decisions.elections import wants_reaffirming
from decisions.perms import READ_DECISIONS, RECORD_DECISION
from kit.pages import Crumb, draw, posted, press, store
from kit.permissions import may, require
from kit.responses import makes_new, post_only
from people.actions.addresses import is_ours_to_correct, needs_a_yes, waiting_address
from people.actions.inviting import invite_again
from people.actions.offering import offers_of
from people.actions.seats import add_delegate, change_delegate, stored_content
from people.composition import composition
from people.forms.people import ChangePersonForm, PersonForm
from people.perms import CLOSE_ACCOUNT, EDIT_PEOPLE, READ_PARTICIPATION


@require_GET
def people(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code, "cohort__contact")
    require(request.user, READ_PEOPLE, participation)
    today = timezone.localdate()
    delegates = list(participation.delegates.select_related("user", "succeeds__user"))
    over = [delegate for delegate in delegates if delegate.ends_on and delegate.ends_on < today]
    context = {
        "participation": participation,
        "crumbs": way_to(participation),
        "by_function": _by_function([delegate for delegate in delegates if delegate not in over]),
        "any_current": len(over) < len(delegates),
        "over": over,
        "offers": offers_of(participation),
        "composition": composition(delegates, participation.both_sides, today),
        "reaffirm_after": _election_to_confirm(request, participation, today),
        "may_edit": may(request.user, EDIT_PEOPLE, participation),
        "may_close": may(request.user, CLOSE_ACCOUNT),
        "may_read_participation": may(request.user, READ_PARTICIPATION, participation),
        "may_read_decisions": may(request.user, READ_DECISIONS, participation),
        "today": today,
    }
    return render(request, "people/people.html", context)


@makes_new
@require_http_methods(["GET", "POST"])
def person_add(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, EDIT_PEOPLE, participation)
    form = PersonForm(posted(request))
    if store(request, form, partial(add_delegate, participation=participation)):
        # The same words whether the person is new or known elsewhere.
        name, email = form.cleaned_data["name"], form.cleaned_data["email"]
        message = f"{name} är tillagd. En inbjudan skickas till {email}."
        messages.success(request, with_dropped(message, form))
        return redirect("people:people", slug, code)
    context = {"participation": participation, "form": form, "crumbs": way_to(participation, here=False)}
    return draw(request, "people/person_add.html", form, **context)


@require_http_methods(["GET", "POST"])
def person_edit(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, EDIT_PEOPLE, participation)
    delegate = get_seat(participation, pk)
    form = ChangePersonForm(
        posted(request),
        stored=stored_content(delegate),
        is_ours=is_ours_to_correct(delegate, request.user),
        needs_a_yes=needs_a_yes(delegate.user, request.user),
    )
    changed = store(request, form, partial(change_delegate, delegate=delegate))
    if changed:
        return _changed(request, participation, changed, form)
    crumbs = way_to(participation, here=False)
    waiting = waiting_address(delegate.user)
    context = {"participation": participation, "delegate": delegate, "form": form, "crumbs": crumbs, "waiting": waiting}
    return draw(request, "people/person_edit.html", form, **context)


def _changed(
    request: PageRequest, participation: Participation, changed: Delegate, form: ChangePersonForm
) -> HttpResponse:
    message = f"Uppdraget för {changed.user} är ändrat."
    email = form.cleaned_data["email"]
    if email != changed.user.email and needs_a_yes(changed.user, request.user):
        message += f" Ett mejl går till {changed.user.email}. Adressen byts när personen har bekräftat det."
    elif "email" in form.changed_data:
        message += f" En inbjudan skickas till {email}."
    messages.success(request, with_dropped(message, form))
    return after_change(request, participation)


@post_only
def person_invite(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, EDIT_PEOPLE, participation)
    seat = get_seat(participation, pk)
    again = " igen" if seat.invited_at else ""
    press(request, partial(invite_again, delegate=seat), f"Inbjudan skickas{again} till {seat.user.email}.")
    return redirect("people:people", slug, code)


def get_seat(participation: Participation, pk: int) -> Delegate:
    """Return a seat that is not over, or raise 404: past seats are not changed."""
    seats = participation.delegates.current_or_coming(timezone.localdate())
    delegate: Delegate | None = seats.select_related("user").filter(pk=pk).first()
    if delegate is None:
        raise Http404
    delegate.participation = participation
    return delegate


def after_change(request: PageRequest, participation: Participation) -> HttpResponse:
    """Redirect to the people, or home if the user's own seat has ended and that page is closed to them."""
    today = timezone.localdate()
    is_in = any(seat.is_current(today) for seat in participation.delegates.filter(user=request.user))
    if not (request.user.skr_role or is_in):
        return redirect("home")
    return redirect("people:people", participation.cohort.slug, participation.code)


def way_to(participation: Participation, *, here: bool = True) -> list[Crumb]:
    cohort = participation.cohort
    crumbs = [cohort_crumb(cohort)]
    people = reverse("people:people", args=[cohort.slug, participation.code])
    return crumbs if here else [*crumbs, Crumb(people, f"Personer i {participation}")]


def _election_to_confirm(request: PageRequest, participation: Participation, today: date) -> date | None:
    # Only people who can record the decision are reminded of it.
    if not may(request.user, RECORD_DECISION, participation):
        return None
    return wants_reaffirming(participation, participation.decisions.all(), today)


def _by_function(delegates: Sequence[Delegate]) -> list[tuple[str, list[Delegate]]]:
    return [
        (function.label, [delegate for delegate in delegates if delegate.function == function]) for function in Function
    ]
