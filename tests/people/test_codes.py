"""Which mail an asker waits for, which codes let in, and the limits: they hit an attacker and not a room."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.core import ratelimit
from django.core import mail
from django.test import RequestFactory
from django.urls import reverse

from mailings import tasks
from mailings.enums import MailState
from mailings.models import Mail
from people import codes, sign_in_limits
from people.mails import NO_ACCOUNT, SIGN_IN_CODE
from tests.factories import UserFactory
from tests.factors import mailed_code
from tests.people.test_sign_in import ADDRESS, CODE, LOGIN, ask, is_signed_in
from tests.strict import StrictClient

pytestmark = pytest.mark.django_db
UNKNOWN = "okand@kommun.invalid"
NOON = datetime(2026, 6, 3, 10, tzinfo=UTC)
A_SECOND, A_MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@pytest.fixture
def stina():
    return UserFactory(email=ADDRESS, name="Stina Prov")


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def made(kind=SIGN_IN_CODE):
    return Mail.objects.filter(kind=kind.key).count()


def asked(address=ADDRESS):
    """A browser of its own that has asked."""
    browser = StrictClient()
    ask(browser, address)
    return browser


def give(browser, typed):
    browser.post(CODE, {"code": typed})
    return is_signed_in(browser)


def faults(number):
    """So many unknown addresses or wrong codes from the address that all test clients have."""
    request = RequestFactory().post(CODE)
    for _ in range(number):
        assert ratelimit.consume(request, action=sign_in_limits.FAULT)


class TestAskingAgain:
    @pytest.mark.parametrize(("address", "kind"), [(ADDRESS, SIGN_IN_CODE), (UNKNOWN, NO_ACCOUNT)])
    @pytest.mark.parametrize(("since", "mails"), [(A_MINUTE - A_SECOND, 1), (A_MINUTE + A_SECOND, 2)])
    def test_within_a_minute_sends_nothing_new_and_shows_the_same_page(self, clock, stina, address, kind, since, mails):
        browser = asked(address)
        first = browser.get(CODE).text
        clock.shift(since)
        answer = browser.post(CODE, {"action": "resend"})
        assert (answer.status_code, answer.url, made(kind)) == (302, CODE, mails)
        again = [without_token(page) for page in (first, browser.get(CODE).text, asked(address).get(CODE).text)]
        assert len(set(again)) == 1
        assert made(kind) == mails

    def test_the_first_code_stays_good_and_works_in_both_browsers(self, clock, stina):
        first = asked()
        right = mailed_code()
        clock.shift(A_MINUTE - A_SECOND)
        second = asked()
        assert give(second, right)
        assert not give(first, right), "it has been used"

    def test_mail_may_come_in_any_order(self, clock, stina):
        browser = asked()
        late = mailed_code()
        clock.shift(A_MINUTE)
        browser.post(CODE, {"action": "resend"})
        assert mailed_code() != late
        assert give(browser, late)

    def test_a_new_code_has_its_own_quarter_and_its_own_tries(self, clock, stina):
        browser = asked()
        for _ in range(4):
            give(browser, "BBBB-BBBB")
        clock.shift(timedelta(minutes=14))
        browser.post(CODE, {"action": "resend"})
        right = mailed_code()
        clock.shift(timedelta(minutes=14))
        give(browser, "BBBB-BBBB")
        assert give(browser, right)

    def test_an_older_code_ends_after_its_quarter(self, clock, stina):
        asked()
        old = mailed_code()
        clock.shift(sign_in_limits.CODE_GOOD_FOR + A_SECOND)
        assert not give(asked(), old)

    def test_after_signing_in_a_new_code_comes_at_once(self, clock, stina):
        browser = asked()
        used = mailed_code()
        clock.shift(A_SECOND)
        assert give(browser, used)
        clock.shift(A_SECOND)
        browser = asked()
        assert mailed_code() != used
        assert not give(browser, used)
        assert give(browser, mailed_code())

    def test_who_has_changed_address_meanwhile_begins_anew(self, clock, stina):
        browser = asked()
        stina.email = "stina.prov@kommun.invalid"
        stina.save()
        clock.shift(A_MINUTE)
        assert browser.post(CODE, {"action": "resend"}).url == LOGIN
        assert browser.get(CODE).url == LOGIN
        assert made() == 1

    def test_of_two_who_ask_at_once_both_wait_for_the_same_mail(self, clock, stina, monkeypatch):
        """The second has seen no mail, and its row is there when it wants to write it."""
        first = codes.mail_to(ADDRESS, stina)
        monkeypatch.setattr("people.codes._unused", lambda mails, _user: mails.none())
        monkeypatch.setattr("people.codes._mailed", lambda _address, _user: Mail.objects.none())
        assert codes.mail_to(ADDRESS, stina) == first


def without_token(html):
    return re.sub(r'(value|content|nonce)="[A-Za-z0-9+/=]{16,}"', "", html)


class TestSixAnHour:
    @pytest.mark.parametrize(("address", "kind"), [(ADDRESS, SIGN_IN_CODE), (UNKNOWN, NO_ACCOUNT)])
    @pytest.mark.parametrize(("since", "mails"), [(-A_SECOND, 6), (A_SECOND, 7)])
    def test_and_no_more_until_the_first_is_an_hour_old(self, clock, stina, address, kind, since, mails):
        for number in range(1, 7):
            page = asked(address).get(CODE).text
            tasks.send_codes()
            assert made(kind) == number
            clock.shift(A_MINUTE)
        clock.move_to(NOON + timedelta(hours=1) + since)
        browser = asked(address)
        assert made(kind) == mails
        assert without_token(browser.get(CODE).text) == without_token(page)

    def test_what_could_not_be_sent_does_not_count(self, clock, stina):
        for _ in range(6):
            asked()
            clock.shift(A_MINUTE)
        Mail.objects.update(state=MailState.FAILED)
        assert give(asked(), mailed_code())

    def test_a_request_beyond_voids_nothing(self, clock, stina):
        for _ in range(6):
            browser = asked()
            right = mailed_code()
            clock.shift(A_MINUTE)
        beyond = asked()
        assert made() == 6
        assert give(beyond, right)
        assert not give(browser, "BBBB-BBBB")

    @pytest.mark.parametrize("comes", [(49,), (9, 29, 59)])
    def test_three_posts_a_minute_by_a_stranger_keep_nobody_out(self, clock, stina, comes):
        """Her own asking then sends nothing, but the mail that the stranger's asking sent lets her in, and not them."""
        stranger = None
        for minute in range(60):
            for _ in range(3 if minute < 10 or minute % 10 == 9 else 0):
                stranger = asked()
                tasks.send_codes()
                clock.shift(timedelta(seconds=20))
            if minute in comes:
                browser = asked()
                clock.shift(A_SECOND)
                assert give(browser, mailed_code()), minute
                assert not is_signed_in(stranger)
            clock.move_to(NOON + (minute + 1) * A_MINUTE)
        assert made() <= 6 * (1 + len(comes)), "six, and six more each time she has signed in"


class TestTheNetwork:
    @pytest.mark.parametrize(("before", "mails"), [(119, 1), (120, 0)])
    def test_an_unknown_address_is_mailed_until_120_faults_an_hour(self, client, before, mails):
        faults(before)
        answer = ask(client, UNKNOWN)
        assert (answer.status_code, answer.url, made(NO_ACCOUNT)) == (302, CODE, mails)

    def test_beyond_them_known_and_unknown_addresses_look_alike(self, client, stina):
        faults(120)
        pages = [
            without_token(asked(address).get(CODE).text).replace(UNKNOWN, ADDRESS) for address in (ADDRESS, UNKNOWN)
        ]
        assert pages[0] == pages[1]
        assert made() == 1

    @pytest.mark.parametrize(("before", "is_in"), [(119, True), (120, False)])
    def test_codes_are_taken_until_120_faults_an_hour(self, client, stina, before, is_in):
        ask(client)
        faults(before)
        assert give(client, mailed_code()) is is_in

    def test_beyond_them_it_is_told_why_and_is_no_try(self, clock, client, stina):
        ask(client)
        right = mailed_code()
        faults(120)
        for _ in range(6):
            answer = client.post(CODE, {"code": "BBBB-BBBB"}, follow=True)
            assert "Från ditt nätverk har det den senaste timmen kommit många felaktiga koder" in answer.text
        clock.shift(timedelta(minutes=10))
        client.post(CODE, {"action": "resend"})
        assert not give(client, right)
        assert give(StrictClient(REMOTE_ADDR="192.0.2.7"), right) is False, "it has not asked"
        elsewhere = StrictClient(REMOTE_ADDR="192.0.2.7")
        ask(elsewhere)
        assert give(elsewhere, mailed_code())

    @pytest.mark.parametrize(("since", "is_in"), [(-A_SECOND, False), (A_SECOND, True)])
    def test_the_hour(self, clock, stina, since, is_in):
        faults(120)
        clock.shift(timedelta(hours=1) + since)
        assert give(asked(), mailed_code()) is is_in

    def test_only_unknown_addresses_and_wrong_codes_count(self, client, stina):
        faults(117)
        assert give(asked(), mailed_code())
        asked(UNKNOWN)
        give(asked(), "BBBB-BBBB")
        asked("annan@kommun.invalid")
        asked("ingen@kommun.invalid")
        assert {to for sent in mail.outbox for to in sent.to} == {ADDRESS}
        assert made(NO_ACCOUNT) == 2

    def test_a_room_of_sixty_signs_in_within_two_minutes(self, clock):
        """Behind one address, and every third types a wrong code first."""
        people = [UserFactory() for _ in range(60)]
        for number, person in enumerate(people):
            browser = asked(person.email)
            right = mailed_code()
            assert mail.outbox[-1].to == [person.email]
            if number % 3 == 0:
                assert not give(browser, "BBBB-BBBB")
            assert give(browser, right), number
            clock.shift(2 * A_SECOND)


def log_lines(caplog):
    ours = [record for record in caplog.records if record.name in ("people.sign_in", "people.codes")]
    assert {record.levelname for record in ours} == {"WARNING"}
    return [record.getMessage() for record in ours]


class TestWhatTheLogTells:
    def test_a_wrong_code_by_the_persons_number(self, client, stina, caplog):
        ask(client)
        give(client, "BBBB-BBBB")
        assert log_lines(caplog) == [f"A wrong code for user {stina.pk}."]

    def test_an_unknown_address_without(self, client, caplog):
        ask(client, UNKNOWN)
        give(client, "BBBB-BBBB")
        assert log_lines(caplog) == ["A wrong code for an unknown address."]

    def test_every_limit(self, clock, client, stina, caplog):
        for _ in range(6):
            asked()
            clock.shift(A_MINUTE)
        asked()
        asked(UNKNOWN)
        asked(UNKNOWN)
        faults(118)
        asked("annan@kommun.invalid")
        give(asked(), "BBBB-BBBB")
        assert log_lines(caplog) == [
            f"No more codes this hour for user {stina.pk}.",
            "No new code yet for an unknown address.",
            "A network address has asked for codes to too many unknown addresses.",
            f"No more codes this hour for user {stina.pk}.",
            f"A network address has tried too many wrong codes; now for user {stina.pk}.",
        ]
        assert "kommun.invalid" not in caplog.text


class TestTheLink:
    def link(self):
        tasks.send_codes()
        return re.search(r"http://\S+(/logga-in/lank/\S+/)", mail.outbox[-1].body)[1]

    def test_one_press_signs_in_where_the_code_was_asked_for(self, client, stina):
        page = reverse("follow_up:tasks")
        ask(client, next=page)
        opened = client.get(self.link())
        [form] = re.findall(r'<form class="form".*?</form>', opened.text, re.S)
        assert not is_signed_in(client)
        sent = dict(re.findall(r'name="(code|next)" value="([^"]*)"', form))
        assert client.post(re.search(r'action="([^"]*)"', form)[1], sent).url == page
        assert is_signed_in(client)

    def test_09_a_scanner_uses_nothing_up(self, client, stina):
        ask(client)
        scanner, link = StrictClient(), self.link()
        for _ in range(6):
            assert scanner.head(link).status_code == 200
            assert scanner.get(link).status_code == 200
            assert client.get(link).status_code == 200
        assert not is_signed_in(scanner)
        assert give(client, mailed_code())

    def test_in_another_browser_it_shows_the_way(self, client, stina):
        ask(client)
        right = mailed_code()
        page = StrictClient().get(self.link()).text
        assert "Öppna länken där du bad om koden." in page
        assert right in page
        assert f'href="{LOGIN}"' in page
        assert f'action="{CODE}"' not in page

    def test_who_has_signed_in_is_led_on(self, client, stina):
        ask(client)
        link = self.link()
        give(client, mailed_code())
        assert client.get(link).url == "/"

    def test_a_code_in_the_address_is_shown_only_if_it_is_one(self, client):
        for key in ("RING-0701", "BCDFGHJK", "bcdf-ghjk", "BCDF-GHJKL"):
            assert client.get(f"/logga-in/lank/{key}/").status_code == 404

    def test_an_unknown_address_gets_none(self, client):
        ask(client, UNKNOWN)
        tasks.send_codes()
        assert "/lank/" not in mail.outbox[-1].body


class TestTheMail:
    def test_it_is_written_as_every_other(self, client, stina, settings):
        settings.MAIL_DOMAIN = "modell.exempel.invalid"
        ask(client)
        tasks.send_codes()
        [sent] = mail.outbox
        assert sent.extra_headers["Message-ID"].endswith("@modell.exempel.invalid>")
        assert "Hej Stina!" in sent.body
        assert "Koden gäller i 15 minuter och bara en gång." in " ".join(sent.body.split())
        assert sent.alternatives

    def test_an_unknown_address_is_told(self, client):
        ask(client, UNKNOWN)
        tasks.send_codes()
        assert f"försökt logga in i Modell med {UNKNOWN}" in " ".join(mail.outbox[-1].body.split())

    def test_its_key_tells_no_address_and_the_row_has_no_code_but_in_its_words(self, client, stina, settings):
        settings.DEMO = False
        ask(client)
        right = mailed_code()
        row = Mail.objects.get()
        assert row.expires_at - row.made_at < sign_in_limits.CODE_GOOD_FOR + A_SECOND
        stored = " ".join(str(value) for value in Mail.objects.values().get().values())
        assert right not in stored
        assert "stina" not in stored.lower()
        assert right not in str(dict(client.session))

    def test_two_addresses_and_two_mails_have_different_codes(self, clock, stina):
        others = [UserFactory() for _ in range(3)]
        made = [codes.mail_to(person.email, person) for person in (stina, *others)]
        clock.shift(A_MINUTE)
        made.append(codes.mail_to(ADDRESS, stina))
        assert len({codes.code_of(row.message_id) for row in made}) == 5
        assert all(codes.is_code(codes.code_of(row.message_id)) for row in made)


class TestThePageThatWaits:
    def shown(self, address, state, since=timedelta(0), clock=None):
        browser = asked(address)
        Mail.objects.update(state=state)
        if clock:
            clock.shift(since)
        return browser.get(CODE).text.replace(address, "X")

    def test_it_says_that_it_can_take_a_minute_and_what_to_do(self, client, stina):
        ask(client)
        page = client.get(CODE).text
        for words in ("Det kan ta en minut", "skräpposten", "Skicka en ny kod", "processledaren på SKR"):
            assert words in page
        assert "dröjer" not in page

    @pytest.mark.parametrize("address", [ADDRESS, UNKNOWN])
    @pytest.mark.parametrize(("since", "is_told"), [(A_MINUTE - A_SECOND, False), (A_MINUTE, True)])
    @pytest.mark.parametrize("state", [MailState.QUEUED, MailState.SENDING])
    def test_after_a_minute_without_an_answer_it_says_so(self, clock, stina, address, since, is_told, state):
        assert ("Mejlet dröjer." in self.shown(address, state, since, clock)) is is_told

    @pytest.mark.parametrize("address", [ADDRESS, UNKNOWN])
    def test_a_refusal_for_good_is_told_at_once(self, stina, address):
        assert "Mejlet gick inte att skicka." in self.shown(address, MailState.FAILED)

    def test_both_are_told_alike(self, clock, stina):
        for state in (MailState.QUEUED, MailState.SENT, MailState.FAILED):
            known, unknown = (without_token(self.shown(address, state)) for address in (ADDRESS, UNKNOWN))
            assert known == unknown

    def test_another_browser_is_told_nothing(self, stina):
        asked()
        Mail.objects.update(state=MailState.FAILED)
        assert "gick inte att skicka" not in asked("annan@kommun.invalid").get(CODE).text


def test_25_a_second_tab_leads_on_once_one_is_signed_in(stina):
    browser = StrictClient(enforce_csrf_checks=True)
    page = browser.get(LOGIN).text
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    browser.post(LOGIN, {"email": ADDRESS, "csrfmiddlewaretoken": token})
    browser.post(CODE, {"code": mailed_code(), "csrfmiddlewaretoken": token})
    assert is_signed_in(browser)
    for address, sent in ((LOGIN, {"email": ADDRESS}), (CODE, {"code": "BBBB-BBBB"}), (CODE, {"action": "resend"})):
        assert browser.post(address, {**sent, "csrfmiddlewaretoken": token}).url == "/"
        assert browser.get(address).url == "/"
