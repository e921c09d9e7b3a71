"""The pages of SKR's own people, and of the accounts that are closed."""

from functools import partial

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from accounts.requests import PageRequest
from cohorts.fields import with_dropped
from kit.ordering import by_name
from kit.pages import ConfirmPage, Crumb, FormPage, confirmed, form_page, posted, saved_or_form, store
from kit.permissions import may, require
from kit.responses import makes_new
from kit.templatetags.swedish import enumerated
from people.actions.staff import appoint_staff, called, change_role, end_staff, kept_because
from people.forms.access import RoleForm, StaffForm
from people.perms import CLOSE_ACCOUNT, EDIT_STAFF, READ_STAFF

TEMPLATE = "kit/form.html"
PER_PAGE = 50
SKR = "Sveriges Kommuner och Regioner"


@require_GET
def staff(request: PageRequest) -> HttpResponse:
    require(request.user, READ_STAFF)
    closed = User.objects.closed().order_by(by_name("name"), "pk")
    context = {
        "staff": User.objects.staff().order_by("-skr_role", by_name("name")),
        "closed": Paginator(closed, PER_PAGE).get_page(request.GET.get("sida")),
        "may_edit": may(request.user, EDIT_STAFF),
        "may_open": may(request.user, CLOSE_ACCOUNT),
    }
    return render(request, "people/access/staff.html", context)


@makes_new
@require_http_methods(["GET", "POST"])
def staff_add(request: PageRequest) -> HttpResponse:
    require(request.user, EDIT_STAFF)
    form = StaffForm(posted(request))
    if person := store(request, form, appoint_staff):
        message = f"{person.name} är {called(person)}. Ett mejl går till {person.email}."
        messages.success(request, with_dropped(message, form))
        return redirect("people:staff")
    lead = "Personen får ett mejl om hur hen loggar in."
    page = FormPage("Lägg till en person på SKR", SKR, reverse("people:staff"), way_to(), "Lägg till", lead)
    return form_page(request, TEMPLATE, form, page)


@require_http_methods(["GET", "POST"])
def staff_edit(request: PageRequest, pk: int) -> HttpResponse:
    require(request.user, EDIT_STAFF)
    person = _get(pk)
    page = FormPage(
        f"Ändra rollen för {person.name}",
        SKR,
        reverse("people:staff"),
        way_to(),
        lead="Den nya rollen gäller direkt, och personen får ett mejl.",
        fixed=kept_because(person, request.user),
    )
    form = RoleForm(posted(request), user=person)
    return saved_or_form(request, TEMPLATE, form, page, partial(change_role, user=person), "Rollen är ändrad.")


@require_http_methods(["GET", "POST"])
def staff_end(request: PageRequest, pk: int) -> HttpResponse:
    require(request.user, EDIT_STAFF)
    person = _get(pk)
    led = [cohort.name for cohort in person.contact_for.all()]
    page = ConfirmPage(
        f"Avsluta rollen för {person.name}?",
        SKR,
        reverse("people:staff"),
        way_to(),
        button="Avsluta rollen",
        danger=True,
        fixed=kept_because(person, request.user),
        happens=(
            f"{person.name} är inte längre {called(person)}, loggas ut direkt och kan inte logga in igen.",
            *([f"Du blir projektledare och kontaktperson för {enumerated(led)} i stället."] if led else []),
            "Det som personen har skrivit och gjort finns kvar.",
            f"Ett mejl går till {person.email}, och alla processledare ser det bland händelserna.",
        ),
    )
    done = f"Rollen för {person.name} är avslutad."
    return confirmed(request, forms.Form(posted(request)), page, partial(end_staff, user=person), done)


def way_to() -> list[Crumb]:
    return [Crumb(reverse("people:staff"), "Personer på SKR")]


def _get(pk: int) -> User:
    return get_object_or_404(User.objects.staff(), pk=pk)
