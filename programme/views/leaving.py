"""Leaving: one who hands over, and the politicians after an election. `programme.actions.leaving` has what follows."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cohorts.composition import composition
from cohorts.enums import Function
from cohorts.fetch import get_participation
from cohorts.listing import entries_of
from cohorts.models import Delegate, Participation
from cohorts.previewing import Preview, preview
from cohorts.views.people import after_change, way_to
from modell.http import PageRequest
from modell.permissions import Perm, require
from modell.refusals import ActionRefused
from modell.staleness import digest
from modell.templatetags.swedish import day
from programme.actions.leaving import Changed, change_politicians, hand_over
from programme.forms.leaving import ElectionForm, HandOverForm


@require_http_methods(["GET", "POST"])
def person_leaves(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Who leaves, who takes over, from when."""
    participation = get_participation(request, slug, code)
    require(request.user, Perm.EDIT_PEOPLE, participation)
    delegate = participation.delegates.select_related("user").filter(pk=pk).first()
    if delegate is None and request.method == "POST":  # a second click: a seat given today is gone by the first
        return redirect("cohorts:people", slug, code)
    if delegate is None:
        raise Http404
    delegate.participation = participation
    form = HandOverForm(
        request.POST if request.method == "POST" else None, leaving=delegate, colleagues=_colleagues(delegate)
    )
    if request.method == "POST" and form.is_valid():
        try:
            successor = hand_over(
                delegate=delegate, to=form.to, from_day=form.cleaned_data["from_day"], by=request.user
            )
        except ActionRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            messages.success(request, _told(delegate, successor))
            return after_change(request, participation)
    crumbs = way_to(participation, here=False)
    context = {"participation": participation, "delegate": delegate, "form": form, "crumbs": crumbs}
    return render(request, "programme/people/leaves.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def election(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """All politicians at once: who leaves, who is new; seen before it is done, and then asked about the decision."""
    participation = get_participation(request, slug, code)
    require(request.user, Perm.EDIT_PEOPLE, participation)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ElectionForm(data, files, politicians=_politicians(participation))
    if not form.is_valid():
        return _page(request, participation, form, None)
    seen, looked_at = _preview(participation, form), _digest(form)
    if "change" in request.POST and form.cleaned_data["looked_at"] == looked_at and not seen.wrong:
        try:
            return _changed(request, participation, form, seen)
        except ActionRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
            return _page(request, participation, form, None)
    return _page(request, participation, _again(form, looked_at), seen)


def _changed(request: PageRequest, participation: Participation, form: ElectionForm, seen: Preview) -> HttpResponse:
    changed = change_politicians(
        participation=participation,
        leaving=list(form.cleaned_data["leaving"]),
        newcomers=seen.newcomers,
        from_day=form.cleaned_data["from_day"],
        by=request.user,
    )
    messages.success(request, _told_of_election(changed))
    place = reverse("cohorts:decisions", args=[participation.cohort.slug, participation.code])
    return redirect(place)


def _page(request: PageRequest, participation: Participation, form: ElectionForm, seen: Preview | None) -> HttpResponse:
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
    return render(request, "programme/people/election.html", context, status=422 if refused else 200)


def _preview(participation: Participation, form: ElectionForm) -> Preview:
    entries = entries_of(form.cleaned_data["people"], default=Function.POLITICIAN)
    return preview(participation, entries, form.cleaned_data["from_day"], only=Function.POLITICIAN)


def _digest(form: ElectionForm) -> str:
    data = form.cleaned_data
    leaving = sorted(delegate.pk for delegate in data["leaving"])
    return digest({"people": data["people"], "leaving": leaving, "from_day": data["from_day"]})


def _again(form: ElectionForm, looked_at: str) -> ElectionForm:
    """The same, with what was read of a file in the field, and the mark that it has been looked at."""
    data = form.data.copy()  # type: ignore[attr-defined]
    data["people"], data["looked_at"] = form.cleaned_data["people"], looked_at
    again = ElectionForm(data, politicians=form.fields["leaving"].queryset)  # type: ignore[attr-defined]
    again.full_clean()
    return again


def _nobody_left(participation: Participation, form: ElectionForm, seen: Preview) -> bool:
    """Whether no politician would be there that day; told, never refused."""
    leaving = set(form.cleaned_data["leaving"])
    stays = [row for row in participation.delegates.all() if row not in leaving]
    nobody = Function.POLITICIAN in composition(stays, None, form.cleaned_data["from_day"]).missing
    return nobody and not seen.new


def _politicians(participation: Participation) -> Any:
    seats = participation.delegates.current_or_coming(timezone.localdate()).filter(function=Function.POLITICIAN)
    return seats.select_related("user").order_by("deputy", "user__name")


def _colleagues(delegate: Delegate) -> list[Delegate]:
    """Those of the same function first: a deputy is the one to take over."""
    seats = delegate.participation.delegates.current_or_coming(timezone.localdate()).select_related("user")
    others = seats.exclude(user=delegate.user_id)
    return sorted(others, key=lambda row: (row.function != delegate.function, row.function, row.user.name))


def _told(delegate: Delegate, successor: Delegate | None) -> str:
    if successor is None:
        return f"{delegate.user} är inte längre representant för {delegate.participation}."
    return f"{successor.user} tar över efter {delegate.user} från {day(successor.starts_on)}. Båda får ett mejl."


def _told_of_election(changed: Changed) -> str:
    if not changed.is_anything:
        return "Inget ändrades: bytet var redan gjort."
    return "Bytet är gjort. De nya får ett mejl med en introduktion. Anteckna också beslutet om att ni fortsätter."
