"""Passkeys, an app and recovery codes beside the mailed code, and the sessions of one's own."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.usersessions.models import UserSession
from django.conf import settings as django_settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import get_resolver, reverse
from django.utils import timezone

from accounts.actions import change_email
from accounts.devices import device_of
from accounts.factors import FactorAdapter
from accounts.middleware import IDLE_LIMIT, OPEN_WITHOUT_FACTOR, OTHERS_IDLE_LIMIT, SEEN
from kit.models import AuditEvent, KeptForm
from mailings.models import Mail
from people.actions.own_sign_in import NOTHING_TO_RESET, reset_factors
from tests.factories import DelegateFactory, EvaluatorFactory, UserFactory
from tests.factors import code_now, mailed_code, with_app, with_passkey
from tests.pages import views
from tests.refusing import refused
from tests.strict import StrictClient

pytestmark = pytest.mark.django_db

PAGE, ADDRESS = "/min-inloggning/", "stina@kommun.invalid"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 (KHTML) Version/19.0 Mobile Safari/604"
FORGED = (
    '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"clientDataJSON": "e30",'
    ' "attestationObject": "e30", "authenticatorData": "e30", "signature": "e30", "userHandle": "MQ"}}'
)


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller


@pytest.fixture
def stina():
    return DelegateFactory(user__email=ADDRESS, user__name="Stina").user


@pytest.fixture
def leader():
    return UserFactory(email="cia@skr.invalid", name="Cia", skr_role="process_leader")


@pytest.fixture
def evaluator():
    return EvaluatorFactory(user__email="eva@hogskola.invalid", user__name="Eva").user


def types(user):
    return sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True))


def by_mailed_code(client, user, agent=""):
    client.post(reverse("account_login"), {"email": user.email}, headers={"User-Agent": agent})
    return client.post("/logga-in/kod/", {"code": mailed_code()}, headers={"User-Agent": agent})


def is_in(client):
    return "_auth_user_id" in client.session


def mail_bodies(user):
    return [row.body for row in Mail.objects.filter(recipient=user, kind="sign_in_changed").order_by("pk")]


def trail():
    return list(AuditEvent.objects.filter(kind="sign_in_changed").values_list("organisation", "actor", "data__what"))


class TestAnApp:
    def add(self, client):
        page = client.get(reverse("mfa_activate_totp"))
        secret = page.context["form"].secret
        return secret, client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})

    def test_it_is_added_with_recovery_codes_a_mail_and_a_line_in_the_trail(
        self, client, stina, django_capture_on_commit_callbacks
    ):
        client.force_login(stina)
        with django_capture_on_commit_callbacks(execute=True):
            _, answer = self.add(client)
        assert answer.url == reverse("mfa_view_recovery_codes")
        assert types(stina) == ["recovery_codes", "totp"]
        assert mail_bodies(stina) == [
            "Du har lagt till en app för din inloggning i Modell.\n\nVar det inte du? Logga ut de andra enheterna på "
            "sidan om din inloggning, och svara på det här mejlet i dag."
        ]
        assert trail() == [(stina.seats.get().participation.organisation.code, "Stina", "lade till en app")]

    @pytest.mark.parametrize("typed", ["000000", "", "abc"])
    def test_a_wrong_code_adds_nothing(self, client, stina, typed):
        client.force_login(stina)
        client.get(reverse("mfa_activate_totp"))
        answer = client.post(reverse("mfa_activate_totp"), {"code": typed})
        assert answer.status_code == 422
        assert types(stina) == []

    def test_its_secret_and_the_recovery_codes_seed_are_no_plain_text_in_the_database(self, stina):
        secret = with_app(stina)
        stored = str(list(Authenticator.objects.values_list("data", flat=True)))
        assert secret not in stored
        assert not re.search(r"[0-9a-f]{40}", stored)
        assert FactorAdapter().decrypt(Authenticator.objects.get(type="totp").data["secret"]) == secret

    def test_with_another_secret_key_no_code_is_right(self, stina, settings):
        secret = with_app(stina)
        app = Authenticator.objects.get(type="totp").wrap()
        settings.SECRET_KEY = "en helt annan"
        assert not app.validate_code(code_now(secret))
        settings.SECRET_KEY_FALLBACKS = [django_settings.SECRET_KEY, "embedded-site-on-loopback-only"]
        assert app.validate_code(code_now(secret))

    def test_after_the_mailed_code_its_code_is_asked_for(self, client, stina):
        secret = with_app(stina)
        answer = by_mailed_code(client, stina)
        assert (answer.url, is_in(client)) == (reverse("mfa_authenticate"), False)
        wrong = client.post(answer.url, {"code": "000000"})
        assert (wrong.status_code, is_in(client)) == (422, False)
        client.post(answer.url, {"code": code_now(secret)})
        assert is_in(client)
        assert AuditEvent.objects.filter(kind="signed_in").count() == 1

    def test_the_log_tells_of_a_wrong_one_and_by_what_one_came_in(self, client, stina, caplog):
        caplog.set_level("INFO", logger="people")
        secret = with_app(stina)
        by_mailed_code(client, stina)
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
        client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
        client.post(reverse("mfa_reauthenticate"), {"code": "000000"})
        wrong = f"A wrong second factor for user {stina.pk}."
        ours = [record.getMessage() for record in caplog.records if record.name.startswith("people.")]
        assert ours == [wrong, f"User {stina.pk} signed in by code, mfa totp.", wrong]

    def test_spaces_in_it_do_not_matter_and_it_is_good_once(self, client, stina):
        secret = with_app(stina)
        code = code_now(secret)
        by_mailed_code(client, stina)
        client.post(reverse("mfa_authenticate"), {"code": f" {code[:3]}\u00a0{code[3:]} "})
        assert is_in(client)
        other = StrictClient()
        by_mailed_code(other, stina)
        other.post(reverse("mfa_authenticate"), {"code": code})
        assert not is_in(other)

    def test_a_recovery_code_signs_in_once(self, client, stina):
        with_app(stina)
        code = RecoveryCodes.activate(stina).get_unused_codes()[0]
        for goes_in in (True, False):
            by_mailed_code(client, stina)
            client.post(reverse("mfa_authenticate"), {"code": code})
            assert is_in(client) is goes_in
            client.logout()

    def test_it_is_removed_after_a_code_and_the_recovery_codes_with_it(self, client, stina):
        secret = with_app(stina)
        client.force_login(stina)
        ask = client.post(reverse("mfa_deactivate_totp"), follow=True)
        assert ask.request["PATH_INFO"] == reverse("mfa_reauthenticate")
        assert "totp" in types(stina)
        client.post(reverse("mfa_reauthenticate"), {"code": code_now(secret)})
        assert "Det här händer" in client.get(reverse("mfa_deactivate_totp")).text
        assert client.post(reverse("mfa_deactivate_totp")).url == PAGE
        assert types(stina) == []
        assert [what for *_, what in trail()] == ["tog bort en app"]


class TestRecoveryCodes:
    def test_they_are_shown_and_renewed_after_a_confirmation_only(self, client, stina):
        secret = with_app(stina)
        old = RecoveryCodes.activate(stina).get_unused_codes()
        client.force_login(stina)
        shown = reverse("mfa_view_recovery_codes")
        assert client.get(shown, follow=True).request["PATH_INFO"] == reverse("mfa_reauthenticate")
        client.post(reverse("mfa_reauthenticate"), {"code": code_now(secret), "next": shown})
        page = client.get(shown)
        assert all(code in page.text for code in old)
        client.post(reverse("mfa_generate_recovery_codes"))
        new = RecoveryCodes.activate(stina).get_unused_codes()
        assert not set(old) & set(new)
        assert "tio reservkoder kvar" in client.get(PAGE).text

    def test_a_code_that_is_given_when_the_session_has_ended_is_kept_nowhere(self, client, stina):
        with_app(stina)
        answer = client.post(reverse("mfa_reauthenticate"), {"code": "12345678"})
        assert answer.url.startswith("/logga-in/")
        assert not KeptForm.objects.exists()

    def test_codes_cannot_be_tried_without_end(self, client, stina):
        with_app(stina)
        client.force_login(stina)
        answers = [client.post(reverse("mfa_reauthenticate"), {"code": "12345678"}) for _ in range(12)]
        assert answers[0].status_code == 422
        assert answers[-1].status_code == 429
        assert "Du har försökt många gånger på kort tid." in answers[-1].text


class TestPasskeys:
    """With a device of the browser's own in tests/browser/test_own_sign_in.py."""

    def test_the_page_asks_for_a_key_that_can_sign_in_alone(self, client, stina):
        client.force_login(stina)
        page = client.get(reverse("mfa_add_webauthn"), headers={"User-Agent": WINDOWS})
        assert '"residentKey": "required"' in page.context["options"]
        assert '"userVerification": "required"' in page.context["options"]
        assert page.context["form"]["name"].value() == "Chrome på Windows"

    def test_without_the_browsers_answer_none_is_added(self, client, stina):
        client.force_login(stina)
        client.get(reverse("mfa_add_webauthn"))
        for credential in ("", "{}", "[1]", '{"id": "x"}', FORGED):
            answer = client.post(reverse("mfa_add_webauthn"), {"name": "Min", "credential": credential})
            assert answer.status_code == 422
        assert types(stina) == []

    @pytest.mark.parametrize(
        "credential", ["", "{}", "[1]", "7", '{"id": "x"}', '{"response": {"userHandle": "x"}}', FORGED]
    )
    def test_a_made_up_answer_signs_nobody_in(self, client, stina, credential, caplog):
        client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
        answer = client.post(reverse("mfa_login_webauthn"), {"credential": credential}, follow=True)
        assert "Det gick inte att logga in med nyckeln." in answer.text
        assert "A passkey signed nobody in." in caplog.messages
        assert not is_in(client)

    def test_a_whole_room_signs_in_from_one_network(self, client):
        for _ in range(60):
            assert client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"}).status_code == 200
            assert client.post(reverse("mfa_login_webauthn"), {"credential": FORGED}).status_code == 302

    def test_another_persons_is_not_found(self, client, stina):
        key = with_passkey(UserFactory())
        client.force_login(stina)
        assert client.get(reverse("mfa_remove_webauthn", args=[key.pk])).status_code == 404

    def test_a_new_address_takes_them_away_and_leaves_the_app(self, stina):
        with_passkey(stina)
        with_app(stina)
        change_email(user=stina, email="ny@kommun.invalid")
        assert types(stina) == ["recovery_codes", "totp"]

    def test_a_new_address_leaves_no_recovery_codes_alone(self, stina):
        with_passkey(stina)
        RecoveryCodes.activate(stina)
        change_email(user=stina, email="ny@kommun.invalid")
        assert types(stina) == []


class TestThePage:
    def test_it_tells_what_there_is(self, client, stina):
        client.force_login(stina)
        empty = client.get(PAGE).text
        assert "Du har ingen nyckel." in empty
        assert "Du har ingen app." in empty
        assert "Reservkoder" not in empty
        with_passkey(stina, "Min dator")
        with_app(stina)
        full = client.get(PAGE).text
        assert "Min dator" in full
        assert "Ta bort appen" in full
        assert "tio reservkoder kvar" in full

    def test_it_stands_in_the_foot_of_every_page(self, client, stina):
        client.force_login(stina)
        assert f'href="{PAGE}">Min inloggning</a>' in client.get(reverse("follow_up:tasks")).text


class TestSkr:
    @pytest.fixture(autouse=True)
    def _asked_for(self, settings):
        settings.SKR_SECOND_FACTOR = True

    def test_every_address_leads_to_adding_one_but_the_few_that_are_needed(self, client, leader):
        client.force_login(leader)
        walked = 0
        for name, _ in views():
            path = some_path(name)
            for answer in (client.get(path), client.post(path)):
                is_led = answer.status_code == 302 and answer.url == PAGE
                assert is_led or name in OPEN_WITHOUT_FACTOR or name == "account_confirm_login_code", name
            client.force_login(leader)
            walked += 1
        assert walked > 250

    def test_what_may_be_opened_is_there(self):
        assert {name for name, _ in views()} >= OPEN_WITHOUT_FACTOR

    def test_with_one_added_all_is_open(self, client, leader):
        client.force_login(leader)
        page = client.get("/", follow=True)
        assert "Lägg till en inloggningsnyckel eller en app." in page.text
        with_app(leader)
        assert client.get("/").url == reverse("overview:cohorts")

    def test_recovery_codes_alone_are_none(self, client, leader):
        RecoveryCodes.activate(leader)
        client.force_login(leader)
        assert client.get("/").url == PAGE

    def test_an_evaluator_needs_one_as_skr_does_until_the_last_day(self, client, evaluator):
        client.force_login(evaluator)
        page = client.get(reverse("home"), follow=True)
        assert page.redirect_chain == [(PAGE, 302)]
        assert "Du läser alla organisationers värden." in page.text
        evaluator.evaluations.update(until=timezone.localdate() - timedelta(days=1))
        assert client.get(reverse("overview:about")).status_code == 200
        assert getattr(client.get(reverse("home")), "url", "") != PAGE

    def test_an_evaluators_session_lasts_a_week_at_most(self, client, evaluator):
        by_mailed_code(client, evaluator)
        assert client.session.get_expiry_date() == timezone.now() + timedelta(days=7)

    def test_others_are_asked_for_nothing(self, client, stina):
        client.force_login(stina)
        assert client.get(reverse("follow_up:tasks")).status_code == 200

    def test_what_is_typed_meanwhile_is_kept(self, client, leader):
        client.force_login(leader)
        client.post(reverse("follow_up:mail_choice"), {"rhythm": "daily"})
        assert KeptForm.objects.get().address == reverse("follow_up:mail_choice")

    def test_where_the_operator_says_no_nothing_is_asked(self, client, leader, settings):
        settings.SKR_SECOND_FACTOR = False
        client.force_login(leader)
        assert client.get("/").url == reverse("overview:cohorts")


def some_path(name):
    """An address of that name; what it is about need not exist."""
    [(form, parameters), *_] = patterns_of(name)
    values = dict.fromkeys(parameters, "1") | {"slug": "omgang", "kind": "x", "key": "x"}
    values |= dict.fromkeys(("code", "lender"), "0180")
    return "/" + form % {name: values[name] for name in parameters}


def patterns_of(name):
    namespace, _, local = name.rpartition(":")
    prefix, resolver = get_resolver().namespace_dict[namespace] if namespace else ("", get_resolver())
    possibilities = resolver.reverse_dict.getlist(local)
    return [(prefix + form, parameters) for [(form, parameters)], *_ in possibilities]


class TestIdle:
    @pytest.mark.parametrize(("since", "stays"), [(timedelta(seconds=-1), True), (timedelta(seconds=1), False)])
    def test_skr_is_signed_out_after_twelve_hours(self, client, leader, now, since, stays):
        client.force_login(leader)
        client.get(PAGE)
        now.shift(IDLE_LIMIT + since)
        assert client.get(PAGE).status_code == (200 if stays else 302)
        assert is_in(client) is stays

    def test_whoever_goes_on_stays(self, client, leader, now):
        client.force_login(leader)
        for _ in range(4):
            client.get(PAGE)
            now.shift(IDLE_LIMIT - timedelta(hours=1))
        assert client.get(PAGE).status_code == 200

    @pytest.mark.parametrize(("since", "stays"), [(timedelta(days=-1), True), (timedelta(days=1), False)])
    def test_others_are_signed_out_after_45_days(self, client, stina, now, since, stays):
        client.force_login(stina)
        client.get(PAGE)
        now.shift(OTHERS_IDLE_LIMIT + since)
        assert client.get(PAGE).status_code == (200 if stays else 302)
        assert timedelta(days=45) == OTHERS_IDLE_LIMIT

    @pytest.mark.parametrize(("since", "stays"), [(timedelta(seconds=-1), True), (timedelta(seconds=1), False)])
    def test_an_evaluator_is_signed_out_as_skr_is(self, client, evaluator, now, since, stays):
        client.force_login(evaluator)
        client.get(PAGE)
        now.shift(IDLE_LIMIT + since)
        assert client.get(PAGE).status_code == (200 if stays else 302)

    @pytest.mark.parametrize(("days", "stays"), [(0, False), (-1, True)])
    def test_an_evaluators_limit_is_anyones_from_the_day_after(self, client, evaluator, now, days, stays):
        evaluator.evaluations.update(until=timezone.localdate() + timedelta(days=days))
        client.force_login(evaluator)
        session = client.session
        session[SEEN] = int((timezone.now() - IDLE_LIMIT).timestamp()) - 1
        session.save()
        assert (client.get(PAGE).status_code == 200) is stays

    def test_for_others_it_is_written_at_most_once_a_day(self, client, stina, now):
        by_mailed_code(client, stina)
        first = client.session[SEEN]
        now.shift(timedelta(days=1, seconds=-1))
        client.get(PAGE)
        assert client.session[SEEN] == first
        now.shift(timedelta(seconds=1))
        client.get(PAGE)
        assert client.session[SEEN] == first + 86400

    def test_it_is_written_at_most_once_a_minute(self, client, leader, now):
        by_mailed_code(client, leader)
        first = client.session[SEEN]
        now.shift(timedelta(seconds=59))
        client.get(PAGE)
        assert client.session[SEEN] == first
        now.shift(timedelta(seconds=1))
        client.get(PAGE)
        assert client.session[SEEN] == first + 60

    def test_what_is_typed_then_is_kept_until_the_person_is_back(self, client, leader, now):
        choice = reverse("follow_up:mail_choice")
        client.force_login(leader)
        key = re.search(r'name="form_key" value="([^"]+)"', client.get(choice).text).group(1)
        now.shift(IDLE_LIMIT + timedelta(seconds=1))
        answer = client.post(choice, {"rhythm": "daily", "form_key": key})
        assert answer.url == f"/logga-in/?next={choice}"
        row = KeptForm.objects.get()
        assert (row.person, row.address, "daily" in row.typed) == (leader.pk, choice, True)
        assert client.post(choice, {"rhythm": "daily"}, headers={"X-Guard": "1"}).status_code == 401


class TestSessions:
    def test_each_is_told_in_words_and_no_network_address_is_stored(self, client, stina):
        other = StrictClient()
        by_mailed_code(other, stina, IPHONE)
        by_mailed_code(client, stina, WINDOWS)
        page = client.get(PAGE, headers={"User-Agent": WINDOWS}).text
        assert "Chrome på Windows" in page
        assert "Safari på Iphone" in page
        assert "Den här enheten" in page
        assert set(UserSession.objects.values_list("ip", flat=True)) == {"0.0.0.0"}

    def test_a_confirmation_gives_it_another_key_and_it_can_still_be_ended(self, client, stina):
        by_mailed_code(client, stina)
        secret, before = with_app(stina), client.session.session_key
        client.post(reverse("mfa_reauthenticate"), {"code": code_now(secret), "next": PAGE})
        assert client.get(PAGE).status_code == 200
        assert not client.session.exists(before)
        [row] = UserSession.objects.filter(user=stina)
        assert row.session_key == client.session.session_key

    def test_one_is_ended(self, client, stina):
        others = [StrictClient(), StrictClient()]
        for other in (*others, client):
            by_mailed_code(other, stina)
        ended = UserSession.objects.get(session_key=others[0].session.session_key)
        assert client.post(reverse("session_end", args=[ended.pk])).url == PAGE
        assert [other.get(PAGE).status_code for other in (*others, client)] == [302, 200, 200]
        assert AuditEvent.objects.filter(kind="devices_signed_out", actor="Stina").count() == 1

    def test_all_others_are_ended(self, client, stina):
        others = [StrictClient(), StrictClient()]
        for other in (*others, client):
            by_mailed_code(other, stina)
        client.post(reverse("sessions_end"))
        assert [other.get(PAGE).status_code for other in (*others, client)] == [302, 302, 200]
        assert "Du är inte inloggad någon annanstans." in client.get(PAGE).text

    def test_another_persons_is_left_alone(self, client, stina):
        other = StrictClient()
        by_mailed_code(other, DelegateFactory(user__email="gun@kommun.invalid").user)
        client.force_login(stina)
        client.post(reverse("session_end", args=[UserSession.objects.get().pk]))
        assert other.get(PAGE).status_code == 200
        assert not AuditEvent.objects.filter(kind="devices_signed_out").exists()

    def test_one_that_has_ended_is_not_told(self, client, stina):
        other = StrictClient()
        by_mailed_code(other, stina)
        other.post(reverse("account_logout"))
        client.force_login(stina)
        assert "Du är inte inloggad någon annanstans." in client.get(PAGE).text

    @pytest.mark.parametrize(
        ("agent", "words"),
        [
            (WINDOWS, "Chrome på Windows"),
            (f"{WINDOWS} Edg/140.0", "Edge på Windows"),
            (IPHONE, "Safari på Iphone"),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox på Linux"),
            (
                "Mozilla/5.0 (Linux; Android 16; Pixel) AppleWebKit/537 Chrome/140 Mobile Safari/537",
                "Chrome på Android",
            ),
            ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/605 Version/19 Safari/605", "Safari på Mac"),
            ("curl/8.0", "Okänd webbläsare"),
            ("", "Okänd webbläsare"),
        ],
    )
    def test_a_browser_in_words(self, agent, words):
        assert device_of(agent) == words


class TestReset:
    def test_everything_is_taken_away_and_the_owner_told(self, client, stina, leader):
        with_passkey(stina)
        with_app(stina)
        client.force_login(stina)
        reset_factors(user=stina, by=leader)
        assert types(stina) == []
        assert client.get(PAGE).status_code == 302
        row = AuditEvent.objects.get(kind="factors_reset")
        assert (row.actor, row.target) == ("Cia", "Stina")
        assert Mail.objects.get(kind="factors_reset").body.startswith("Cia har tagit bort")

    def test_by_command(self, stina, capsys):
        with_app(stina)
        call_command("reset_factors", "Stina@Kommun.invalid")
        assert types(stina) == []
        assert "signed out everywhere" in capsys.readouterr().out
        with pytest.raises(CommandError, match="så det finns inget att ta bort"):
            call_command("reset_factors", ADDRESS)
        with pytest.raises(CommandError, match="Nobody signs in"):
            call_command("reset_factors", "okand@kommun.invalid")

    def test_nothing_is_no_change(self, stina, leader):
        with refused(NOTHING_TO_RESET):
            reset_factors(user=stina, by=leader)


class TestSigningInAnew:
    """Before the first factor is added, or a session ended, one has signed in within a quarter of an hour."""

    @pytest.mark.parametrize(("since", "is_asked"), [(timedelta(seconds=-1), False), (timedelta(seconds=1), True)])
    @pytest.mark.parametrize(("name", "key"), [("mfa_add_webauthn", "nyckel"), ("mfa_activate_totp", "app")])
    def test_before_the_first_factor(self, client, stina, now, name, key, since, is_asked):
        client.force_login(stina)
        now.shift(timedelta(minutes=15) + since)
        for ask in (client.get, client.post):
            answer = ask(reverse(name))
            assert (getattr(answer, "url", "") == reverse("sign_in_anew", args=[key])) is is_asked
        assert types(stina) == []

    def test_it_leads_out_and_back_again(self, client, stina, now):
        client.force_login(stina)
        now.shift(timedelta(days=1))
        page = client.get(reverse("mfa_add_webauthn"), follow=True)
        assert "Innan du ändrar hur du loggar in behöver vi veta att det är du." in page.text
        answer = client.post(page.redirect_chain[-1][0])
        assert answer.url == f"/logga-in/?next={reverse('mfa_add_webauthn')}"
        assert not is_in(client)
        client.post(answer.url, {"email": ADDRESS, "next": reverse("mfa_add_webauthn")})
        answer = client.post("/logga-in/kod/", {"code": mailed_code(), "next": reverse("mfa_add_webauthn")})
        assert answer.url == reverse("mfa_add_webauthn")
        assert client.get(answer.url).status_code == 200

    def test_an_unknown_way_is_not_found(self, client, stina):
        client.force_login(stina)
        assert client.get(reverse("sign_in_anew", args=["nagot-annat"])).status_code == 404

    def test_that_somebody_signs_in_elsewhere_does_not_help(self, client, stina, now):
        by_mailed_code(client, stina)
        now.shift(timedelta(days=1))
        by_mailed_code(StrictClient(), stina)
        assert client.get(reverse("mfa_activate_totp")).url == reverse("sign_in_anew", args=["app"])

    def test_before_another_factor_one_that_there_is_is_asked_for(self, client, stina, now):
        with_app(stina)
        client.force_login(stina)
        now.shift(timedelta(days=1))
        assert client.get(reverse("mfa_add_webauthn")).url.startswith(reverse("account_reauthenticate"))

    @pytest.mark.parametrize("all_of_them", [True, False])
    def test_before_a_session_is_ended(self, client, stina, now, all_of_them):
        elsewhere = StrictClient()
        by_mailed_code(elsewhere, stina)
        by_mailed_code(client, stina)
        row = UserSession.objects.get(session_key=elsewhere.session.session_key)
        address = reverse("sessions_end") if all_of_them else reverse("session_end", args=[row.pk])
        now.shift(timedelta(minutes=15, seconds=1))
        assert client.post(address).url == reverse("sign_in_anew", args=["enheter"])
        assert is_in(elsewhere)

    def test_with_a_factor_it_is_confirmed_and_then_ended(self, client, stina, now):
        elsewhere = StrictClient()
        by_mailed_code(elsewhere, stina)
        by_mailed_code(client, stina)
        secret = with_app(stina)
        now.shift(timedelta(minutes=15, seconds=1))
        answer = client.post(reverse("sessions_end"))
        assert answer.url == f"{reverse('account_reauthenticate')}?next={PAGE}"
        assert is_in(elsewhere)
        client.post(reverse("mfa_reauthenticate"), {"code": code_now(secret)})
        assert client.post(reverse("sessions_end")).url == PAGE
        assert not is_in(elsewhere)
