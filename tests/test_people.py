"""Who represents an organisation: read, added, ended, and the trail it leaves."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from accounts.models import User
from cohorts.enums import Function
from cohorts.models import Delegate
from modell.models import AuditEvent
from tests.factories import (
    TODAY,
    CohortFactory,
    DelegateFactory,
    EvaluatorFactory,
    GroupFactory,
    GroupMentorFactory,
    ParticipationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

ANNA = {"name": "Anna Ek", "email": "anna.ek@kommun.invalid", "function": "politician"}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def participation():
    group = GroupFactory()
    return ParticipationFactory(cohort=group.cohort, group=group)


@pytest.fixture
def strategist(participation):
    return DelegateFactory(participation=participation, user__name="Stina Strateg").user


def url(name, participation, *args):
    return reverse(f"cohorts:{name}", args=[participation.cohort.slug, participation.code, *args])


def events():
    return list(AuditEvent.objects.values_list("kind", "target", "organisation", "actor", "data"))


def test_people_by_function_with_deputies_and_past_ones_folded(client, participation, strategist):
    seat = {"participation": participation, "function": Function.POLITICIAN}
    DelegateFactory(**seat, user__name="Pia Politiker")
    DelegateFactory(**seat, user__name="Elis Ersättare", deputy=True)
    DelegateFactory(**seat, user__name="Gamla Gun", ends_on=date(2026, 11, 21))
    client.force_login(strategist)

    context = client.get(url("people", participation)).context

    shown = [(label, [(row.user.name, row.deputy) for row in rows]) for label, rows in context["by_function"]]
    assert shown == [
        ("Politiker", [("Pia Politiker", False), ("Elis Ersättare", True)]),
        ("Chef", []),
        ("Strateg", [("Stina Strateg", False)]),
        ("Medverkande", []),
    ]
    assert [row.user.name for row in context["over"]] == ["Gamla Gun"]


def test_nobody_is_registered_yet(client, participation):
    client.force_login(UserFactory(skr_role="administrator"))
    html = client.get(url("people", participation)).content.decode()
    assert "Ingen person är registrerad än." in html
    assert "Lägg till en person" in html


def test_queries_do_not_grow_with_people(client, participation, strategist, django_assert_max_num_queries):
    DelegateFactory.create_batch(12, participation=participation)
    client.force_login(strategist)
    with django_assert_max_num_queries(8):
        client.get(url("people", participation))


@pytest.mark.parametrize(
    ("who", "reads", "edits"),
    [
        ("process_leader", 200, 200),
        ("administrator", 200, 200),
        ("strategist", 200, 200),
        ("contributor", 200, 403),
        ("politician", 200, 403),
        ("mentor", 200, 403),
        ("evaluator", 403, 403),
        ("neighbour", 403, 403),
        ("stranger", 404, 404),
    ],
)
def test_who_may_read_and_who_may_edit(client, participation, strategist, who, reads, edits):
    pk = participation.delegates.get(user=strategist).pk
    client.force_login(person(who, participation, strategist))
    answers = {
        "people": client.get(url("people", participation)).status_code,
        "add": client.get(url("person_add", participation)).status_code,
        "end": client.get(url("person_end", participation, pk)).status_code,
    }
    assert answers == {"people": reads, "add": edits, "end": edits}


def person(who, participation, strategist):
    if who in ("process_leader", "administrator"):
        return UserFactory(skr_role=who)
    if who == "mentor":
        return DelegateFactory(participation=GroupMentorFactory(group=participation.group).participation).user
    if who == "evaluator":
        return EvaluatorFactory(cohort=participation.cohort).user
    if who in ("neighbour", "stranger"):
        cohort = participation.cohort if who == "neighbour" else CohortFactory()
        return DelegateFactory(participation=ParticipationFactory(cohort=cohort)).user
    return strategist if who == "strategist" else DelegateFactory(participation=participation, function=who).user


def test_a_new_person_gets_an_account_and_a_seat(client, participation, strategist):
    client.force_login(strategist)

    typed = {**ANNA, "email": "Anna.Ek@kommun.invalid", "deputy": "on"}
    response = client.post(url("person_add", participation), typed)

    assert response.url == url("people", participation)
    anna = User.objects.get(email="anna.ek@kommun.invalid")
    assert (anna.name, anna.skr_role, anna.has_usable_password()) == ("Anna Ek", "", False)
    seat = anna.seats.get()
    assert (seat.participation, seat.function, seat.deputy, seat.starts_on, seat.ends_on) == (
        participation,
        Function.POLITICIAN,
        True,
        TODAY,
        None,
    )
    code = participation.organisation.code
    data = {"function": "politician", "deputy": True}
    assert events() == [("delegate_added", "Anna Ek", code, "Stina Strateg", data)]


def test_one_who_has_an_account_keeps_it_and_the_name(client, participation, strategist):
    known = UserFactory(email=ANNA["email"], name="Anna Maria Ek")
    client.force_login(strategist)
    client.post(url("person_add", participation), ANNA)
    assert known.seats.get().participation == participation
    known.refresh_from_db()
    assert known.name == "Anna Maria Ek"


def test_what_skr_does_stands_in_the_organisations_own_trail(client, participation):
    client.force_login(UserFactory(skr_role="process_leader", name="Petra"))
    client.post(url("person_add", participation), ANNA)
    assert [(row[2], row[3]) for row in events()] == [(participation.organisation.code, "Petra")]


def sentences(response):
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


def test_an_empty_form_says_what_is_needed(client, participation, strategist):
    client.force_login(strategist)
    response = client.post(url("person_add", participation), {})
    assert response.status_code == 422
    assert sentences(response) == {
        "name": ["Skriv personens namn."],
        "email": ["Skriv personens e-postadress."],
        "function": ["Välj en funktion."],
    }


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"email": "anna"}, {"email": ["Skriv en hel e-postadress, till exempel namn@kommunen.se."]}),
        ({"function": "king"}, {"function": ["Välj en av funktionerna."]}),
        ({"name": "  "}, {"name": ["Skriv personens namn."]}),
    ],
)
def test_a_wrong_field_is_told_and_what_was_typed_is_kept(client, participation, strategist, change, wrong):
    client.force_login(strategist)
    response = client.post(url("person_add", participation), {**ANNA, **change})
    assert (response.status_code, sentences(response)) == (422, wrong)
    assert response.context["form"].data["email"] == {**ANNA, **change}["email"]


def test_adding_twice_stores_one_seat_and_says_so(client, participation, strategist):
    client.force_login(strategist)
    client.post(url("person_add", participation), ANNA)
    response = client.post(url("person_add", participation), {**ANNA, "function": "manager"})
    assert (response.status_code, sentences(response)) == (
        422,
        {"email": [f"Anna Ek är redan representant för {participation}."]},
    )
    assert Delegate.objects.filter(user__email=ANNA["email"]).count() == 1
    assert len(events()) == 1


def test_skrs_staff_and_closed_accounts_get_no_seat(client, participation, strategist):
    UserFactory(email="staff@skr.invalid", skr_role="administrator")
    UserFactory(email="closed@kommun.invalid", is_active=False)
    client.force_login(strategist)
    told = {
        email: sentences(client.post(url("person_add", participation), {**ANNA, "email": email}))
        for email in ("staff@skr.invalid", "closed@kommun.invalid")
    }
    assert told == {
        "staff@skr.invalid": {"email": ["Adressen hör till en som arbetar på SKR, och kan inte vara representant."]},
        "closed@kommun.invalid": {"email": ["Personens konto är avslutat. Be processledaren på SKR att öppna det."]},
    }
    assert events() == []


def test_one_whose_task_is_over_may_come_back(client, participation, strategist):
    old = DelegateFactory(participation=participation, ends_on=date(2026, 5, 1)).user
    client.force_login(strategist)
    client.post(url("person_add", participation), {**ANNA, "email": old.email})
    assert old.seats.count() == 2


def test_ending_asks_first_and_then_takes_access_away_at_once(client, participation, strategist):
    seat = DelegateFactory(participation=participation, user__name="Pia", function=Function.POLITICIAN)
    client.force_login(strategist)

    asked = client.get(url("person_end", participation, seat.pk))
    seat.refresh_from_db()
    assert (asked.status_code, seat.ends_on) == (200, None)

    response = client.post(url("person_end", participation, seat.pk))

    seat.refresh_from_db()
    assert (response.url, seat.ends_on) == (url("people", participation), date(2026, 11, 21))
    assert [(row[0], row[1], row[2]) for row in events()] == [
        ("delegate_ended", "Pia", participation.organisation.code)
    ]
    client.force_login(seat.user)
    assert client.get(url("people", participation)).status_code == 404


def test_ending_twice_is_told_once(client, participation, strategist):
    seat = DelegateFactory(participation=participation)
    client.force_login(strategist)
    for _ in range(2):
        client.post(url("person_end", participation, seat.pk))
    seat.refresh_from_db()
    assert (seat.ends_on, len(events())) == (date(2026, 11, 21), 1)


def test_a_seat_given_today_goes_altogether(client, participation, strategist):
    seat = DelegateFactory(participation=participation, starts_on=TODAY)
    client.force_login(strategist)
    answers = [client.post(url("person_end", participation, seat.pk)).status_code for _ in range(2)]
    assert (answers, Delegate.objects.filter(pk=seat.pk).exists(), len(events())) == ([302, 302], False, 1)


def test_the_only_strategist_cannot_end_themselves(client, participation, strategist):
    seat = strategist.seats.get()
    client.force_login(strategist)

    response = client.post(url("person_end", participation, seat.pk))

    assert response.status_code == 422
    assert "Du är den enda strategen." in response.content.decode()
    seat.refresh_from_db()
    assert (seat.ends_on, events()) == (None, [])


def test_one_of_two_strategists_may_end_themselves_and_lands_at_home(client, participation, strategist):
    DelegateFactory(participation=participation)
    client.force_login(strategist)
    response = client.post(url("person_end", participation, strategist.seats.get().pk))
    assert (response.url, strategist.seats.get().ends_on) == (reverse("home"), date(2026, 11, 21))


def test_skr_may_end_the_only_strategist(client, participation, strategist):
    client.force_login(UserFactory(skr_role="administrator"))
    client.post(url("person_end", participation, strategist.seats.get().pk))
    assert strategist.seats.get().ends_on == date(2026, 11, 21)


def test_another_organisations_seat_is_not_found_here(client, participation, strategist):
    other = DelegateFactory(participation__cohort=participation.cohort)
    client.force_login(strategist)
    assert client.get(url("person_end", participation, other.pk)).status_code == 404
