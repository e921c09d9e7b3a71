"""Signing in by a code in the mail, and the demonstration's buttons."""

import re

import pytest
from django.core import mail
from django.urls import resolve, reverse

from cohorts.models import Participation
from modell.models import AuditEvent
from programme.demo.people import DEMO_PEOPLE
from tests.factories import DelegateFactory, ParticipationFactory, UserFactory

pytestmark = pytest.mark.django_db

LOGIN, CODE = "/logga-in/", "/logga-in/kod/"
ADDRESS = "stina@kommun.invalid"


@pytest.fixture
def strategist():
    return DelegateFactory(user__email=ADDRESS, user__name="Stina").user


def ask(client, email=ADDRESS, **query):
    return client.post(reverse("account_login", query=query or None), {"email": email})


def code():
    """The code stands alone on a line of the newest mail."""
    return re.search(r"^[A-Z0-9-]{6,}$", mail.outbox[-1].body, re.M).group()


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_a_known_address_gets_a_code_in_swedish_and_the_code_signs_in(client, strategist):
    answer = ask(client, "Stina@Kommun.invalid")
    assert answer.url == CODE
    assert [(sent.to, sent.subject) for sent in mail.outbox] == [
        (["stina@kommun.invalid"], "Din kod för att logga in i Modell")
    ]
    assert "Här är din kod för att logga in i Modell:" in mail.outbox[0].body

    answer = client.post(CODE, {"code": code()})

    assert (answer.status_code, answer.url, is_signed_in(client)) == (302, "/", True)


def test_a_mailed_address_leads_to_the_page_it_named(client, strategist):
    place = strategist.seats.get().participation
    page = reverse("cohorts:people", args=[place.cohort.slug, place.code])
    assert client.get(page).url == f"{LOGIN}?next={page}"
    answer = ask(client, next=page)
    assert client.post(answer.url, {"code": code(), "next": page}).url == page


def test_another_site_is_never_led_to(client, strategist):
    answer = ask(client, next="https://ond.invalid/")
    assert client.post(answer.url, {"code": code(), "next": "https://ond.invalid/"}).url == "/"


def test_a_wrong_code_says_so_in_swedish_and_signs_nobody_in(client, strategist):
    ask(client)
    answer = client.post(CODE, {"code": "AAAA-AAAA"})
    assert answer.status_code == 422
    assert answer.context["verify_form"].errors == {"code": ["Felaktig kod."]}
    assert not is_signed_in(client)


def test_three_wrong_codes_and_even_the_right_one_is_void(client, strategist):
    ask(client)
    right = code()
    for _ in range(3):
        answer = client.post(CODE, {"code": "AAAA-AAAA"})
    assert answer.url == LOGIN
    assert "För många misslyckade inloggningsförsök. Försök igen senare." in client.get(LOGIN).content.decode()
    assert client.post(CODE, {"code": right}).url == LOGIN
    assert not is_signed_in(client)


def test_a_code_is_good_once(client, strategist):
    ask(client)
    used = code()
    client.post(CODE, {"code": used})
    client.post("/logga-ut/")
    ask(client)
    client.post(CODE, {"code": used})
    assert not is_signed_in(client)


def test_a_new_code_can_be_had_and_replaces_the_old(client, strategist):
    ask(client)
    old = code()
    client.post(CODE, {"action": "resend"})
    assert (len(mail.outbox), code() == old) == (2, False)
    client.post(CODE, {"code": code()})
    assert is_signed_in(client)


def test_an_unknown_address_meets_the_same_page_and_is_told_in_its_mail(client, strategist):
    known, pages = ask(client), [client.get(CODE).content.decode()]
    client.logout()
    unknown = ask(client, "okand@kommun.invalid")
    pages.append(client.get(CODE).content.decode().replace("okand@kommun.invalid", ADDRESS))

    assert (unknown.status_code, unknown.url) == (known.status_code, known.url)
    assert without_tokens(pages[0]) == without_tokens(pages[1])
    assert (mail.outbox[-1].to, mail.outbox[-1].subject) == (["okand@kommun.invalid"], "Adressen finns inte i Modell")
    assert not re.search(r"^[A-Z0-9-]{6,}$", mail.outbox[-1].body, re.M)


def without_tokens(html):
    return re.sub(r'(value|content|nonce)="[A-Za-z0-9+/=]{16,}"', "", html)


def test_a_closed_account_is_met_as_an_unknown_address(client, strategist):
    strategist.is_active = False
    strategist.save()
    assert ask(client).url == CODE
    assert mail.outbox[0].subject == "Adressen finns inte i Modell"


def test_an_account_that_is_closed_before_the_code_comes_is_told(client, strategist):
    ask(client)
    strategist.is_active = False
    strategist.save()
    answer = client.post(CODE, {"code": code()})
    assert (answer.url, is_signed_in(client)) == ("/logga-in/avslutat/", False)
    assert "Ditt konto är avslutat." in client.get(answer.url).content.decode()


def test_no_address_is_an_error_at_the_field(client):
    answer = ask(client, "stina")
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["email"]


def test_a_fourth_code_in_a_minute_is_refused(client, strategist):
    for _ in range(3):
        ask(client)
        client.logout()
    answer = ask(client)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"email": ["För många misslyckade inloggningsförsök. Försök igen senare."]}
    assert len(mail.outbox) == 3


def test_nobody_signs_up_alone(client):
    """The name is looked up by allauth's own code, and leads to the page that asks for an address."""
    assert reverse("account_signup") == reverse("account_login") == LOGIN
    assert resolve(LOGIN).func.view_class.__name__ == "SignIn"
    for path in ("/signup/", "/accounts/signup/", "/logga-in/signup/", "/accounts/login/"):
        assert client.get(path).status_code in (302, 404)


def test_signing_in_stands_in_the_trail_of_those_one_works_for(client, strategist):
    other = DelegateFactory(user=strategist).participation
    ask(client)
    client.post(CODE, {"code": code()})
    first = strategist.seats.exclude(participation=other).get().participation
    rows = AuditEvent.objects.values_list("kind", "organisation", "actor")
    assert sorted(rows) == sorted(("signed_in", row.organisation.code, "Stina") for row in (first, other))


def test_skrs_own_sign_in_stands_in_skrs_trail(client):
    UserFactory(email=ADDRESS, skr_role="administrator", name="Ada")
    ask(client)
    client.post(CODE, {"code": code()})
    assert list(AuditEvent.objects.values_list("kind", "organisation", "actor")) == [("signed_in", "", "Ada")]


def test_signing_out(client, strategist):
    client.force_login(strategist)
    assert client.post("/logga-ut/").url == "/"
    assert not is_signed_in(client)


@pytest.mark.parametrize("demo", [True, False])
def test_a_button_for_each_role_on_the_demonstration_only(client, settings, demo):
    settings.DEMO = demo
    html = client.get(LOGIN).content.decode()
    shown = [person.key for person in DEMO_PEOPLE if reverse("programme:demo_sign_in", args=[person.key]) in html]
    assert shown == ([person.key for person in DEMO_PEOPLE] if demo else [])


def test_a_button_signs_in_as_its_person_by_post_only(client, settings):
    settings.DEMO = True
    person = next(person for person in DEMO_PEOPLE if person.key == "strategist")
    place = ParticipationFactory()
    DelegateFactory(user__email=person.email, participation=Participation.objects.get(pk=place.pk))
    address = reverse("programme:demo_sign_in", args=[person.key])
    assert client.get(address).status_code == 405
    assert client.post(address).url == "/"
    assert is_signed_in(client)
    assert list(AuditEvent.objects.values_list("kind", "organisation")) == [("signed_in", place.organisation.code)]


def test_no_button_works_outside_the_demonstration(client, settings):
    settings.DEMO = False
    UserFactory(email=DEMO_PEOPLE[0].email, skr_role="process_leader")
    assert client.post(reverse("programme:demo_sign_in", args=[DEMO_PEOPLE[0].key])).status_code == 404
    assert not is_signed_in(client)


def test_an_unknown_role_is_not_found(client, settings):
    settings.DEMO = True
    assert client.post(reverse("programme:demo_sign_in", args=["kung"])).status_code == 404
