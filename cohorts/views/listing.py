"""Several people at once, from a list: seen row by row before anything is stored, and stored all or none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cohorts.actions.people import add_delegates, add_to_several
from cohorts.fetch import get_cohort, get_participation
from cohorts.forms.people import CohortListForm, ListForm
from cohorts.listing import entries_of
from cohorts.models import Delegate
from cohorts.naming import Names
from cohorts.previewing import Preview, preview, preview_of_cohort
from cohorts.views.people import way_to
from modell.http import PageRequest
from modell.permissions import Perm, require
from modell.refusals import ActionRefused
from modell.staleness import digest
from modell.templatetags.swedish import in_words, sentence


@dataclass(frozen=True)
class Listed:
    """Whose list it is: one organisation's, or a whole omgång's. `back` is where its people stand afterwards."""

    form: type[ListForm]
    see: Callable[[str], Preview]
    add: Callable[[Preview], Sequence[Delegate]]
    template: str
    back: str
    context: dict[str, object]


@require_http_methods(["GET", "POST"])
def people_list(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, Perm.EDIT_PEOPLE, participation)
    today = timezone.localdate()
    listed = Listed(
        form=ListForm,
        see=lambda text: preview(participation, entries_of(text), today),
        add=lambda seen: add_delegates(participation=participation, newcomers=seen.newcomers, by=request.user),
        template="cohorts/people/list.html",
        back=reverse("cohorts:people", args=[slug, code]),
        context={"participation": participation, "crumbs": way_to(participation, here=False)},
    )
    return _answer(request, listed)


@require_http_methods(["GET", "POST"])
def cohort_list(request: PageRequest, slug: str) -> HttpResponse:
    """The people of all an omgång's organisations at once: each row names its own."""
    cohort = get_cohort(request, slug)
    require(request.user, Perm.EDIT_ALL_PEOPLE, cohort)
    today, names = timezone.localdate(), Names(cohort.participations.with_organisation())
    back = reverse("cohorts:directory", args=[slug])
    crumbs = [{"url": cohort.get_absolute_url(), "label": cohort.name}, {"url": back, "label": "Personer"}]
    listed = Listed(
        form=CohortListForm,
        see=lambda text: preview_of_cohort(names.by_code, entries_of(text, names=names), today),
        add=lambda seen: add_to_several(lists=seen.lists, by=request.user),
        template="cohorts/people/cohort_list.html",
        back=back,
        context={"cohort": cohort, "crumbs": crumbs, "any_organisation": bool(names.by_code)},
    )
    return _answer(request, listed)


def _answer(request: PageRequest, listed: Listed) -> HttpResponse:
    """Paste or choose a file, see what will happen to each row, add them: all posts of this one address."""
    form = listed.form(request.POST, request.FILES) if request.method == "POST" else listed.form()
    if not form.is_valid():
        return _page(request, listed, form, None)
    text = form.cleaned_data["people"]
    seen = listed.see(text)
    looked_at = digest({"people": text})
    if "add" in request.POST and looked_at == form.cleaned_data["looked_at"] and not seen.wrong:
        try:
            added = listed.add(seen)
        except ActionRefused as refusal:
            form.add_error("people", refusal.sentence)
            return _page(request, listed, form, None)
        messages.success(request, told(len(added)))
        return redirect(listed.back)
    again = listed.form(initial={"people": text, "looked_at": looked_at})
    return _page(request, listed, again, seen, changed="add" in request.POST)


def told(number: int) -> str:
    if not number:
        return "Ingen lades till: alla i listan är redan med."
    if number == 1:
        return "En person är tillagd. En inbjudan skickas."
    return f"{sentence(in_words(number))} personer är tillagda. En inbjudan skickas till var och en."


def _page(
    request: PageRequest, listed: Listed, form: ListForm, seen: Preview | None, *, changed: bool = False
) -> HttpResponse:
    """`changed` says that the list was another than the one looked at, so nothing was added."""
    refused = bool(form.is_bound and form.errors) or (seen is not None and bool(seen.wrong))
    context = {**listed.context, "form": form, "seen": seen, "changed": changed, "back": listed.back}
    return render(request, listed.template, context, status=422 if refused else 200)
