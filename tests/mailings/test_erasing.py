"""Old mail loses its address and its words; that it was sent stays, so that it is never sent again (ADR 12)."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kit.refusals import ActionRefused
from mailings import actions, delivery, erasing
from mailings.actions import Envelope, queue_mail
from mailings.attachments import attach
from mailings.enums import MailState
from mailings.mails import DIGEST
from mailings.models import Attachment, Mail
from mailings.tasks import erase_old_mail
from people.mails import INVITATION
from tests.factories import CohortFactory, UserFactory
from tests.process_factories import MailFactory

pytestmark = pytest.mark.django_db
OVER = (MailState.SENT, MailState.DIGESTED, MailState.UNCERTAIN, MailState.FAILED)
WAITING = (MailState.HELD, MailState.QUEUED, MailState.SENDING)


@pytest.fixture
def leader(client):
    leader = UserFactory(skr_role="process_leader")
    client.force_login(leader)
    return leader


def old(days=365, **facts):
    """A mail of so many days ago."""
    mail = MailFactory(**{"state": MailState.SENT, "subject": "Anna Prov är inbjuden", "body": "Hej Anna!", **facts})
    at = timezone.now() - timedelta(days=days)
    Mail.objects.filter(pk=mail.pk).update(made_at=at, sent_at=at if mail.state == MailState.SENT else None)
    return Mail.objects.get(pk=mail.pk)


def again(mail):
    return Mail.objects.get(pk=mail.pk)


@pytest.mark.parametrize("state", OVER)
def test_its_address_and_words_go_and_that_it_was_sent_stays(state):
    mail = old(state=state, path="/omgangar/", reply_to="lea@exempel.invalid", error="lea@exempel.invalid sa nej")
    erase_old_mail()
    left = again(mail)
    assert left.is_erased
    contents = (left.address, left.body, left.text, left.html, left.reason, left.path, left.reply_to, left.error)
    assert contents == ("",) * 8
    kept = ("key", "kind", "about", "recipient_id", "state", "made_at", "sent_at", "message_id")
    assert [getattr(left, name) for name in kept] == [getattr(mail, name) for name in kept]
    assert left.subject == INVITATION.name


@pytest.mark.parametrize("state", WAITING)
def test_what_waits_to_be_sent_keeps_them(state):
    mail = old(state=state)
    erase_old_mail()
    assert again(mail).address == mail.address


@pytest.mark.parametrize(("since", "is_erased"), [(timedelta(0), False), (timedelta(seconds=1), True)])
def test_it_is_kept_for_365_days(since, is_erased):
    sent_at = timezone.now()
    mail = MailFactory(state=MailState.SENT, sent_at=sent_at)
    with time_machine.travel(sent_at + timedelta(days=365) + since, tick=False):
        erase_old_mail()
    assert again(mail).is_erased is is_erased


def test_the_period_is_a_setting_and_counts_from_the_day_it_was_sent(settings):
    settings.MAIL_KEEP_DAYS = 10
    gone, kept = old(days=10), old(days=9)
    late = old(days=30)
    Mail.objects.filter(pk=late.pk).update(sent_at=timezone.now() - timedelta(days=2))
    erase_old_mail()
    assert [again(mail).is_erased for mail in (gone, kept, late)] == [True, False, False]


def test_a_run_that_is_cut_off_goes_on_where_it_was(monkeypatch):
    monkeypatch.setattr(erasing, "BATCH", 2)
    mails = [old() for _ in range(5)]
    erase_some, runs = erasing._erase_some, []

    def broken(before):
        runs.append(before)
        if len(runs) == 2:
            raise OSError
        return erase_some(before)

    with monkeypatch.context() as patched:
        patched.setattr(erasing, "_erase_some", broken)
        with pytest.raises(OSError):
            erase_old_mail()
    assert [again(mail).is_erased for mail in mails] == [True, True, False, False, False]
    erase_old_mail()
    assert [again(mail).is_erased for mail in mails] == [True] * 5


def test_the_number_of_questions_does_not_grow_with_the_mail(monkeypatch):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            erase_old_mail()
        return len(queries)

    old()
    n_for_one = asked()
    for _ in range(20):
        old()
    assert asked() == n_for_one
    # But a transaction never holds more than a batch.
    monkeypatch.setattr(erasing, "BATCH", 5)
    for _ in range(20):
        old()
    assert asked() > n_for_one
    assert not Mail.objects.exclude(address="").exists()


def test_each_gets_the_name_of_its_own_kind():
    mails = [old(), old(kind=DIGEST.key), old(kind="no.longer")]
    erase_old_mail()
    assert [again(mail).subject for mail in mails] == [INVITATION.name, DIGEST.name, "no.longer"]


def test_a_decided_mail_keeps_when_it_was_left():
    then = timezone.now() - timedelta(days=370)
    left, open_ = (old(state=MailState.FAILED, left_at=at) for at in (then, None))
    erase_old_mail()
    assert again(left).left_at == then
    assert again(open_).left_at > then


class TestNeverSentAgain:
    def test_by_its_key(self, mailoutbox, django_capture_on_commit_callbacks):
        person = UserFactory()
        to = Envelope.to(person, reason="Du är strateg.")

        def invite():
            with django_capture_on_commit_callbacks(execute=True):
                return queue_mail(
                    kind=INVITATION, key="invitation:1", to=to, values=dict.fromkeys(INVITATION.fills(), "x")
                )

        assert invite() is not None
        Mail.objects.update(sent_at=timezone.now() - timedelta(days=400))
        erase_old_mail()
        assert Mail.objects.get().is_erased
        assert invite() is None
        assert (Mail.objects.count(), len(mailoutbox)) == (1, 1)

    @pytest.mark.parametrize("state", OVER)
    def test_by_the_worker(self, state, mailoutbox):
        mail = old(state=state)
        erase_old_mail()
        assert mail.pk not in delivery.sweep()
        delivery.deliver(mail.pk)
        assert mailoutbox == []
        assert again(mail).state == state

    def test_by_a_person_and_nobody_is_asked_to_decide(self, client, leader, mailoutbox):
        mail = old(state=MailState.UNCERTAIN, about=CohortFactory().slug)
        erase_old_mail()
        assert not again(mail).needs_a_decision
        assert "Behöver ditt beslut" not in client.get(reverse("follow_up:mail", args=[mail.about])).text
        with pytest.raises(ActionRefused):
            actions.resend_mail(mail=mail, by=leader)
        answer = client.post(reverse("follow_up:mail_resend", args=[mail.pk]), follow=True)
        assert "innehåll är borttaget" in answer.text
        assert (Mail.objects.count(), mailoutbox) == (1, [])


class TestItsFile:
    def test_goes_with_the_last_mail_that_carries_it(self, django_capture_on_commit_callbacks):
        first, last = old(days=365), old(days=300)
        file = attach("brev.pdf", b"%PDF")
        for mail in (first, last):
            mail.files.add(attach("brev.pdf", b"%PDF"))
        with django_capture_on_commit_callbacks(execute=True):
            erase_old_mail()
        assert list(again(first).files.all()) == []
        assert list(again(last).files.all()) == [file]
        assert default_storage.exists(file.file.name)
        with time_machine.travel(timezone.now() + timedelta(days=66)), django_capture_on_commit_callbacks(execute=True):
            erase_old_mail()
        assert not Attachment.objects.exists()
        assert not default_storage.exists(file.file.name)

    @pytest.mark.parametrize(
        "facts", [("bild.png", b"%PDF", ""), ("brev.pdf", b"%PDF2", ""), ("brev.pdf", b"%PDF", "a/b")]
    )
    def test_another_name_content_or_type_is_another_file(self, facts):
        assert attach("brev.pdf", b"%PDF") != attach(*facts)
        assert Attachment.objects.count() == 2

    def test_stays_while_the_mail_it_was_sent_again_as_has_it(self, leader, django_capture_on_commit_callbacks):
        mail = old(state=MailState.UNCERTAIN)
        mail.files.add(file := attach("brev.pdf", b"%PDF"))
        newer = actions.resend_mail(mail=mail, by=leader)
        with django_capture_on_commit_callbacks(execute=True):
            erase_old_mail()
        assert again(mail).is_erased
        assert list(again(newer).files.all()) == [file]
        assert default_storage.exists(file.file.name)


@pytest.mark.parametrize("recipient", [True, False])
def test_the_pages_say_so(client, leader, recipient):
    mail = old(about=CohortFactory().slug)
    if not recipient:
        Mail.objects.filter(pk=mail.pk).update(recipient=None)
    erase_old_mail()
    to = mail.recipient.name if recipient else "en adress som är borttagen"
    for page in (
        client.get(reverse("follow_up:mail", args=[mail.about])).text,
        client.get(reverse("follow_up:mail_one", args=[mail.pk])).text,
    ):
        assert INVITATION.name in page
        assert to in page
        assert "Anna Prov" not in page
        assert mail.address not in page
    assert "adressen och innehållet borttagna" in page
    assert client.get(reverse("follow_up:mail_file", args=[mail.pk])).status_code == 404
