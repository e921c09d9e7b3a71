"""Back after a save makes no second row: what makes something new is sent twice, and then with other words."""

import pytest
from django.apps import apps
from django.urls import resolve, reverse

from kit.guard.reading import forms_of
from kit.models import AuditEvent, KeptForm, SentForm
from tests.modell.test_typed import DRAWN, Typist
from tests.pages import views
from tests.sent_forms import MAKES, NOT_NEW
from tests.world import place

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

OURS = [model for model in apps.get_models() if model not in (AuditEvent, KeptForm, SentForm)]


def test_every_view_that_makes_something_is_tried():
    assert {name for name, view in views() if getattr(view, "makes_new", False)} == set(MAKES)
    assert not set(MAKES) & set(NOT_NEW)


def form_for(client, world, name, page):
    for row in DRAWN:
        for role in row.ok if row.name == page else ():
            client.force_login(world.users[role])
            answer = client.get(reverse(row.name, args=place(world, row.where)), follow=True)
            for form in forms_of(answer.text, answer.request["PATH_INFO"]):
                [*addresses] = form.addresses
                if form.tag.get("data-guard") and resolve(addresses[0]).view_name == name:
                    return form, addresses[0]
    raise AssertionError(f"no form for {name}")


def rows():
    return {model._meta.label: model._base_manager.count() for model in OURS}


@pytest.mark.in_turn(3)
@pytest.mark.parametrize("name", MAKES)
def test_sent_twice_it_makes_one(client, world, name):
    typed = dict(MAKES[name])
    form, address = form_for(client, world, name, typed.pop("page", name))
    typist = Typist(form)
    typist.typed |= {field: [value] for field, value in typed.items()}
    before = rows()
    first = typist.send(client, address)
    made = rows()
    assert first.status_code == 302, first.text
    assert made != before
    assert typist.send(client, address).url == first.url
    typist.typed[form.shown[0].get("name")] = ["Andra ord"]
    again = client.get(typist.send(client, address).url, follow=True)
    assert "Det här formuläret har du redan sparat en gång." in again.text
    assert rows() == made
