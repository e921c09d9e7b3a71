"""Code mail: a lane of its own, quick tries while the code is good, and nothing left of its words afterwards."""

import re
import runpy
import socket
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings as django_settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from mailings import delivery, erasing, tasks
from mailings.enums import MailState
from mailings.models import Mail
from people.mails import SIGN_IN_CODE
from tests.factories import CohortFactory, UserFactory
from tests.mail_server import DROP, SILENT, MailServer
from tests.mailings.test_delivery import Worker, sent_to, smtp  # noqa: F401
from tests.modell.test_deployment import COMPOSE
from tests.people.test_sign_in import ADDRESS, CODE, ask
from tests.process_factories import MailFactory

pytestmark = pytest.mark.django_db
A_SECOND = timedelta(seconds=1)
GOOD_FOR = timedelta(minutes=15)


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def _no_demonstration(settings):
    settings.DEMO = False


def code_mail(**facts):
    return MailFactory(
        kind=SIGN_IN_CODE.key, body="BCDF-GHJK", path="/x/", expires_at=timezone.now() + GOOD_FOR, **facts
    )


def again(mail):
    return Mail.objects.get(pk=mail.pk)


def words(mail):
    return (mail.address, mail.body, mail.text, mail.html, mail.reason, mail.path, mail.reply_to, mail.recipient)


class TestWhatAServerMayAnswer:
    @pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA", "END"])
    def test_a_no_for_good_is_a_failure_at_once(self, smtp, step):  # noqa: F811
        mail = code_mail()
        assert sent_to(smtp, mail, **{step: "550 no such user"})[0] == MailState.FAILED
        assert mail.error == "E-postservern tog inte emot mejlet (svar 550)."

    @pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA", "END"])
    @pytest.mark.parametrize("answer", ["451 try later", DROP])
    def test_a_no_for_now_is_tried_again_within_seconds(self, smtp, clock, step, answer):  # noqa: F811
        """Cut off at the end too: the same code twice harms nobody, and none would keep a person out."""
        mail = code_mail()
        assert sent_to(smtp, mail, **{step: answer})[0] == MailState.QUEUED
        assert mail.not_before == timezone.now() + timedelta(seconds=5)

    def test_one_that_is_silent_is_waited_for_a_third_as_long(self, smtp, settings):  # noqa: F811
        assert (delivery._patience(code_mail()), delivery._patience(MailFactory())) == (20, 60)
        mail = code_mail()
        assert sent_to(smtp, mail, END=SILENT)[0] == MailState.QUEUED

    def test_it_is_tried_twice_a_minute_until_it_has_expired(self, smtp, clock):  # noqa: F811
        with socket.socket() as taken:  # bound and not listening: whoever calls is refused
            taken.bind(("127.0.0.1", 0))
            smtp(taken.getsockname()[1])
            mail, waited = code_mail(), []
            while again(mail).state == MailState.QUEUED:
                before = again(mail).tries
                tasks.send_codes()
                if again(mail).tries > before:
                    waited.append((again(mail).not_before - timezone.now()).seconds)
                clock.shift(timedelta(seconds=5))
        assert waited[:8] == [5, 10, 15, 20, 25, 30, 30, 30]
        assert sum(waited[:-1]) <= GOOD_FOR.total_seconds() <= sum(waited)
        assert (again(mail).state, again(mail).error) == (MailState.FAILED, delivery.NO_SERVER)


class TestWhenItExpires:
    @pytest.mark.parametrize(("since", "state"), [(-A_SECOND, MailState.SENT), (A_SECOND, MailState.FAILED)])
    def test_it_is_not_sent(self, clock, mailoutbox, since, state):
        mail = code_mail()
        clock.shift(GOOD_FOR + since)
        tasks.deliver_code(mail.pk)
        tasks.send_codes()
        assert (again(mail).state, len(mailoutbox)) == (state, int(state == MailState.SENT))

    def test_it_says_why(self, clock):
        mail = code_mail()
        clock.shift(GOOD_FOR)
        tasks.send_codes()
        assert again(mail).error == "Koden hann sluta gälla innan mejlet kunde skickas."
        assert set(words(again(mail))) == {"", None}


class TestItsWords:
    @pytest.mark.parametrize("answer", ["250 stored", "550 no"])
    def test_are_erased_as_soon_as_it_is_sent_or_has_failed(self, smtp, answer):  # noqa: F811
        mail = code_mail(reply_to="a@exempel.invalid")
        sent_to(smtp, mail, END=answer)
        left = again(mail)
        assert set(words(left)) == {"", None}
        kept = ("key", "kind", "made_at", "expires_at", "message_id")
        assert [getattr(left, name) for name in kept] == [getattr(mail, name) for name in kept]

    def test_are_kept_while_it_waits(self, smtp):  # noqa: F811
        mail = code_mail()
        sent_to(smtp, mail, END="451 later")
        tasks.send_codes()
        assert "" not in words(again(mail))[:3]

    def test_are_read_in_the_demonstration_until_the_code_has_expired(self, settings, clock, client):
        settings.DEMO = True
        UserFactory(email=ADDRESS)
        ask(client)
        tasks.send_codes()
        mail = Mail.objects.get()
        page = reverse("demo:demo_mail_one", args=[mail.pk])
        shown = re.search(r"[A-Z]{4}-[A-Z]{4}", client.get(page).text)
        assert client.get(reverse("demo:demo_mail")).text.count(SIGN_IN_CODE.name)
        clock.shift(GOOD_FOR + A_SECOND)
        tasks.send_codes()
        assert set(words(again(mail))) == {"", None}
        assert shown
        assert shown[0] not in client.get(page).text

    @pytest.mark.parametrize(("since", "left"), [(-A_SECOND, 1), (A_SECOND, 0)])
    def test_the_row_goes_after_thirty_days(self, clock, since, left):
        code_mail(state=MailState.SENT)
        ordinary = MailFactory(state=MailState.SENT)
        clock.shift(timedelta(days=30) + since)
        tasks.erase_old_mail()
        assert Mail.objects.exclude(pk=ordinary.pk).count() == left
        assert again(ordinary)

    def test_a_change_of_address_sends_no_code_elsewhere(self, clock):
        mail = code_mail(state=MailState.SENT)
        erasing.erase_spent_codes()
        assert not Mail.objects.filter(recipient__in=User.objects.all(), pk=mail.pk).exists()


class TestADeadWorker:
    @pytest.mark.parametrize(("since", "state"), [(-A_SECOND, MailState.SENDING), (A_SECOND, MailState.SENT)])
    def test_its_mail_is_sent_after_four_minutes(self, clock, since, state):
        mail = code_mail()
        delivery.take(mail.pk)
        clock.shift(timedelta(minutes=4) + since)
        tasks.send_codes()
        assert again(mail).state == state


class TestTheLane:
    def test_each_sweep_leaves_the_others_mail_alone(self, mailoutbox):
        code, ordinary = code_mail(), MailFactory()
        tasks.send_waiting()
        assert (again(code).state, again(ordinary).state) == (MailState.QUEUED, MailState.SENT)
        ordinary = MailFactory()
        tasks.send_codes()
        assert (again(code).state, again(ordinary).state) == (MailState.SENT, MailState.QUEUED)

    def test_its_tasks_go_to_its_queue_and_no_other_does(self):
        routes = django_settings.CELERY_TASK_ROUTES
        assert routes == {task.name: {"queue": "code"} for task in (tasks.deliver_code, tasks.send_codes)}
        queues = {name: queues_of(COMPOSE["services"][name]["command"]) for name in ("worker", "codes")}
        helpers = runpy.run_path(str(django_settings.BASE_DIR / "bin" / "serve"))["HELPERS"]
        assert queues == {"worker": ["celery"], "codes": ["code"]}
        assert {name: queues_of(" ".join(helpers[name])) for name in queues} == queues

    def test_beat_sweeps_it_every_five_seconds(self):
        entries = [entry for entry in django_settings.CELERY_BEAT_SCHEDULE.values() if "send_codes" in entry["task"]]
        assert [(entry["schedule"], entry["options"]) for entry in entries] == [(5.0, {"expires": 5})]

    @pytest.mark.parametrize("answers", [{"HELLO": SILENT}, {"END": SILENT}, {"MAIL": "451 x"}, {"RCPT": "550 x"}])
    def test_a_request_makes_a_row_and_speaks_to_no_server(
        self,
        client,
        smtp,  # noqa: F811
        answers,
        django_capture_on_commit_callbacks,
    ):
        UserFactory(email=ADDRESS)
        with MailServer(**answers) as server, django_capture_on_commit_callbacks() as callbacks:
            smtp(server.port)
            assert ask(client).url == CODE
            assert ask(client, "okand@kommun.invalid").url == CODE
            assert server.open == []
        assert [callback.args for callback in callbacks] == [(mail.pk,) for mail in Mail.objects.order_by("pk")]
        assert {callback.func for callback in callbacks} == {tasks.tell_code_worker}

    def test_a_commit_tells_the_worker(self, client, mailoutbox, django_capture_on_commit_callbacks):
        UserFactory(email=ADDRESS)
        with django_capture_on_commit_callbacks(execute=True):
            ask(client)
        assert [mail.to for mail in mailoutbox] == [[ADDRESS]]


def queues_of(command):
    return re.search(r"--queues=(\S+)", command)[1].split(",")


class TestWhatSkrSees:
    TITLE = "Koder för att logga in går inte fram."

    @pytest.fixture
    def pages(self):
        slug = CohortFactory().slug
        return [reverse("overview:cohorts"), reverse("follow_up:skr_mail"), reverse("follow_up:mail", args=[slug])]

    @pytest.mark.parametrize("role", ["process_leader", "administrator"])
    def test_that_codes_do_not_go_out_why_and_since_when(self, client, pages, role):
        for error in ("E-postservern gick inte att nå.", "E-postservern tog inte emot mejlet (svar 550)."):
            code_mail(state=MailState.FAILED, error=error, recipient=None, address="hemlig@exempel.invalid")
        client.force_login(UserFactory(skr_role=role))
        for page in pages:
            text = " ".join(client.get(page).text.split())
            assert self.TITLE in text
            opening = "Två mejl med koder har inte gått att skicka den senaste timmen, det första klockan "
            since = timezone.localtime(Mail.objects.earliest("pk").made_at)
            assert f"{opening}{since:%H.%M}. E-postservern tog inte emot mejlet (svar 550)." in text
            assert "hemlig@exempel.invalid" not in text

    @pytest.mark.parametrize(
        ("since", "state", "is_told"),
        [
            (timedelta(minutes=1) - A_SECOND, MailState.QUEUED, False),
            (timedelta(minutes=1), MailState.QUEUED, True),
            (timedelta(minutes=1), MailState.SENDING, True),
            (timedelta(minutes=1), MailState.SENT, False),
            (timedelta(0), MailState.FAILED, True),
            (timedelta(hours=1) - A_SECOND, MailState.FAILED, True),
            (timedelta(hours=1), MailState.FAILED, False),
        ],
    )
    def test_from_when_and_for_how_long(self, client, clock, pages, since, state, is_told):
        code_mail(state=state)
        client.force_login(UserFactory(skr_role="process_leader"))
        clock.shift(since)
        assert (self.TITLE in client.get(pages[0]).text) is is_told

    def test_a_mistyped_address_is_none_of_their_business(self, client, pages):
        MailFactory(kind="no_account", state=MailState.FAILED, expires_at=timezone.now() + GOOD_FOR)
        client.force_login(UserFactory(skr_role="process_leader"))
        assert self.TITLE not in client.get(pages[0]).text

    def test_nobody_else_is_told(self, client, cast):
        code_mail(state=MailState.FAILED)
        client.force_login(cast.anna)
        assert self.TITLE not in client.get(reverse("overview:cohorts")).text

    def test_who_asked_for_a_code_and_its_words_are_shown_to_nobody(self, client, pages):
        mail = code_mail(recipient=UserFactory(name="Stina Prov"))
        client.force_login(UserFactory(skr_role="process_leader"))
        for page in pages:
            assert "Stina Prov" not in client.get(page).text
        for name in ("follow_up:mail_one", "follow_up:mail_file"):
            assert client.get(reverse(name, args=[mail.pk])).status_code == 404
        assert client.post(reverse("follow_up:mail_resend", args=[mail.pk])).status_code == 404

    def test_its_words_cannot_be_changed(self, client):
        client.force_login(UserFactory(skr_role="process_leader"))
        address = reverse("follow_up:mail_wording", args=[SIGN_IN_CODE.key])
        assert client.get(address).status_code == 404
        assert client.post(address, {"subject": "x", "body": "y"}).status_code == 404
        page = client.get(reverse("follow_up:mail_wordings")).text
        assert SIGN_IN_CODE.name in page
        assert address not in page


@pytest.mark.services
@pytest.mark.in_turn("compose")
@pytest.mark.django_db(transaction=True)
def test_the_workers_of_compose_each_send_their_own(tmp_path):
    """The other lane stands still: its worker is not even running, and the code goes out."""
    with MailServer() as server:
        worker = Worker(tmp_path, server.port)
        try:
            code, ordinary = code_mail(), MailFactory()
            worker.tell("deliver", ordinary.pk)
            worker.start("codes")
            worker.broker.send_task("mailings.tasks.deliver_code", (code.pk,), queue="code")
            worker.until("codes", lambda: again(code).state == MailState.SENT, "no code is sent")
            assert again(ordinary).state == MailState.QUEUED
            waiting = code_mail()
            worker.begin()
            worker.until_it_is(ordinary, MailState.SENT)
            assert again(waiting).state == MailState.QUEUED
            worker.broker.send_task("mailings.tasks.send_codes", queue="code")
            worker.until("codes", lambda: again(waiting).state == MailState.SENT, "the sweep sends none")
        finally:
            worker.stop()
    assert len(server.received) == 3
