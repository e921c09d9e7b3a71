"""Börja här: what someone new does first, and how long the first pages lead there."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from accounts.enums import SkrRole
from cohorts.enums import Function, Role
from tests.factories import DelegateFactory, ParticipationFactory, UserFactory

pytestmark = pytest.mark.django_db
BEGIN = "/borja-har/"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(date(2026, 11, 22), tick=False):
        yield


@pytest.mark.parametrize(
    ("role", "function", "first"),
    [
        (Role.PARTICIPANT, Function.STRATEGIST, "Läs om stegen i programmet"),
        (Role.PARTICIPANT, Function.CONTRIBUTOR, "Läs om stegen i programmet"),
        (Role.PARTICIPANT, Function.POLITICIAN, "Läs läget"),
        (Role.PARTICIPANT, Function.MANAGER, "Läs läget"),
        (Role.MENTOR, Function.STRATEGIST, "Läs vad uppdraget innebär"),
    ],
)
def test_each_begins_with_ones_own_and_every_link_opens(client, role, function, first):
    client.force_login(DelegateFactory(participation=ParticipationFactory(role=role), function=function).user)
    rows = client.get(BEGIN).context["beginning"].first
    assert rows[0].label == first
    assert [client.get(row.url, follow=True).status_code for row in rows] == [200] * len(rows)


def test_skr_begins_with_the_omgangar(client):
    client.force_login(UserFactory(skr_role=SkrRole.PROCESS_LEADER))
    assert client.get(BEGIN).url == reverse("overview:cohorts")


@pytest.mark.parametrize(("starts_on", "leads"), [(date(2026, 9, 23), True), (date(2026, 9, 22), False)])
@pytest.mark.parametrize("function", [Function.STRATEGIST, Function.POLITICIAN])
def test_the_first_page_leads_there_for_sixty_days(client, starts_on, leads, function):
    seat = DelegateFactory(function=function, starts_on=starts_on)
    client.force_login(seat.user)
    assert ("Är du ny i programmet?" in client.get("/", follow=True).text) is leads


def test_the_frame_says_whom_to_ask_by_name(client):
    contact = UserFactory(name="Kim Kontakt", email="kim@skr.example", skr_role=SkrRole.PROCESS_LEADER)
    seat = DelegateFactory(participation__cohort__contact=contact)
    client.force_login(seat.user)
    asks = '<a href="mailto:kim@skr.example">Kim Kontakt</a> på SKR'
    assert asks in client.get("/ordlista/").text
    assert asks in client.get("/finns-inte/").text
    client.logout()
    assert "Kim Kontakt" not in client.get("/ordlista/").text
