"""Pages where writers add, change and remove the people named in an interest form."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from admission.actions import interest as actions
from admission.forms.interest import NamedForm
from admission.interest.moves import is_writable
from admission.interest.sections import PEOPLE
from admission.models import InterestPerson, InterestWriter
from admission.views.interest import by_key
from cohorts.fields import with_dropped
from kit.pages import draw, posted
from kit.refusals import ActionRefused
from kit.responses import post_only, refuse
from kit.staleness import content_of


@by_key
@require_http_methods(["GET", "POST"])
def interest_person_add(request: HttpRequest, writer: InterestWriter) -> HttpResponse:
    return _edit(request, writer, None)


@by_key
@require_http_methods(["GET", "POST"])
def interest_person(request: HttpRequest, writer: InterestWriter, pk: int) -> HttpResponse:
    person = next((person for person in writer.interest.people.all() if person.pk == pk), None)
    if person is None:
        messages.info(request, "Personen finns inte längre i anmälan.")
        return redirect("admission:interest_section", writer.key, PEOPLE.key)
    return _edit(request, writer, person)


def _edit(request: HttpRequest, writer: InterestWriter, person: InterestPerson | None) -> HttpResponse:
    if not is_writable(writer.interest, timezone.localdate()):
        messages.info(request, actions.CLOSED)
        return redirect("admission:interest", writer.key)
    stored = content_of(person, *actions.PERSON) if person else None
    form = NamedForm(posted(request), stored=stored)
    if request.method == "POST" and form.is_valid():
        content = dict(form.cleaned_data)
        seen = content.pop("seen")
        try:
            saved = actions.save_person(interest=writer.interest, person=person, seen=seen, content=content)
        except ActionRefused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, with_dropped(f"{saved.name} finns med i anmälan.", form))
            return redirect("admission:interest_section", writer.key, PEOPLE.key)
    context = {"writer": writer, "interest": writer.interest, "person": person, "form": form}
    return draw(request, "admission/interest/person.html", form, **context)


@by_key
@post_only
def interest_person_remove(request: HttpRequest, writer: InterestWriter, pk: int) -> HttpResponse:
    try:
        actions.remove_person(interest=writer.interest, pk=pk)
    except ActionRefused as refusal:
        return refuse(request, refusal, "admission:interest", writer.key)
    messages.success(request, "Personen är borttagen ur anmälan.")
    return redirect("admission:interest_section", writer.key, PEOPLE.key)
