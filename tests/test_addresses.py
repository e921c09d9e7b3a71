"""The address a person signs in with, changed by those who registered them: the new opens, the old opens nothing."""

import re

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from mailings.enums import MailState
from mailings.models import Mail
from modell.models import AuditEvent
from tests.factories import TODAY, DelegateFactory, EvaluatorFactory, ParticipationFactory, UserFactory
from tests.process_factories import MailFactory
from tests.strict import StrictClient

pytestmark = pytest.mark.django_db
OLD, NEW = "ana.ek@kommun.invalid", "anna.ek@kommun.invalid"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def participation():
    return ParticipationFactory()


@pytest.fixture
def strategist(participation, client):
    seat = DelegateFactory(participation=participation, user__name="Stina Strateg")
    client.force_login(seat.user)
    return seat


@pytest.fixture
def anna(participation):
    return DelegateFactory(participation=participation, function="manager", user__name="Anna Ek", user__email=OLD)


@pytest.fixture
def leader():
    return UserFactory(skr_role="process_leader")


def url(seat):
    return reverse("cohorts:person_edit", args=[seat.participation.cohort.slug, seat.participation.code, seat.pk])


def form_of(client, seat):
    return client.get(url(seat)).context["form"]


def change(client, seat, email=NEW, **more):
    form = form_of(client, seat)
    shown = {name: form[name].value() for name in ("name", "function", "starts_on", "seen")}
    return client.post(url(seat), {**shown, "email": email, **more}, follow=True)


def address(seat):
    seat.user.refresh_from_db()
    return seat.user.email


def errors(response):
    return response.context["form"].errors.get("email")


def ask_for_code(client, email):
    client.post(reverse("account_login"), {"email": email})
    found = re.search(r"^[A-Z0-9-]{6,}$", mail.outbox[-1].body, re.M)
    return found.group() if found else None


def signs_in(client, code):
    client.post(reverse("account_confirm_login_code"), {"code": code})
    return "_auth_user_id" in client.session


def test_the_new_address_is_invited_and_signs_in_and_the_old_does_not(client, strategist, anna, leader):
    EmailAddress.objects.create(user=anna.user, email=OLD, verified=True, primary=True)
    told = change(client, anna)
    assert (address(anna), f"En inbjudan skickas till {NEW}." in told.text) == (NEW, True)
    assert list(Mail.objects.values_list("kind", "address")) == [("invitation", NEW)]
    assert ask_for_code(StrictClient(), OLD) is None
    here = StrictClient()
    assert signs_in(here, ask_for_code(here, NEW))
    assert set(EmailAddress.objects.filter(user=anna.user).values_list("email", flat=True)) <= {NEW}


def test_a_session_and_a_code_from_before_open_nothing_more(client, strategist, anna):
    inside, on_the_way = StrictClient(), StrictClient()
    inside.force_login(anna.user)
    code = ask_for_code(on_the_way, OLD)
    change(client, anna)
    assert inside.get(reverse("home")).url.startswith(reverse("account_login"))
    assert not signs_in(on_the_way, code)


def test_a_code_is_not_sent_anew_to_the_old_address(client, strategist, anna):
    on_the_way = StrictClient()
    ask_for_code(on_the_way, OLD)
    change(client, anna)
    sent = len(mail.outbox)
    answer = on_the_way.post(reverse("account_confirm_login_code"), {"action": "resend"})
    assert (answer.url, len(mail.outbox)) == (reverse("account_login"), sent)


def test_it_is_told_of_as_one_who_has_not_signed_in(client, strategist, anna):
    type(anna.user).objects.filter(pk=anna.user.pk).update(last_login=timezone.now())
    page = change(client, anna).text
    assert "Bjud in Anna Ek igen" in page


def test_what_waits_goes_to_the_new_address_and_what_has_left_stays_as_it_went(client, strategist, anna):
    states = (MailState.HELD, MailState.QUEUED, MailState.SENT)
    waiting = [MailFactory(recipient=anna.user, address=OLD, state=state) for state in states]
    change(client, anna)
    found = [Mail.objects.get(pk=row.pk).address for row in waiting]
    assert found == [NEW, NEW, OLD]


def test_the_trail_says_that_it_was_changed_and_names_no_address(client, strategist, anna):
    change(client, anna)
    event = AuditEvent.objects.get(kind="delegate_changed")
    own = anna.participation.organisation.code
    assert (event.organisation, event.data["what"]) == (own, "ändrade e-postadressen")
    assert not {"before", "after"} & event.data.keys()
    assert "@" not in f"{event.target} {event.data}"


def test_another_persons_address_is_refused_also_one_they_only_sign_in_with(client, strategist, anna):
    UserFactory(email="upptagen@kommun.invalid")
    EmailAddress.objects.create(user=UserFactory(), email="aven@kommun.invalid", verified=True)
    for taken in ("Upptagen@kommun.invalid", "aven@kommun.invalid"):
        assert errors(change(client, anna, taken)) == ["En annan person har redan den adressen."]
    assert (address(anna), Mail.objects.count(), AuditEvent.objects.count()) == (OLD, 0, 0)


def test_pressed_twice_it_is_changed_once(client, strategist, anna):
    form = form_of(client, anna)
    shown = {name: form[name].value() for name in ("name", "function", "starts_on", "seen")}
    answers = [client.post(url(anna), {**shown, "email": NEW}).status_code for _ in range(2)]
    assert answers == [302, 302]
    assert (Mail.objects.count(), AuditEvent.objects.filter(kind="delegate_changed").count()) == (1, 1)


def test_ones_own_may_be_changed_and_one_stays_signed_in(client, strategist):
    page = change(client, strategist)
    assert (address(strategist), page.status_code) == (NEW, 200)
    assert client.get(reverse("home")).status_code == 200


@pytest.mark.parametrize("elsewhere", [DelegateFactory, EvaluatorFactory])
def test_a_strategist_gets_no_hold_of_what_another_organisation_has(client, strategist, anna, leader, elsewhere):
    elsewhere(user=anna.user, **({"until": TODAY} if elsewhere is EvaluatorFactory else {}))
    form = form_of(client, anna)
    assert (form["email"].field.disabled, "processledaren på SKR" in form["email"].help_text) == (True, True)
    change(client, anna)
    assert address(anna) == OLD
    client.force_login(leader)
    change(client, anna)
    assert address(anna) == NEW
