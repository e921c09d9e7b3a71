"""Signing in by a code in the mail, and the demonstration's buttons."""

import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
import time_machine
from django.core import mail
from django.urls import resolve, reverse
from django.utils import timezone

from cohorts.models import Participation
from demo.people import DEMO_PEOPLE
from kit.models import AuditEvent
from mailings.tasks import send_codes
from tests.factories import DelegateFactory, ParticipationFactory, UserFactory
from tests.factors import mailed_code

pytestmark = pytest.mark.django_db

LOGIN, CODE = "/logga-in/", "/logga-in/kod/"
ADDRESS = "stina@kommun.invalid"


@pytest.fixture
def strategist():
    return DelegateFactory(user__email=ADDRESS, user__name="Stina").user


def ask(client, email=ADDRESS, **query):
    return client.post(reverse("account_login", query=query or None), {"email": email})


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_a_known_address_gets_a_code_in_swedish_and_the_code_signs_in(client, strategist):
    answer = ask(client, "Stina@Kommun.invalid")
    assert answer.url == CODE
    send_codes()
    assert [(sent.to, sent.subject) for sent in mail.outbox] == [
        (["stina@kommun.invalid"], "Din kod för att logga in i Modell")
    ]
    assert "Här är din kod för att logga in i Modell:" in mail.outbox[0].body

    answer = client.post(CODE, {"code": mailed_code()})

    assert (answer.status_code, answer.url, is_signed_in(client)) == (302, "/", True)


def test_a_mailed_address_leads_to_the_page_it_named(client, strategist):
    place = strategist.seats.get().participation
    page = reverse("people:people", args=[place.cohort.slug, place.code])
    assert client.get(page).url == f"{LOGIN}?next={page}"
    answer = ask(client, next=page)
    assert client.post(answer.url, {"code": mailed_code(), "next": page}).url == page


def test_another_site_is_never_led_to(client, strategist):
    answer = ask(client, next="https://ond.invalid/")
    assert client.post(answer.url, {"code": mailed_code(), "next": "https://ond.invalid/"}).url == "/"


def test_a_wrong_code_says_so_in_swedish_and_signs_nobody_in(client, strategist):
    ask(client)
    answer = client.post(CODE, {"code": "AAAA-AAAA"})
    assert answer.status_code == 422
    wrong = "Koden stämmer inte. Skriv den som står i det senaste mejlet."
    assert answer.context["verify_form"].errors == {"code": [wrong]}
    assert not is_signed_in(client)


@pytest.mark.parametrize(("wrong", "is_in"), [(4, True), (5, False)])
def test_a_code_is_good_for_five_tries(client, strategist, wrong, is_in):
    ask(client)
    right = mailed_code()
    for _ in range(wrong):
        client.post(CODE, {"code": "BBBB-BBBB"})
    client.post(CODE, {"code": right})
    assert is_signed_in(client) is is_in


def test_five_wrong_codes_lead_back_and_it_is_told_why(client, strategist):
    ask(client)
    right = mailed_code()
    for _ in range(5):
        answer = client.post(CODE, {"code": "AAAA-AAAA"})
    assert answer.url == LOGIN
    assert "Koden var fel för många gånger. Skriv din e-postadress igen." in client.get(LOGIN).content.decode()
    assert client.post(CODE, {"code": right}).url == LOGIN
    assert not is_signed_in(client)


def test_a_code_is_good_once(client, strategist):
    ask(client)
    used = mailed_code()
    client.post(CODE, {"code": used})
    client.post("/logga-ut/")
    ask(client)
    client.post(CODE, {"code": used})
    assert not is_signed_in(client)


def wide(letters):
    return "".join(chr(ord(letter) + ord("Ａ") - ord("A")) for letter in letters)


PASTED = (Path(__file__).parent / "cases/24-pasted-code/codes.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    "pasted",
    [
        *PASTED,
        "ABCD – EFGH",
        "ABCD — EFGH",
        "ABCD\u2212EFGH",
        "ABCD-EFGH\u200b",
        "\ufeffABCD\u2060-\u00adEFGH\u200e",
        "ABCDEFGH",
        " ABCD EFGH ",
        "ABCD\u00a0\u2013\u00a0EFGH",
        "ABCD_EFGH",
        "_ABCD-EFGH_",
        "*ABCD-EFGH*",
        "”ABCD-EFGH”",
        "<ABCD-EFGH>",
        "Din kod: ABCD\u2010EFGH.",
        "Kod:\tABCD-EFGH",
        "Kod:ABCD-EFGH",
        "kod abcd efgh",
        "Här är din kod för att logga in i Modell:\x0bABCD-EFGH\x0b\x0bKoden gäller i 15 minuter.",
        "Här är din kod för att logga in i Modell:ABCD-EFGHKoden gäller i 15 minuter.",
        "kodABCD-EFGH",
        "A B C D - E F G H",
        "ＡＢＣＤ－ＥＦＧＨ",
    ],
)
def test_24_a_code_is_read_as_it_is_pasted(client, strategist, pasted):
    """The case's letters stand for those in the mail. It is read the first time, so it is never an attempt."""
    ask(client)
    first, second = mailed_code().split("-")
    for letters, right in (("ABCD", first), ("EFGH", second)):
        for written in (str, str.lower, " ".join, wide):
            pasted = pasted.replace(written(letters), written(right))
    client.post(CODE, {"code": pasted})
    assert is_signed_in(client)


def test_24_an_empty_box_is_no_attempt(client, strategist):
    ask(client)
    for typed in ("", " ", "\u200b", "\u00a0"):
        answer = client.post(CODE, {"code": typed})
        assert answer.context["verify_form"].errors == {"code": ["Skriv koden som står i mejlet."]}
    client.post(CODE, {"code": mailed_code()})
    assert is_signed_in(client)


def test_a_code_is_read_in_small_letters_and_another_is_not_read_into_it(client, strategist):
    ask(client)
    first, second = mailed_code().split("-")
    client.post(CODE, {"code": f"{second}-{first}"})
    assert not is_signed_in(client)
    client.post(CODE, {"code": f"{first}-{second}".lower()})
    assert is_signed_in(client)


@pytest.mark.parametrize(
    "typed", ["\u200bStina@kommun.invalid", "stina@kommun.invalid\u00ad ", "ＳＴＩＮＡ@kommun.invalid"]
)
def test_an_address_is_known_however_it_is_pasted(client, strategist, typed):
    ask(client, typed)
    send_codes()
    assert mail.outbox[-1].to == [ADDRESS]
    client.post(CODE, {"code": mailed_code()})
    assert is_signed_in(client)


def test_after_a_wrong_address_the_way_back_leads_to_the_right_one(client, strategist):
    ask(client, "stina@kommun.invalidd")
    assert "Byt e-postadress" in client.get(CODE).text
    client.post(reverse("account_logout"), {"next": LOGIN})
    assert ask(client).url == CODE
    client.post(CODE, {"code": mailed_code()})
    assert is_signed_in(client)


def test_a_wrong_address_then_back_then_the_right_one(client, strategist):
    assert ask(client, "stina@kommun.invalidd").url == CODE
    back = client.get(LOGIN, follow=True)
    assert "Byt e-postadress" in back.text
    changed = client.post(reverse("account_logout"), {"next": LOGIN})
    assert changed.url == LOGIN
    assert ask(client).url == CODE
    client.post(CODE, {"code": mailed_code()})
    assert is_signed_in(client)


def test_an_unknown_address_meets_the_same_page_and_is_told_in_its_mail(client, strategist):
    known, pages = ask(client), [client.get(CODE).content.decode()]
    client.logout()
    unknown = ask(client, "okand@kommun.invalid")
    pages.append(client.get(CODE).content.decode().replace("okand@kommun.invalid", ADDRESS))
    send_codes()

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
    send_codes()
    assert mail.outbox[0].subject == "Adressen finns inte i Modell"


def test_an_account_that_is_closed_before_the_code_comes_is_told(client, strategist):
    ask(client)
    strategist.is_active = False
    strategist.save()
    answer = client.post(CODE, {"code": mailed_code()})
    assert (answer.url, is_signed_in(client)) == ("/logga-in/avslutat/", False)
    assert "Ditt konto är avslutat." in client.get(answer.url).content.decode()


def test_no_address_is_an_error_at_the_field(client):
    answer = ask(client, "stina")
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["email"]


def test_nobody_signs_up_alone(client):
    """The name is looked up by allauth's own code, and leads to the page that asks for an address."""
    assert reverse("account_signup") == reverse("account_login") == LOGIN
    assert resolve(LOGIN).func.view_class.__name__ == "SignIn"
    for path in ("/signup/", "/accounts/signup/", "/logga-in/signup/", "/accounts/login/"):
        assert client.get(path).status_code in (302, 404)


def test_signing_in_stands_in_the_trail_of_those_one_works_for(client, strategist):
    other = DelegateFactory(user=strategist).participation
    ask(client)
    client.post(CODE, {"code": mailed_code()})
    first = strategist.seats.exclude(participation=other).get().participation
    rows = AuditEvent.objects.values_list("kind", "organisation", "actor")
    assert sorted(rows) == sorted(("signed_in", row.organisation.code, "Stina") for row in (first, other))


def test_skrs_own_sign_in_stands_in_skrs_trail(client):
    UserFactory(email=ADDRESS, skr_role="administrator", name="Ada")
    ask(client)
    client.post(CODE, {"code": mailed_code()})
    assert list(AuditEvent.objects.values_list("kind", "organisation", "actor")) == [("signed_in", "", "Ada")]


def test_signing_out(client, strategist):
    client.force_login(strategist)
    assert client.post("/logga-ut/").url == "/"
    assert not is_signed_in(client)


@pytest.mark.parametrize("demo", [True, False])
def test_a_button_for_each_role_on_the_demonstration_only(client, settings, demo):
    settings.DEMO = demo
    html = client.get(LOGIN).content.decode()
    shown = [person.key for person in DEMO_PEOPLE if reverse("demo:demo_sign_in", args=[person.key]) in html]
    assert shown == ([person.key for person in DEMO_PEOPLE] if demo else [])


def test_a_button_signs_in_as_its_person_by_post_only(client, settings):
    settings.DEMO = True
    person = next(person for person in DEMO_PEOPLE if person.key == "strategist")
    place = ParticipationFactory()
    DelegateFactory(user__email=person.email, participation=Participation.objects.get(pk=place.pk))
    address = reverse("demo:demo_sign_in", args=[person.key])
    assert client.get(address).url == "/"
    assert client.post(f"{address}?next=//elsewhere.invalid/").url == "/"
    assert is_signed_in(client)
    assert list(AuditEvent.objects.values_list("kind", "organisation")) == [("signed_in", place.organisation.code)]
    asked_for = f"/logga-in/?next={quote('/mina-uppgifter/?sida=2')}"
    client.logout()
    [button] = re.findall(rf'action="({address}[^"]*)"', client.get(asked_for).text)
    assert client.post(button).url == "/mina-uppgifter/?sida=2"


def test_no_button_works_outside_the_demonstration(client, settings):
    settings.DEMO = False
    UserFactory(email=DEMO_PEOPLE[0].email, skr_role="process_leader")
    assert client.post(reverse("demo:demo_sign_in", args=[DEMO_PEOPLE[0].key])).status_code == 404
    assert not is_signed_in(client)


def test_an_unknown_role_is_not_found(client, settings):
    settings.DEMO = True
    assert client.post(reverse("demo:demo_sign_in", args=["kung"])).status_code == 404


@pytest.mark.parametrize(("seconds", "is_good"), [(15 * 60 - 1, True), (15 * 60 + 1, False)])
def test_a_code_is_good_for_fifteen_minutes(client, strategist, seconds, is_good):
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        ask(client)
        right = mailed_code()
        traveller.shift(timedelta(seconds=seconds))
        client.post(CODE, {"code": right})
        assert is_signed_in(client) is is_good


@pytest.mark.parametrize(("since", "is_in"), [(timedelta(seconds=-1), True), (timedelta(seconds=1), False)])
def test_one_stays_signed_in_for_sixty_days(client, strategist, since, is_in):
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        ask(client)
        client.post(CODE, {"code": mailed_code()})
        traveller.shift(timedelta(days=60) + since)
        assert is_signed_in(client) is is_in


@pytest.mark.parametrize(("role", "days"), [("", 60), ("administrator", 7), ("process_leader", 7)])
def test_what_is_written_in_a_session_makes_it_no_longer(client, role, days):
    UserFactory(email=ADDRESS, skr_role=role)
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        ask(client)
        client.post(CODE, {"code": mailed_code()})
        for day in range(days):
            session = client.session
            session["written"] = day
            session.save()
            assert is_signed_in(client)
            traveller.shift(timedelta(days=1))
        traveller.shift(timedelta(seconds=1))
        assert not is_signed_in(client)
