"""Who is named in an interest form: added, changed and removed one at a time."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.actions import interest as actions
from cohorts.forms.interest import NamedForm
from cohorts.interest.moves import is_writable
from cohorts.interest.sections import PEOPLE
from cohorts.models import InterestPerson, InterestWriter
from cohorts.views.interest import by_key
from modell.refusals import ActionRefused
from modell.responses import refuse
from modell.staleness import content_of


@by_key
@require_http_methods(["GET", "POST"])
def interest_person_add(request: HttpRequest, writer: InterestWriter) -> HttpResponse:
    return _edit(request, writer, None)


@by_key
@require_http_methods(["GET", "POST"])
def interest_person(request: HttpRequest, writer: InterestWriter, pk: int) -> HttpResponse:
    person = next((person for person in writer.interest.people.all() if person.pk == pk), None)
    if person is None:
        messages.info(request, "Personen står inte längre i anmälan.")
        return redirect("cohorts:interest_section", writer.key, PEOPLE.key)
    return _edit(request, writer, person)


def _edit(request: HttpRequest, writer: InterestWriter, person: InterestPerson | None) -> HttpResponse:
    if not is_writable(writer.interest, timezone.localdate()):
        messages.info(request, actions.CLOSED)
        return redirect("cohorts:interest", writer.key)
    stored = content_of(person, *actions.PERSON) if person else None
    form = NamedForm(request.POST if request.method == "POST" else None, stored=stored)
    if request.method == "POST" and form.is_valid():
        content = dict(form.cleaned_data)
        seen = content.pop("seen")
        try:
            saved = actions.save_person(interest=writer.interest, person=person, seen=seen, content=content)
        except ActionRefused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{saved.name} står i anmälan.")
            return redirect("cohorts:interest_section", writer.key, PEOPLE.key)
    context = {"writer": writer, "interest": writer.interest, "person": person, "form": form}
    return render(request, "cohorts/interest/person.html", context, status=422 if form.errors else 200)


@by_key
@require_POST
def interest_person_remove(request: HttpRequest, writer: InterestWriter, pk: int) -> HttpResponse:
    try:
        actions.remove_person(interest=writer.interest, pk=pk)
    except ActionRefused as refusal:
        return refuse(request, refusal, "cohorts:interest", writer.key)
    messages.success(request, "Personen är borttagen ur anmälan.")
    return redirect("cohorts:interest_section", writer.key, PEOPLE.key)
