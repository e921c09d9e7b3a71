"""Pages where a person hands over a seat, and where politicians are changed after an election."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.requests import PageRequest
from cohorts.enums import Function
from cohorts.fetch import get_participation
from cohorts.fields import with_dropped
from cohorts.models import Delegate, Participation
from kit.ordering import by_name, swedish
from kit.pages import draw, posted, refuse_on
from kit.permissions import require
from kit.refusals import ActionRefused
from kit.staleness import digest
from kit.templatetags.swedish import day
from people.actions.leaving import Changed, change_politicians, hand_over
from people.actions.offering import Added
from people.composition import composition
from people.forms.leaving import ElectionForm, HandOverForm
from people.listing.entries import entries_of
from people.perms import EDIT_PEOPLE
from people.previewing import ListPreview, preview
from people.views.people import after_change, way_to


@require_http_methods(["GET", "POST"])
def person_leaves(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, EDIT_PEOPLE, participation)
    delegate = participation.delegates.select_related("user").filter(pk=pk).first()
    # A second click: the first one deleted the seat, if it was given today.
    if delegate is None and request.method == "POST":
        return redirect("people:people", slug, code)
    if delegate is None:
        raise Http404
    delegate.participation = participation
    form = HandOverForm(posted(request), leaving=delegate, colleagues=_colleagues(delegate))
    if request.method == "POST" and form.is_valid():
        try:
            successor = hand_over(
                delegate=delegate, to=form.to, from_day=form.cleaned_data["from_day"], by=request.user
            )
        except ActionRefused as refusal:
            refuse_on(form, refusal)
        else:
            messages.success(request, with_dropped(_hand_over_message(delegate, successor), form))
            return after_change(request, participation)
    crumbs = way_to(participation, here=False)
    context = {"participation": participation, "delegate": delegate, "form": form, "crumbs": crumbs}
    return draw(request, "people/leaves.html", form, **context)


@require_http_methods(["GET", "POST"])
def election(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """Preview the change first; store it when the previewed list is posted back, then lead to the decision."""
    participation = get_participation(request, slug, code)
    require(request.user, EDIT_PEOPLE, participation)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ElectionForm(data, files, politicians=_politicians(participation))
    if not form.is_valid():
        return _page(request, participation, form, None)
    seen, looked_at = _preview(participation, form), _digest(form)
    if "change" in request.POST and form.cleaned_data["looked_at"] == looked_at and not seen.wrong:
        try:
            return _changed(request, participation, form, seen)
        except ActionRefused as refusal:
            refuse_on(form, refusal)
            return _page(request, participation, form, None)
    return _page(request, participation, _again(form, looked_at), seen)


def _changed(request: PageRequest, participation: Participation, form: ElectionForm, seen: ListPreview) -> HttpResponse:
    changed = change_politicians(
        participation=participation,
        leaving=list(form.cleaned_data["leaving"]),
        newcomers=seen.newcomers,
        from_day=form.cleaned_data["from_day"],
        by=request.user,
    )
    messages.success(request, _election_message(changed))
    place = reverse("decisions:decisions", args=[participation.cohort.slug, participation.code])
    return redirect(place)


def _page(
    request: PageRequest, participation: Participation, form: ElectionForm, seen: ListPreview | None
) -> HttpResponse:
    refused = bool(form.is_bound and form.errors) or (seen is not None and bool(seen.wrong))
    context = {
        "participation": participation,
        "form": form,
        "seen": seen,
        "leaving": list(form.cleaned_data["leaving"]) if seen else [],
        "nobody_left": seen is not None and _nobody_left(participation, form, seen),
        "changed": seen is not None and "change" in request.POST,
        "crumbs": way_to(participation, here=False),
    }
    return render(request, "people/election.html", context, status=422 if refused else 200)


def _preview(participation: Participation, form: ElectionForm) -> ListPreview:
    entries = entries_of(form.cleaned_data["people"], default=Function.POLITICIAN)
    return preview(participation, entries, form.cleaned_data["from_day"], only=Function.POLITICIAN)


def _digest(form: ElectionForm) -> str:
    data = form.cleaned_data
    leaving = sorted(delegate.pk for delegate in data["leaving"])
    return digest({"people": data["people"], "leaving": leaving, "from_day": data["from_day"]})


def _again(form: ElectionForm, looked_at: str) -> ElectionForm:
    # The rows of an uploaded file now stand in the text field, where they can be corrected.
    data = form.data.copy()  # type: ignore[attr-defined]
    data["people"], data["looked_at"] = form.cleaned_data["people"], looked_at
    again = ElectionForm(data, politicians=form.fields["leaving"].queryset)  # type: ignore[attr-defined]
    again.full_clean()
    return again


def _nobody_left(participation: Participation, form: ElectionForm, seen: ListPreview) -> bool:
    # The page warns about this, but it is never refused.
    leaving = set(form.cleaned_data["leaving"])
    stays = [row for row in participation.delegates.all() if row not in leaving]
    nobody = Function.POLITICIAN in composition(stays, None, form.cleaned_data["from_day"]).missing
    return nobody and not seen.new


def _politicians(participation: Participation) -> Any:
    seats = participation.delegates.current_or_coming(timezone.localdate()).filter(function=Function.POLITICIAN)
    return seats.select_related("user").order_by("deputy", by_name("user__name"))


def _colleagues(delegate: Delegate) -> list[Delegate]:
    seats = delegate.participation.delegates.current_or_coming(timezone.localdate()).select_related("user")
    others = seats.exclude(user=delegate.user_id)
    # People with the same function come first: a deputy is the likely successor.
    return sorted(others, key=lambda row: (row.function != delegate.function, row.function, swedish(row.user.name)))


def _hand_over_message(delegate: Delegate, successor: Added | None) -> str:
    if successor is None:
        return f"{delegate.user} är inte längre representant för {delegate.participation}."
    if not isinstance(successor, Delegate):
        return (
            f"{successor.name} får ett mejl. {delegate.user} har kvar uppdraget tills {successor.name} har tackat ja."
        )
    return f"{successor.user} tar över efter {delegate.user} från {day(successor.starts_on)}. Båda får ett mejl."


def _election_message(changed: Changed) -> str:
    if not changed.is_anything:
        return "Inget ändrades: bytet var redan gjort."
    return "Bytet är gjort. De nya får ett mejl med en introduktion. Anteckna också beslutet om att ni fortsätter."
