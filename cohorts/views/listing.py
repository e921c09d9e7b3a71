"""Several people at once, from a list: seen row by row before anything is stored, and stored all or none."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cohorts.actions.people import add_delegates
from cohorts.fetch import get_participation
from cohorts.forms.people import ListForm
from cohorts.listing import entries_of
from cohorts.models import Participation
from cohorts.previewing import Preview, preview
from cohorts.views.people import way_to
from modell.http import PageRequest
from modell.permissions import Perm, require
from modell.refusals import ActionRefused
from modell.staleness import digest
from modell.templatetags.swedish import in_words, sentence


@require_http_methods(["GET", "POST"])
def people_list(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """Paste or choose a file, see what will happen to each row, add them: all posts of this one address."""
    participation = get_participation(request, slug, code)
    require(request.user, Perm.EDIT_PEOPLE, participation)
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    if not form.is_valid():
        return _page(request, participation, form, None)
    text = form.cleaned_data["people"]
    seen = preview(participation, entries_of(text), timezone.localdate())
    looked_at = digest({"people": text})
    if "add" in request.POST and looked_at == form.cleaned_data["looked_at"] and not seen.wrong:
        try:
            added = add_delegates(participation=participation, newcomers=seen.newcomers, by=request.user)
        except ActionRefused as refusal:
            form.add_error("people", refusal.sentence)
            return _page(request, participation, form, None)
        messages.success(request, told(len(added)))
        return redirect("cohorts:people", slug, code)
    again = ListForm(initial={"people": text, "looked_at": looked_at})
    return _page(request, participation, again, seen, changed="add" in request.POST)


def told(number: int) -> str:
    if not number:
        return "Ingen lades till: alla i listan är redan med."
    if number == 1:
        return "En person är tillagd. En inbjudan skickas."
    return f"{sentence(in_words(number))} personer är tillagda. En inbjudan skickas till var och en."


def _page(
    request: PageRequest, participation: Participation, form: ListForm, seen: Preview | None, *, changed: bool = False
) -> HttpResponse:
    """`changed` says that the list was another than the one looked at, so nothing was added."""
    refused = bool(form.is_bound and form.errors) or (seen is not None and bool(seen.wrong))
    crumbs = way_to(participation, here=False)
    context = {"participation": participation, "form": form, "seen": seen, "changed": changed, "crumbs": crumbs}
    return render(request, "cohorts/people/list.html", context, status=422 if refused else 200)
