"""Pages that add several people from a list, previewed row by row.

Rows that are understood are stored; the others stay in the box.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.requests import PageRequest
from cohorts.crumbs import cohort_crumb
from cohorts.enums import Function
from cohorts.fetch import get_cohort, get_participation
from kit.limits import heavy
from kit.pages import Crumb
from kit.permissions import require
from kit.refusals import ActionRefused
from kit.staleness import digest
from kit.templatetags.swedish import in_words, sentence
from people.actions.offering import Added
from people.actions.seats import add_delegates, add_to_several
from people.forms.people import CohortListForm, PeopleListForm
from people.listing.entries import entries_of, with_chosen
from people.organisation_names import Names
from people.perms import EDIT_ALL_PEOPLE, EDIT_PEOPLE
from people.previewing import ListPreview, preview, preview_of_cohort
from people.views.people import way_to

# The name of a row's choice of function begins so.
CHOICE = "funktion:"


@dataclass(frozen=True)
class ListPage:
    """`see` takes the text, the functions chosen at its rows and whether to invite now, and `add` the last of these.

    `back` is the page that follows once all people are stored.
    """

    form: type[PeopleListForm]
    see: Callable[[str, Mapping[str, str], bool], ListPreview]
    add: Callable[[ListPreview, bool], Sequence[Added]]
    template: str
    back: str
    context: dict[str, object]


@require_http_methods(["GET", "POST"])
def people_list(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, EDIT_PEOPLE, participation)
    today, own = timezone.localdate(), Names([participation])
    listed = ListPage(
        form=PeopleListForm,
        see=lambda text, chosen, invites: preview(
            participation, with_chosen(entries_of(text, own=own), chosen), today, invites=invites
        ),
        add=lambda seen, invites: add_delegates(
            participation=participation, newcomers=seen.newcomers, by=request.user, invited=invites
        ),
        template="people/list.html",
        back=reverse("people:people", args=[slug, code]),
        context={"participation": participation, "crumbs": way_to(participation, here=False)},
    )
    return _answer(request, listed)


@require_http_methods(["GET", "POST"])
def cohort_list(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, EDIT_ALL_PEOPLE, cohort)
    today, names = timezone.localdate(), Names(cohort.participations.with_organisation())
    back = reverse("people:directory", args=[slug])
    crumbs = [cohort_crumb(cohort), Crumb(back, "Personer")]
    listed = ListPage(
        form=CohortListForm,
        see=lambda text, chosen, invites: preview_of_cohort(
            names.by_code, with_chosen(entries_of(text, names=names), chosen), today, invites=invites
        ),
        add=lambda seen, invites: add_to_several(lists=seen.lists, by=request.user, invited=invites),
        template="people/cohort_list.html",
        back=back,
        context={"cohort": cohort, "crumbs": crumbs, "any_organisation": bool(names.by_code)},
    )
    return _answer(request, listed)


def _answer(request: PageRequest, listed: ListPage) -> HttpResponse:
    if request.method != "POST":
        return _page(request, listed, listed.form(), None)
    with heavy(request.user):
        return _read(request, listed)


def _read(request: PageRequest, listed: ListPage) -> HttpResponse:
    form = listed.form(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, listed, form, None)
    text, chosen, later = form.cleaned_data["people"], _chosen(request), form.cleaned_data["later"]
    seen = listed.see(text, chosen, not later)
    # Only a list that has been previewed as it stands is stored.
    as_seen = digest({"people": text}) == form.cleaned_data["looked_at"]
    if "add" not in request.POST or not as_seen or (seen.wrong and not seen.new):
        return _preview(request, listed, text, seen, later=later, changed="add" in request.POST and not as_seen)
    try:
        added = listed.add(seen, not later)
    except ActionRefused as refusal:
        form.add_error("people", refusal.sentence)
        return _page(request, listed, form, None)
    messages.success(request, _added_message(len(added), later=later))
    if not seen.left:
        return redirect(listed.back)
    return _preview(request, listed, seen.left, listed.see(seen.left, chosen, not later), later=later, is_rest=True)


def _chosen(request: PageRequest) -> dict[str, str]:
    return {name.removeprefix(CHOICE): str(value) for name, value in request.POST.items() if name.startswith(CHOICE)}


def _preview(
    request: PageRequest,
    listed: ListPage,
    text: str,
    seen: ListPreview,
    *,
    later: bool,
    **how: bool,
) -> HttpResponse:
    form = listed.form(initial={"people": text, "looked_at": digest({"people": text}), "later": later})
    return _page(request, listed, form, seen, **how)


def _added_message(number: int, *, later: bool) -> str:
    if not number:
        return "Ingen lades till: alla i listan är redan med."
    if later:
        added = "En person är tillagd" if number == 1 else f"{sentence(in_words(number))} personer är tillagda"
        return f"{added}. Bjud in från sidan med personer när du vill."
    if number == 1:
        return "En person är tillagd. En inbjudan skickas."
    return f"{sentence(in_words(number))} personer är tillagda. En inbjudan skickas till var och en."


def _page(
    request: PageRequest,
    listed: ListPage,
    form: PeopleListForm,
    seen: ListPreview | None,
    *,
    changed: bool = False,
    is_rest: bool = False,
) -> HttpResponse:
    """`changed` means that the posted list was not the previewed one; `is_rest` that the other rows were added."""
    refused = bool(form.is_bound and form.errors) or (seen is not None and bool(seen.wrong) and not is_rest)
    context = {
        **listed.context,
        "form": form,
        "seen": seen,
        "changed": changed,
        "is_rest": is_rest,
        "back": listed.back,
        "choice": CHOICE,
        "functions": Function.choices,
    }
    return render(request, listed.template, context, status=422 if refused else 200)
