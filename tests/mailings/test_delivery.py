"""Mail is sent at most once, and none is silently lost: what a mail server, a network and a killed worker can do."""

import os
import re
import signal
import socket
import subprocess
import sys
import textwrap
import threading
from datetime import timedelta

import pytest
import time_machine
from celery import Celery
from django.conf import settings as django_settings
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from kombu.exceptions import OperationalError

from mailings import delivery, tasks
from mailings.actions import Envelope, queue_mail
from mailings.attachments import attach
from mailings.delivery import TAKEN_FOR_DEAD
from mailings.enums import MailState
from mailings.models import Mail
from mailings.querysets import LONGEST_WAIT
from modell import clock
from people.mails import INVITATION
from tests.factories import UserFactory
from tests.mail_server import DROP, SILENT, MailServer
from tests.modell.test_deployment import PATIENCE_SECONDS, Running
from tests.process_factories import MailFactory

pytestmark = pytest.mark.django_db
VALUES = {"organisation": "Provby kommun", "funktion": "strateg", "omgang": "Provomgången"}


@pytest.fixture
def smtp(settings):
    """Point the site at a server."""

    def use(port, **more):
        settings.EMAIL_BACKEND = "mailings.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 60
        for name, value in more.items():
            setattr(settings, name, value)

    return use


def sent_to(smtp, mail, **answers):
    """Deliver it to a server that answers so; its state afterwards, and what the server holds."""
    login = answers.pop("login", {})
    # Silence is waited for; an answer is too, however long a busy machine takes.
    patience = {"EMAIL_TIMEOUT": 1} if SILENT in answers.values() else {}
    with MailServer(**answers) as server:
        smtp(server.port, **login, **patience)
        tasks.deliver(mail.pk)
    mail.refresh_from_db()
    return mail.state, server.received


class TestWhatAServerMayAnswer:
    def test_it_is_sent_with_its_own_message_id(self, smtp):
        mail = MailFactory(text="Hej!\n", html="<p>Hej!</p>", reply_to="leder@exempel.invalid", subject="Träff på åtta")
        state, [received] = sent_to(smtp, mail)
        assert state == MailState.SENT
        assert mail.sent_at
        assert (received["Message-ID"], received["Subject"]) == (mail.message_id, "Träff på åtta")
        assert (received["Reply-To"], received["To"]) == ("leder@exempel.invalid", mail.address)
        assert received["Auto-Submitted"] == "auto-generated"
        assert received.get_body(("plain",)).get_content().splitlines() == ["Hej!"]
        assert received.get_body(("html",)).get_content().strip() == "<p>Hej!</p>"

    @pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA", "END"])
    def test_a_no_for_good_is_a_failure_that_is_told(self, smtp, step):
        mail = MailFactory()
        assert sent_to(smtp, mail, **{step: "550 no such user"}) == (MailState.FAILED, [])
        assert mail.error == "E-postservern tog inte emot mejlet (svar 550)."

    @pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA", "END"])
    @pytest.mark.parametrize("code", ["421", "451"])
    def test_a_no_for_now_is_tried_again_later(self, smtp, step, code):
        """As a server does that lists greylisted senders, or is closing down."""
        mail = MailFactory()
        assert sent_to(smtp, mail, **{step: f"{code} try later"}) == (MailState.QUEUED, [])
        assert mail.error == f"E-postservern bad oss vänta (svar {code})."
        assert mail.not_before > timezone.now()

    @pytest.mark.parametrize("how", [DROP, SILENT])
    @pytest.mark.parametrize("step", ["HELLO", "EHLO", "MAIL", "RCPT"])
    def test_cut_off_before_the_content_nothing_has_left(self, smtp, step, how):
        mail = MailFactory()
        assert sent_to(smtp, mail, **{step: how}) == (MailState.QUEUED, [])
        assert mail.error == delivery.NO_SERVER

    @pytest.mark.parametrize("how", [DROP, SILENT])
    def test_cut_off_at_the_content_it_is_uncertain(self, smtp, how):
        mail = MailFactory()
        assert sent_to(smtp, mail, DATA=how) == (MailState.UNCERTAIN, [])
        assert mail.error == delivery.CUT_OFF

    @pytest.mark.parametrize("how", [DROP, SILENT])
    def test_cut_off_before_the_confirmation_it_is_uncertain_and_may_have_come(self, smtp, how):
        mail = MailFactory()
        state, received = sent_to(smtp, mail, END=how)
        assert (state, len(received)) == (MailState.UNCERTAIN, 1)

    def test_a_server_that_breaks_off_at_goodbye_has_the_mail_all_the_same(self, smtp, monkeypatch):
        def broken(server):
            server.close()
            raise ConnectionResetError

        monkeypatch.setattr("mailings.smtp.Plain.quit", broken)
        assert sent_to(smtp, MailFactory())[0] == MailState.SENT

    def test_no_server_at_all(self, smtp):
        with socket.socket() as taken:  # bound and not listening: whoever calls is refused
            taken.bind(("127.0.0.1", 0))
            smtp(taken.getsockname()[1])
            mail = MailFactory()
            tasks.deliver(mail.pk)
        mail.refresh_from_db()
        assert (mail.state, mail.error, mail.tries) == (MailState.QUEUED, delivery.NO_SERVER, 1)

    @pytest.mark.parametrize(
        ("login", "answers"),
        [
            ({"EMAIL_USE_TLS": True}, {}),
            ({"EMAIL_USE_TLS": True}, {"extensions": "STARTTLS", "STARTTLS": "454 not now"}),
            ({"EMAIL_USE_TLS": True}, {"extensions": "STARTTLS", "STARTTLS": "220 go on"}),
            ({"EMAIL_USE_SSL": True}, {}),
            ({"EMAIL_HOST_USER": "x", "EMAIL_HOST_PASSWORD": "y"}, {}),
            (
                {"EMAIL_HOST_USER": "x", "EMAIL_HOST_PASSWORD": "y"},
                {"extensions": "AUTH PLAIN", "AUTH": "535 wrong password"},
            ),
            ({}, {"HELLO": "554 no service here"}),
        ],
        ids=["no TLS", "TLS refused", "TLS broken", "no SSL", "no sign-in", "wrong password", "turned away"],
    )
    def test_what_is_wrong_with_the_site_is_no_fault_of_the_mail(self, smtp, login, answers):
        mail = MailFactory()
        assert sent_to(smtp, mail, login=login, **answers) == (MailState.QUEUED, [])
        assert mail.error == delivery.NO_SERVER


class TestTryingAgain:
    def test_longer_each_time_and_given_up_after_a_day_and_a_night(self, smtp):
        smtp(1)
        mail, waited = MailFactory(), []
        for _ in range(delivery.MAX_TRIES):
            Mail.objects.update(not_before=None)
            tasks.deliver(mail.pk)
            mail.refresh_from_db()
            if mail.state == MailState.QUEUED:
                waited.append(round((mail.not_before - timezone.now()).total_seconds() / 60))
        assert waited[:6] == [2, 4, 8, 16, 32, 60]
        assert timedelta(hours=24) < timedelta(minutes=sum(waited)) < timedelta(hours=26)
        assert (mail.state, mail.error) == (MailState.FAILED, delivery.NO_SERVER)
        assert list(Mail.objects.unsettled()) == [mail]

    def test_not_before_its_time(self, smtp):
        mail = MailFactory(not_before=timezone.now() + timedelta(minutes=5))
        assert sent_to(smtp, mail) == (MailState.QUEUED, [])
        tasks.send_waiting()
        assert Mail.objects.get().tries == 0

    @pytest.mark.parametrize(("since", "sent"), [(timedelta(0), 0), (timedelta(seconds=1), 1)])
    @pytest.mark.parametrize("tries", [0, 1])
    def test_a_clock_that_was_wrong_delays_no_retry(self, mailoutbox, tries, since, sent):
        """Only of mail that has been tried: another waits for as long as whoever made it wants."""
        now = timezone.now()
        MailFactory(tries=tries, not_before=now + 2 * LONGEST_WAIT + since)
        with time_machine.travel(now, tick=False):
            tasks.send_waiting()
        assert len(mailoutbox) == (sent if tries else 0)

    def test_one_that_cannot_be_made_does_not_hold_up_the_others(self, smtp):
        broken = MailFactory(reply_to="a@exempel.invalid\nBcc: b@exempel.invalid")
        whole = MailFactory()
        with MailServer() as server:
            smtp(server.port)
            tasks.send_waiting()
        broken.refresh_from_db()
        assert (broken.state, broken.error) == (MailState.QUEUED, delivery.NOT_MADE)
        assert server.message_ids == [whole.message_id]

    def test_a_sweep_ends_where_there_is_no_server(self, smtp):
        """Else each of hundreds would wait for a time-out of its own, and reports with them."""
        first, second = MailFactory(), MailFactory()
        smtp(1)
        tasks.send_waiting()
        assert [Mail.objects.get(pk=mail.pk).tries for mail in (first, second)] == [1, 0]

    def test_a_header_that_would_break_the_mail_is_never_sent(self, smtp):
        mail = MailFactory(reply_to="a@exempel.invalid\nBcc: b@exempel.invalid")
        assert sent_to(smtp, mail) == (MailState.QUEUED, [])
        assert mail.error == delivery.NOT_MADE

    def test_the_attachment_goes_along(self, smtp):
        """With its own name and type, and every byte as it is stored, however many mails carry it."""
        calendar = "text/calendar; method=PUBLISH; charset=utf-8"
        files = [
            attach("Program för träffen.pdf", b"%PDF-1.7"),
            attach("träff.ics", "BEGIN:VCALENDAR\r\nSUMMARY:Å\r\n".encode(), calendar),
            attach("lista.csv", "å\n\n".encode("latin-1")),
        ]
        for _ in range(2):
            mail = MailFactory()
            mail.files.set(files)
            _, [received] = sent_to(smtp, mail)
            parts = list(received.iter_attachments())
            assert [part.get_filename() for part in parts] == ["Program för träffen.pdf", "träff.ics", "lista.csv"]
            assert [part.get_content_type() for part in parts] == ["application/pdf", "text/calendar", "text/csv"]
            assert parts[1]["Content-Type"].params["method"] == "PUBLISH"
            contents = [part.get_payload(decode=True) for part in parts]
            assert contents == [b"%PDF-1.7", "BEGIN:VCALENDAR\r\nSUMMARY:Å\r\n".encode(), b"\xe5\n\n"]
        assert len(default_storage.listdir("bilagor")[1]) == 3

    def test_a_file_that_is_gone_stops_the_mail_with_a_sentence(self, smtp, client):
        """It is not sent without, and not tried again: nobody brings the file back."""
        mail = MailFactory()
        mail.files.add(file := attach("program.pdf", b"%PDF-1.7"))
        default_storage.delete(file.file.name)
        assert sent_to(smtp, mail) == (MailState.FAILED, [])
        assert mail.error == "Bilagan program.pdf finns inte kvar, så mejlet skickades inte."
        client.force_login(UserFactory(skr_role="process_leader"))
        answer = client.get(reverse("follow_up:mail_file", args=[mail.pk]))
        assert answer.status_code == 404
        assert "Texten står på mejlets sida." in answer.text
        assert "program.pdf" in client.get(reverse("follow_up:mail_one", args=[mail.pk])).text
        # Stored anew, it is there for every mail that has it.
        assert attach("program.pdf", b"%PDF-1.7") == file
        Mail.objects.update(state=MailState.QUEUED)
        assert sent_to(smtp, mail)[0] == MailState.SENT


class TestOneWorkerGetsIt:
    def test_two_messages_send_one_mail(self, smtp):
        mail = MailFactory()
        with MailServer() as server:
            smtp(server.port)
            tasks.deliver(mail.pk)
            tasks.deliver(mail.pk)
            tasks.send_waiting()
            tasks.deliver(987654)
        assert server.message_ids == [mail.message_id]

    def test_the_row_is_taken_by_one(self):
        mail = MailFactory()
        assert delivery.take(mail.pk) is not None
        assert delivery.take(mail.pk) is None

    def test_the_same_key_makes_one_mail(self, django_capture_on_commit_callbacks, mailoutbox):
        user = UserFactory()
        made = []
        for _ in range(2):
            with django_capture_on_commit_callbacks(execute=True):
                made.append(queue_mail(kind=INVITATION, key="k", to=Envelope.to(user, reason="Därför."), values=VALUES))
        assert [bool(mail) for mail in made] == [True, False]
        assert [mail.to for mail in mailoutbox] == [[user.email]]

    def test_without_a_broker_the_next_sweep_sends_it(
        self, monkeypatch, django_capture_on_commit_callbacks, mailoutbox
    ):
        def down(*_args):
            raise OperationalError("no broker")

        with monkeypatch.context() as patched:
            patched.setattr(tasks.deliver, "delay", down)
            with django_capture_on_commit_callbacks(execute=True):
                queue_mail(kind=INVITATION, key="k", to=Envelope.to(UserFactory(), reason="Så."), values=VALUES)
        assert not mailoutbox
        tasks.send_waiting()
        assert len(mailoutbox) == 1


class TestWhoIsTakenForDead:
    def expire(self, mail):
        Mail.objects.filter(pk=mail.pk).update(taken_at=timezone.now() - TAKEN_FOR_DEAD)

    def test_is_uncertain_and_never_sent_by_itself(self, smtp):
        mail = MailFactory()
        delivery.take(mail.pk)
        tasks.send_waiting()
        assert Mail.objects.get().state == MailState.SENDING, "The worker may still be at it."
        self.expire(mail)
        with MailServer() as server:
            smtp(server.port)
            for _ in range(3):
                tasks.send_waiting()
        assert Mail.objects.get().state == MailState.UNCERTAIN
        assert server.received == []

    def test_but_wakes_up_and_says_that_it_was_sent(self, smtp, monkeypatch):
        mail = MailFactory()
        send = delivery.message

        def slowly(row, server):
            self.expire(row)
            delivery.sweep()
            assert Mail.objects.get().state == MailState.UNCERTAIN
            return send(row, server)

        monkeypatch.setattr(delivery, "message", slowly)
        assert sent_to(smtp, mail)[0] == MailState.SENT
        assert mail.error == ""

    def test_or_wakes_up_and_had_sent_nothing_but_a_person_may_have_decided(self, smtp, monkeypatch):
        mail = MailFactory()

        def slowly(row, server):
            self.expire(row)
            delivery.sweep()
            raise OSError

        monkeypatch.setattr(delivery, "message", slowly)
        assert sent_to(smtp, mail) == (MailState.UNCERTAIN, [])

    @pytest.mark.parametrize(
        ("since", "state"), [(timedelta(0), MailState.SENDING), (timedelta(seconds=1), MailState.UNCERTAIN)]
    )
    def test_after_fifteen_minutes(self, since, state):
        mail = delivery.take(MailFactory().pk)
        with time_machine.travel(mail.taken_at + timedelta(minutes=15) + since, tick=False):
            delivery.sweep()
        assert Mail.objects.get().state == state

    @pytest.mark.parametrize(
        ("since", "state"), [(timedelta(0), MailState.SENDING), (timedelta(seconds=1), MailState.UNCERTAIN)]
    )
    def test_whose_clock_was_further_ahead_than_that(self, since, state):
        mail = delivery.take(MailFactory().pk)
        with time_machine.travel(mail.taken_at - timedelta(minutes=15) - since, tick=False):
            delivery.sweep()
        assert Mail.objects.get().state == state

    def test_waits_longer_than_a_conversation_can_take(self):
        steps = 11  # connect, greeting, EHLO twice, STARTTLS, sign-in in three, MAIL, RCPT and DATA with its end
        assert timedelta(seconds=django_settings.EMAIL_TIMEOUT * (steps + 2)) < TAKEN_FOR_DEAD


WORKER = """
    import os, sys
    os.environ["DJANGO_SETTINGS_MODULE"] = "modell.test_settings"
    import django
    django.setup()
    from django.conf import settings
    from django.db import connections
    connections["default"].settings_dict["NAME"] = {database!r}
    settings.EMAIL_BACKEND = "mailings.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", {port}, 30
    from mailings import delivery, tasks

    def stand_still(*_):
        print("here", flush=True)
        sys.stdin.read()  # until killed

    if {point!r} == "before it is taken":
        delivery.take = stand_still
    if {point!r} == "taken and not sent":
        delivery.message = stand_still
    tasks.send_waiting()
    print("done", flush=True)
"""
POINTS = ["before it is taken", "taken and not sent", "accepted and not noted"]


@pytest.mark.django_db(transaction=True)
class TestAKilledWorker:
    """A process of its own against a server of its own, killed with -9 just there, and started again."""

    def start(self, server, point, settings):
        name = str(connection.settings_dict["NAME"])
        script = textwrap.dedent(WORKER.format(database=name, port=server.port, point=point))
        return subprocess.Popen(
            [sys.executable, "-c", script],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=settings.BASE_DIR,
            env={**os.environ, "MODELL_VAR": str(settings.VAR_DIR)},
        )

    def kill(self, worker):
        worker.send_signal(signal.SIGKILL)
        worker.communicate()

    @pytest.mark.in_turn(3)
    @pytest.mark.parametrize("point", POINTS)
    def test_sends_nothing_twice_and_loses_nothing(self, point, settings):
        mails = [MailFactory() for _ in range(3)]
        worker = None

        def killed_by_the_server():
            """The first is stored, and its sender is gone before that is confirmed."""
            if point == "accepted and not noted" and len(server.received) == 1:
                self.kill(worker)

        with MailServer(on_accepted=killed_by_the_server) as server:
            worker = self.start(server, point, settings)
            if point == "accepted and not noted":
                worker.wait(60)
            else:
                assert worker.stdout.readline() == "here\n"
                self.kill(worker)
            assert worker.returncode == -signal.SIGKILL
            again = self.start(server, "", settings)
            assert again.communicate(timeout=60)[0] == "done\n"
            Mail.objects.filter(state=MailState.SENDING).update(taken_at=timezone.now() - TAKEN_FOR_DEAD)
            later = self.start(server, "", settings)
            assert later.communicate(timeout=60)[0] == "done\n"

        first, *others = (Mail.objects.get(pk=mail.pk) for mail in mails)
        ids = server.message_ids
        assert len(ids) == len(set(ids)), "somebody got the same mail twice"
        assert all(mail.state == MailState.SENT and mail.message_id in ids for mail in others)
        is_sent = {"before it is taken": True, "taken and not sent": False, "accepted and not noted": True}[point]
        assert (first.message_id in ids) == is_sent
        expected_state = MailState.SENT if point == "before it is taken" else MailState.UNCERTAIN
        assert first.state == expected_state
        assert list(Mail.objects.unsettled()) == ([first] if expected_state == MailState.UNCERTAIN else [])


class Worker(Running):
    """The compose file's worker, on the test's own database and mail server."""

    def __init__(self, folder, mail_port):
        super().__init__(folder)
        self.database = str(connection.settings_dict["NAME"])
        self.mail_port = mail_port
        self.killed = threading.Event()
        self.broker = Celery(broker=self.redis_url, set_as_current=False)

    def environment(self, service):
        return {**super().environment(service), "EMAIL_URL": f"smtp://127.0.0.1:{self.mail_port}"}

    def begin(self):
        """Started, and done with the sweep of its start: from then on it sends what it is told of."""
        self.start("worker")
        self.until_done("send_waiting", 1)

    def until_done(self, task, times):
        """The task so many times since this worker began."""
        done = re.compile(rf"Task mailings\.tasks\.{task}\[\S+\] succeeded")
        self.until("worker", lambda: len(done.findall(self.log("worker"))) >= times, f"{task} is not done")

    def tell(self, task, *arguments):
        self.broker.send_task(f"mailings.tasks.{task}", arguments)

    def until_it_is(self, mail, state):
        self.until("worker", lambda: Mail.objects.get(pk=mail.pk).state == state, f"{mail.pk} is not {state}")

    def kill(self):
        """The worker and those it has forked, all at once."""
        os.killpg(self.processes["worker"].pid, signal.SIGKILL)
        self.killed.set()

    def until_killed(self):
        assert self.killed.wait(PATIENCE_SECONDS), self.log("worker")
        assert self.processes["worker"].wait(PATIENCE_SECONDS) == -signal.SIGKILL

    def stop(self):
        self.broker.close()
        super().stop()


@pytest.mark.services
@pytest.mark.in_turn("compose")
@pytest.mark.django_db(transaction=True)
class TestAKilledCeleryWorker:
    """The real thing: Celery on Redis and PostgreSQL, all its processes killed with -9 while the server confirms."""

    @pytest.fixture(autouse=True)
    def the_machines_own_day(self):
        """Production refuses MODELL_NOW, so that its worker knows no other; the test must agree."""
        with time_machine.travel(clock.machines_own()):
            yield

    @pytest.fixture
    def leader(self, client):
        user = UserFactory(skr_role="process_leader")
        client.force_login(user)
        return user

    @pytest.fixture
    def server(self):
        with MailServer() as server:
            yield server

    @pytest.fixture
    def worker(self, server, tmp_path):
        worker = Worker(tmp_path, server.port)
        try:
            yield worker
        finally:
            worker.stop()

    def test_sends_nothing_twice_and_the_one_cut_off_is_uncertain(self, client, leader, server, worker):
        server.on_accepted = worker.kill
        worker.begin()
        cut_off, sent_once, lost = (MailFactory() for _ in range(3))
        worker.tell("deliver", cut_off.pk)
        worker.until_killed()
        assert server.message_ids == [cut_off.message_id]
        assert Mail.objects.get(pk=cut_off.pk).state == MailState.SENDING

        # One message has come twice, one has come once, and one was lost with the broker.
        server.on_accepted = None
        worker.tell("deliver", cut_off.pk)
        worker.tell("deliver", sent_once.pk)
        worker.begin()
        for mail in (sent_once, lost):
            worker.until_it_is(mail, MailState.SENT)
        assert Mail.objects.get(pk=cut_off.pk).state == MailState.SENDING, "nobody knows yet that its worker is dead"

        Mail.objects.filter(pk=cut_off.pk).update(taken_at=timezone.now() - TAKEN_FOR_DEAD)
        worker.tell("send_waiting")
        worker.until_it_is(cut_off, MailState.UNCERTAIN)
        worker.tell("deliver", cut_off.pk)
        worker.until_done("deliver", 3)

        assert sorted(server.message_ids) == sorted(mail.message_id for mail in (cut_off, sent_once, lost))
        assert list(Mail.objects.unsettled()) == [cut_off]
        assert MailState.UNCERTAIN.label in client.get(reverse("follow_up:mail_one", args=[cut_off.pk])).text
