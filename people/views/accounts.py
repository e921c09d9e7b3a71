"""The pages where SKR closes an account that nobody needs any longer, and opens it again."""

from functools import partial

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.requests import PageRequest
from kit.pages import ConfirmPage, confirmed, posted
from kit.permissions import require
from people.actions.accounts import close_account, needed_for, open_account
from people.perms import CLOSE_ACCOUNT
from people.views.staff import way_to


@require_http_methods(["GET", "POST"])
def account_close(request: PageRequest, pk: int) -> HttpResponse:
    require(request.user, CLOSE_ACCOUNT)
    person = get_object_or_404(User, pk=pk)
    page = ConfirmPage(
        f"Avsluta kontot för {person.name}?",
        person.email,
        reverse("people:staff"),
        way_to(),
        button="Avsluta kontot",
        danger=True,
        fixed=needed_for(person),
        happens=(
            f"{person.name} loggas ut direkt och kan inte logga in igen.",
            "Det som personen har skrivit och gjort finns kvar. Frågor om uppdrag som väntar på svar ligger kvar.",
            f"Ett mejl går till {person.email}, och alla processledare ser det bland händelserna.",
            "Kontot går att öppna igen. Det står bland de avslutade kontona, under Personer på SKR.",
        ),
    )
    done = f"Kontot för {person.name} är avslutat."
    return confirmed(request, forms.Form(posted(request)), page, partial(close_account, user=person), done)


@require_http_methods(["GET", "POST"])
def account_open(request: PageRequest, pk: int) -> HttpResponse:
    require(request.user, CLOSE_ACCOUNT)
    person = get_object_or_404(User, pk=pk)
    page = ConfirmPage(
        f"Öppna kontot för {person.name}?",
        person.email,
        reverse("people:staff"),
        way_to(),
        button="Öppna kontot",
        happens=(
            f"{person.name} kan logga in igen. Det ger inget nytt uppdrag och ingen roll.",
            f"Ett mejl går till {person.email}, och alla processledare ser det bland händelserna.",
        ),
    )
    done = f"Kontot för {person.name} är öppet."
    return confirmed(request, forms.Form(posted(request)), page, partial(open_account, user=person), done)
