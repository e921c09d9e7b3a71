"""An account that nobody needs any longer is closed, and can be opened again."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from kit.models import AuditEvent
from mailings.models import Mail
from people.actions.accounts import close_account, open_account
from people.models import SeatOffer
from tests.factories import DelegateFactory, EvaluatorFactory, UserFactory
from tests.people.pages import offered
from tests.refusing import refused

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 20)
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY):
        yield


@pytest.fixture
def leader(client):
    user = UserFactory(name="Petra Process", skr_role="process_leader")
    client.force_login(user)
    return user


@pytest.fixture
def gone():
    """One who was a representative until yesterday."""
    return DelegateFactory(ends_on=YESTERDAY, user__name="Siv Strateg").user


def page(name, user):
    return reverse(f"people:{name}", args=[user.pk])


def kinds():
    return list(AuditEvent.objects.order_by("pk").values_list("kind", flat=True))


def test_closing_signs_out_at_once_and_opening_lets_in_again(client, leader, gone):
    theirs = type(client)()
    theirs.force_login(gone)
    assert theirs.get("/omgangar/").status_code == 200
    answer = client.post(page("account_close", gone), follow=True)
    assert "Kontot för Siv Strateg är avslutat." in answer.text
    assert theirs.get("/omgangar/").url.startswith("/logga-in/")
    client.post(page("account_open", gone))
    assert theirs.get("/omgangar/").url.startswith("/logga-in/")  # the old session stays dead
    gone.refresh_from_db()
    theirs.force_login(gone)
    assert theirs.get("/omgangar/").status_code == 200


def test_both_are_told_and_stand_in_the_trail_once(leader, gone):
    for action in (close_account, close_account, open_account, open_account):
        action(user=gone, by=leader)
    assert kinds() == ["account_closed", "account_opened"]
    mails = Mail.objects.filter(recipient=gone).order_by("pk")
    assert [mail.subject for mail in mails] == ["Ditt konto i Modell är avslutat", "Ditt konto i Modell är öppet igen"]
    assert "Petra Process på SKR har avslutat ditt konto" in mails[0].text


@pytest.mark.parametrize("ends_on", [None, TODAY, date(2027, 1, 1)])
def test_not_while_the_person_has_a_seat(client, leader, ends_on):
    seat = DelegateFactory(
        user__name="Siv Strateg",
        ends_on=ends_on,
        participation__organisation__name="Provby kommun",
        participation__cohort__name="Omgång 1",
    )
    sentence = (
        "Siv Strateg är strateg i Provby kommun i Omgång 1. Avsluta uppdraget först, bland organisationens personer."
    )
    with refused(sentence):
        close_account(user=seat.user, by=leader)
    answer = client.post(page("account_close", seat.user))
    assert (answer.status_code, sentence in answer.text) == (422, True)
    seat.user.refresh_from_db()
    assert seat.user.is_active


def test_not_while_a_seat_is_to_come(leader):
    seat = DelegateFactory(starts_on=date(2026, 10, 1))
    with refused("Avsluta uppdraget först, bland organisationens personer."):
        close_account(user=seat.user, by=leader)


def test_an_evaluator_only_when_the_time_is_over(leader):
    row = EvaluatorFactory(user__name="Ulla", cohort__name="Omgång 1", until=TODAY)
    with refused("Ulla är lärande utvärderare i Omgång 1. Avsluta uppdraget först."):
        close_account(user=row.user, by=leader)
    type(row).objects.update(until=YESTERDAY)
    assert not close_account(user=row.user, by=leader).is_active


def test_staff_are_ended_instead(leader):
    user = UserFactory(name="Ada", skr_role="administrator")
    with refused("Ada har en roll på SKR. Avsluta rollen i stället, så avslutas kontot också."):
        close_account(user=user, by=leader)


def test_a_question_about_a_seat_is_left_as_it_was(leader, gone):
    asked = offered(DelegateFactory().participation, gone)
    close_account(user=gone, by=leader)
    assert SeatOffer.objects.get() == asked


def test_it_is_offered_where_those_who_have_left_are_shown(client, leader, gone):
    participation = gone.seats.get().participation
    people = reverse("people:people", args=[participation.cohort.slug, participation.code])
    assert page("account_close", gone) in client.get(people).text
    close_account(user=gone, by=leader)
    text = client.get(people).text
    assert page("account_close", gone) not in text
    assert page("account_open", gone) in text
    assert page("account_open", gone) in client.get(reverse("people:staff")).text
    client.force_login(DelegateFactory(participation=participation).user)
    assert page("account_open", gone) not in client.get(people).text


def test_many_closed_accounts_are_paged(client, leader):
    for number in range(51):
        UserFactory(name=f"Avslutad {number:02}", is_active=False)
    first, second = (client.get(reverse("people:staff"), {"sida": number}).text for number in (1, 2))
    assert ("Avslutad 00" in first, "Avslutad 50" in first, "Sida 1 av 2" in first) == (True, False, True)
    assert "Avslutad 50" in second
