"""Signing in by an organisation's own sign-in, at a provider that runs beside the test."""

import socket
from urllib.parse import urlsplit

import jwt
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from django.urls import reverse
from oidc_provider_mock import run_server_in_thread

from accounts.actions import ANOTHER_SUBJECT, change_email, know_subject
from accounts.models import ProviderSubject, User
from accounts.oidc import SignedTokens
from kit.models import AuditEvent
from tests.factories import DelegateFactory, UserFactory
from tests.factors import code_now, with_app
from tests.refusing import refused

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning"),  # in the provider's own code
]

ADDRESS, SUB = "stina@vaxjo.invalid", "person-17"


@pytest.fixture(scope="module")
def server():
    with run_server_in_thread() as running:
        yield f"http://localhost:{running.server_port}"


def provider(server_url, **settings):
    own = {"server_url": server_url, "domains": ["vaxjo.invalid"], "vouches": False} | settings
    return {"provider_id": "vaxjo", "name": "Växjö kommun", "client_id": "modell", "secret": "hemlig", "settings": own}


@pytest.fixture
def configured(settings, server):
    def configure(*apps):
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": list(apps)}}

    configure(provider(server))
    return configure


@pytest.fixture
def stina():
    return DelegateFactory(user__email=ADDRESS, user__name="Stina").user


@pytest.fixture
def sign_in(client, server, configured):
    """Press the button, say yes at the provider as `sub` with these claims, and come back."""

    def go(sub=SUB, key="vaxjo", *, says="yes", follow=False, next_page="", **claims):
        claims = {"email": ADDRESS, "email_verified": True} | claims
        claims = {name: value for name, value in claims.items() if value is not None}
        requests.put(f"{server}/users/{sub}", json=claims, timeout=60).raise_for_status()
        way = client.get(reverse("openid_connect_login", args=[key], query={"next": next_page} if next_page else None))
        answered = {"sub": sub} if says == "yes" else {"action": "deny"}
        consent = requests.post(way.url, data=answered, allow_redirects=False, timeout=60)
        back = urlsplit(consent.headers["Location"])
        return client.get(f"{back.path}?{back.query}", follow=follow)

    return go


def is_in(client, user):
    return client.session.get("_auth_user_id") == str(user.pk)


def test_the_sign_in_page_has_a_button_for_each_provider(client, configured, server):
    configured(provider(server), provider(server) | {"provider_id": "lund", "name": "Lunds kommun"})
    html = client.get(reverse("account_login", query={"next": "/mina-uppgifter/"})).text
    assert "Växjö kommun" in html
    assert "Lunds kommun" in html
    assert 'href="/logga-in/via/lund/?next=/mina-uppgifter/"' in html.replace("%2F", "/")


def test_without_providers_the_page_says_nothing_of_them(client, configured):
    configured()
    assert "genom din organisation" not in client.get(reverse("account_login")).text


def test_a_registered_person_comes_in_and_it_stands_in_the_trail_as_by_code(client, stina, sign_in):
    answer = sign_in(next_page="/mina-uppgifter/")
    assert (answer.status_code, answer.url, is_in(client, stina)) == (302, "/mina-uppgifter/", True)
    organisation = stina.seats.get().participation.organisation.code
    assert list(AuditEvent.objects.values_list("kind", "organisation", "actor")) == [
        ("signed_in", organisation, "Stina")
    ]
    assert (User.objects.count(), ProviderSubject.objects.get().subject) == (1, SUB)


def test_nobody_else_is_stored_of_what_the_provider_says(client, stina, sign_in):
    from allauth.socialaccount.models import SocialAccount, SocialToken

    sign_in(name="Stina Annat-Namn", birthdate="1970-01-01")
    stina.refresh_from_db()
    assert (stina.name, SocialAccount.objects.count(), SocialToken.objects.count()) == ("Stina", 0, 0)


@pytest.mark.parametrize("written", ["STINA@Vaxjo.invalid", "\u200bstina@vaxjo.invalid", "stina@VAXJO.INVALID "])
def test_the_same_person_by_another_way_of_writing_comes_in(client, stina, sign_in, written):
    sign_in(email=written)
    assert is_in(client, stina)


def test_an_unknown_person_is_refused_and_nobody_is_made(client, stina, sign_in):
    answer = sign_in("annan", email="okand@vaxjo.invalid")
    assert answer.status_code == 403
    assert "okand@vaxjo.invalid finns inte i Modell." in answer.text
    assert "Logga in med en kod" in answer.text
    assert (User.objects.count(), "_auth_user_id" in client.session) == (1, False)


@pytest.mark.parametrize("verified", ["true", "false", 1, 0, False, None, "yes", []])
def test_only_true_itself_verifies_an_address(client, stina, sign_in, verified):
    answer = sign_in(email_verified=verified)
    assert answer.status_code == 403
    assert "har inte intygat att adressen är din" in answer.text
    assert not is_in(client, stina)


@pytest.mark.parametrize(("verified", "comes_in"), [(None, True), (True, True), (False, False), ("true", False)])
def test_a_provider_that_vouches_may_leave_the_claim_out_but_not_deny_it(
    client, stina, sign_in, configured, server, verified, comes_in
):
    configured(provider(server, vouches=True))
    sign_in(email_verified=verified)
    assert is_in(client, stina) is comes_in


def test_without_an_address_nobody_comes_in(client, stina, sign_in):
    assert sign_in(email=None).status_code == 403


def test_a_provider_speaks_only_for_its_own_domains(client, stina, sign_in):
    gun = UserFactory(email="gun@lund.invalid")
    answer = sign_in("gun", email="gun@lund.invalid")
    assert answer.status_code == 403
    assert "gun@lund.invalid hör inte till Växjö kommun." in answer.text
    assert not is_in(client, gun)


def test_another_subject_for_the_same_address_is_refused_until_the_address_is_changed(client, stina, sign_in):
    sign_in()
    client.logout()
    answer = sign_in("person-18")
    assert answer.status_code == 403
    assert "Din adress hör till en annan person hos er inloggning än när den användes första gången." in answer.text
    assert not is_in(client, stina)
    change_email(user=stina, email="stina.ny@vaxjo.invalid")
    sign_in("person-18", email="stina.ny@vaxjo.invalid")
    assert is_in(client, stina)


def test_a_subject_that_comes_back_with_a_colleagues_address_is_refused(client, stina, sign_in):
    sign_in()
    client.logout()
    kim = UserFactory(email="kim@vaxjo.invalid")
    assert sign_in(email="kim@vaxjo.invalid").status_code == 403
    assert not is_in(client, kim)


def test_a_subject_is_known_once(stina):
    know_subject(user=stina, provider="vaxjo", subject=SUB)
    know_subject(user=stina, provider="vaxjo", subject=SUB)
    know_subject(user=stina, provider="lund", subject="annat")
    assert ProviderSubject.objects.count() == 2
    with refused(ANOTHER_SUBJECT):
        know_subject(user=UserFactory(), provider="vaxjo", subject=SUB)


def test_a_second_factor_is_asked_for_as_after_the_code(client, stina, sign_in):
    secret = with_app(stina)
    answer = sign_in()
    assert (answer.url, is_in(client, stina)) == (reverse("mfa_authenticate"), False)
    client.post(answer.url, {"code": code_now(secret)})
    assert is_in(client, stina)


def test_who_says_no_at_the_provider_is_told_and_may_take_the_code(client, stina, sign_in):
    answer = sign_in(says="no")
    assert answer.status_code == 401
    assert "Du avbröt inloggningen hos Växjö kommun." in answer.text
    assert "Logga in med en kod" in answer.text


def test_a_closed_account_is_told(client, stina, sign_in):
    User.objects.filter(pk=stina.pk).update(is_active=False)
    answer = sign_in(follow=True)
    assert "Ditt konto är avslutat." in answer.text
    assert not is_in(client, stina)
    assert not ProviderSubject.objects.exists()


def closed_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_provider_that_is_down_leaves_the_code(client, configured, caplog):
    configured(provider(f"http://localhost:{closed_port()}"))
    answer = client.get(reverse("openid_connect_login", args=["vaxjo"]))
    assert answer.status_code == 503
    assert "Växjö kommun svarar inte just nu." in answer.text
    assert "Logga in med en kod" in answer.text
    [line] = [record for record in caplog.records if record.name == "accounts.oidc"]
    assert line.getMessage() == "An organisation's own sign-in let nobody in (503)."
    assert isinstance(line.exc_info[1], requests.ConnectionError)


def test_a_provider_that_is_slow_is_not_waited_for(client, configured, settings):
    """It takes the connection and says nothing."""
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 0.05
    with socket.create_server(("127.0.0.1", 0)) as silent:
        configured(provider(f"http://127.0.0.1:{silent.getsockname()[1]}"))
        assert client.get(reverse("openid_connect_login", args=["vaxjo"])).status_code == 503


def test_a_provider_that_goes_down_meanwhile_leaves_the_code(client, stina, sign_in, configured, server):
    way = client.get(reverse("openid_connect_login", args=["vaxjo"]))
    requests.put(f"{server}/users/{SUB}", json={"email": ADDRESS, "email_verified": True}, timeout=60)
    back = urlsplit(requests.post(way.url, data={"sub": SUB}, allow_redirects=False, timeout=60).headers["Location"])
    configured(provider(f"http://localhost:{closed_port()}"))
    answer = client.get(f"{back.path}?{back.query}")
    assert answer.status_code == 503
    assert "Växjö kommun svarar inte just nu." in answer.text


def test_an_answer_that_nobody_asked_for_signs_nobody_in(client, stina, configured):
    for query in ("", "?code=x", "?code=x&state=y", "?error=server_error"):
        answer = client.get(reverse("openid_connect_callback", args=["vaxjo"]) + query)
        assert answer.status_code == 401
        assert "gick inte att slutföra" in answer.text


def test_the_same_answer_again_signs_nobody_in(client, stina, sign_in):
    answer = sign_in()
    client.logout()
    again = client.get(answer.wsgi_request.get_full_path())
    assert again.status_code == 401
    assert not is_in(client, stina)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_cannot_begin_a_sign_in(client, configured, site):
    answer = client.get(reverse("openid_connect_login", args=["vaxjo"]), headers={"Sec-Fetch-Site": site})
    assert answer.url == reverse("account_login")


def test_an_unknown_provider_is_not_found(client, configured):
    assert client.get(reverse("openid_connect_login", args=["lund"])).status_code == 404
    assert client.get(reverse("openid_connect_callback", args=["lund"])).status_code == 404


def test_a_visit_cannot_ask_for_anything_but_a_sign_in(client, stina, sign_in, configured):
    """allauth would also connect accounts, or ask for more than name and address."""
    way = client.get(reverse("openid_connect_login", args=["vaxjo"]) + "?process=connect&scope=phone&auth_params=a%3Db")
    assert "phone" not in way.url
    assert "a=b" not in way.url
    states = client.session["socialaccount_states"]
    assert [state["process"] for state, *_ in states.values()] == ["login"]


@pytest.mark.parametrize("signed", [True, False])
def test_a_token_with_another_signature_lets_nobody_in(client, stina, sign_in, monkeypatch, signed):
    """Not even where it comes from the provider's own server."""
    of_another = generate_private_key(65537, 2048) if signed else None
    algorithm = "RS256" if signed else "none"

    def forged(_self, app, id_token):
        claims = jwt.decode(id_token, options={"verify_signature": False})
        return checked(_self, app, jwt.encode(claims, of_another, algorithm=algorithm))

    checked = SignedTokens._decode_id_token
    monkeypatch.setattr(SignedTokens, "_decode_id_token", forged)
    answer = sign_in()
    assert answer.status_code == 401
    assert not is_in(client, stina)
