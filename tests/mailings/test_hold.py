"""After a restore no mail leaves until the operator says so, and then nobody gets the same mail twice."""

from datetime import date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from cohorts.enums import Function
from follow_up import tasks as following
from kit.models import AuditEvent
from mailings import delivery, tasks
from mailings.actions import choose_rhythm
from mailings.enums import MailState, Rhythm
from mailings.models import Mail, MailHold
from tests.factories import CohortFactory, DelegateFactory, MeetingFactory, ParticipationFactory, UserFactory
from tests.process_factories import MailFactory

pytestmark = pytest.mark.django_db
MEETS = date(2026, 12, 15)
INVITED = MEETS - timedelta(days=14)
NOON = datetime(2026, 12, 1, 11, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def hold():
    return MailHold.objects.create(since=timezone.now())


def release(*arguments):
    out = StringIO()
    call_command("release_mail", *arguments, stdout=out)
    return out.getvalue()


def states():
    return set(Mail.objects.values_list("state", flat=True))


class TestTheHold:
    def test_neither_a_worker_nor_the_sweep_gets_a_mail(self, hold, mailoutbox):
        mail = MailFactory()
        tasks.deliver(mail.pk)
        tasks.send_waiting()
        assert delivery.take(mail.pk) is None
        assert delivery.sweep() == []
        assert (mailoutbox, states()) == ([], {MailState.QUEUED})

    def test_the_code_to_sign_in_with_leaves_all_the_same(self, hold, mailoutbox):
        MailFactory()
        code = MailFactory(expires_at=timezone.now() + timedelta(minutes=15))
        tasks.send_codes()
        assert [mail.to for mail in mailoutbox] == [[code.address]]

    def test_no_digest_is_written_of_what_may_have_been_in_one(self, hold):
        user = UserFactory()
        choose_rhythm(user=user, rhythm=Rhythm.DAILY)
        MailFactory(recipient=user, state=MailState.HELD)
        Mail.objects.update(made_at=timezone.now() - timedelta(days=2))
        tasks.send_digests()
        assert states() == {MailState.HELD}
        release()
        tasks.send_digests()
        assert states() == {MailState.DIGESTED, MailState.QUEUED}


class TestTheRelease:
    def test_all_that_waited_goes_and_the_trail_says_so(self, hold, mailoutbox):
        MailFactory.create_batch(3)
        assert release() == "mail: 3 leave within a minute, 0 are left for good\n"
        tasks.send_waiting()
        tasks.send_waiting()
        assert len(mailoutbox) == 3
        event = AuditEvent.objects.get(kind="mail_released")
        assert event.data["what"] == "3 mejl skickas, 0 mejl skickas inte"

    def test_discarded_are_those_from_before_the_restore(self, mailoutbox):
        before = MailFactory(), MailFactory(state=MailState.HELD)
        MailHold.objects.create(since=timezone.now())
        after = MailFactory()
        assert release("--discard") == "mail: 1 leave within a minute, 2 are left for good\n"
        tasks.send_waiting()
        tasks.send_digests()
        assert [mail.to for mail in mailoutbox] == [[after.address]]
        for mail in before:
            mail.refresh_from_db()
            assert (mail.state, mail.needs_a_decision) == (MailState.UNCERTAIN, False)
            assert mail.error == "Modell återställdes från en säkerhetskopia, och mejlet kan redan vara skickat."

    def test_a_reminder_that_was_sent_after_the_backup_is_not_sent_again(self, mailoutbox):
        own = ParticipationFactory(cohort=CohortFactory(contact=UserFactory(), ends_on=date(2027, 8, 31)))
        DelegateFactory(participation=own, function=Function.STRATEGIST)
        MeetingFactory(cohort=own.cohort, starts_on=MEETS)
        with time_machine.travel(NOON, tick=False) as clock:
            MailHold.objects.create(since=timezone.now())
            left = release("--discard")
            clock.shift(timedelta(hours=1))
            following.remind()
            tasks.send_waiting()
        assert left == "mail: 0 leave within a minute, 1 are left for good\n"
        assert (mailoutbox, states()) == ([], {MailState.UNCERTAIN})

    def test_what_was_restored_by_hand_has_no_hold_and_is_left_too(self, mailoutbox):
        MailFactory()
        assert release("--discard") == "mail: 0 leave within a minute, 1 are left for good\n"
        tasks.send_waiting()
        assert (mailoutbox, MailHold.objects.exists()) == ([], False)


class TestThePages:
    SENTENCE = "Sedan dess skickas inga mejl utom koder för att logga in"

    @pytest.fixture
    def leader(self, client):
        client.force_login(UserFactory(skr_role="process_leader"))

    def pages(self, client):
        waiting, sent = MailFactory(), MailFactory(state=MailState.SENT)
        addresses = (
            reverse("follow_up:skr_mail"),
            reverse("follow_up:mail", args=[CohortFactory().slug]),
            *(reverse("follow_up:mail_one", args=[mail.pk]) for mail in (waiting, sent)),
        )
        return [" ".join(client.get(address).text.split()) for address in addresses]

    @pytest.mark.usefixtures("leader")
    def test_say_that_mail_waits_since_when_and_what_to_do(self, client):
        MailHold.objects.create(since=NOON)
        pages = self.pages(client)
        assert [self.SENTENCE in page for page in pages] == [True, True, True, False]
        assert "från en säkerhetskopia 1 december 2026 klockan" in pages[0]
        assert "med kommandot <code>release_mail</code>" in pages[0]

    @pytest.mark.usefixtures("leader")
    def test_say_nothing_without_a_restore(self, client):
        assert not any(self.SENTENCE in page for page in self.pages(client))
