"""Mail: how it is written, the digest one chooses, the words SKR may change, and what a person decides."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from admission import mails as admission
from admission.interest import mail as interest_mail
from admission.models import InterestAsk
from assessments import mails as assessments
from cohorts.models import Cohort
from follow_up import mails as following
from follow_up.mail.preview import REASONS, SAMPLES, SAMPLES_OF, preview_of
from improvements import mails as improvements
from kit.models import AuditEvent
from kit.refusals import ActionRefused
from mailings import actions, digest, tasks
from mailings import mails as mailing
from mailings.actions import Envelope, queue_mail
from mailings.attachments import attach
from mailings.blocks import MailLine, blocks_of, line_of_list
from mailings.enums import MailState, Rhythm
from mailings.kinds import MailKind, Reader, all_kinds
from mailings.models import Mail, MailChoice, Wording
from mailings.writing import MailFrame, compose
from meetings import mails as meeting
from mentoring import mails as mentoring
from people import mails as people
from people.mails import INVITATION
from planning import mails as setup
from reports import mails as reports
from tests.factories import CohortFactory, DelegateFactory, UserFactory
from tests.process_factories import InterestWriterFactory, MailFactory

pytestmark = pytest.mark.django_db

NEWS = MailKind("news", "Nytt", "När något är nytt.", "Nytt om {sak}", "Det är nytt.\n\nDet gäller {sak}.", ("sak",))
# 3 June 2026 is a Wednesday; Sweden has summer time, so seven o'clock is five in UTC.
WEDNESDAY_NOON = datetime(2026, 6, 3, 10, tzinfo=UTC)
THURSDAY_AT_7 = datetime(2026, 6, 4, 5, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def anna():
    return UserFactory(name="Anna Prov")


@pytest.fixture
def leader():
    return UserFactory(skr_role="process_leader", name="Lea Ledare")


def news(user, sak="tiden", kind=NEWS, **more):
    to = Envelope.to(user, reason=f"Du får mejlet för att du är med om {sak}.", replies_to="leder@exempel.invalid")
    return queue_mail(kind=kind, key=f"news:{sak}:{user.pk}", to=to, values={"sak": sak}, path="/omgangar/", **more)


class TestTheOccasions:
    def test_every_kind_there_is_belongs_to_just_one(self):
        modules = (admission, assessments, following, improvements, mailing, meeting, mentoring, people, reports, setup)
        known = [kind.key for module in modules for kind in module.KINDS]
        assert sorted(kind.key for kind in all_kinds()) == sorted(known)

    def test_the_page_lists_them_under_it(self, client, leader):
        client.force_login(leader)
        page = client.get(reverse("follow_up:mail_wordings")).text
        assert "Alla mejl har Modells egen text." in page
        places = [
            page.index(heading) for heading in ("Mentorer<", "Fråga om mentorskap", "Resultatrapporten<", "Sammandrag<")
        ]
        assert places == sorted(places)


class TestHowItIsWritten:
    @pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.key)
    def test_every_kind_says_why_opens_a_page_can_be_answered_and_chosen_away(self, kind, settings):
        settings.SITE_URL = "https://modell.exempel.invalid"
        written = preview_of(kind, kind.subject, kind.body)
        for text in (written.text, written.html):
            assert REASONS[kind.reader] in " ".join(text.split())
            assert "processledare@exempel.invalid" in text
            assert ("https://modell.exempel.invalid/mina-mejl/" in text) == (kind.reader is not Reader.WRITER)
            assert ("Alex Prov" in text.partition("Vänliga hälsningar")[2]) == (kind.reader is not Reader.SKR)
            assert "Hej Kim!" in text or (kind.reader is Reader.WRITER and "Hej!" in text)
            assert kind.button in text
        assert 'href="https://modell.exempel.invalid/"' in written.html
        assert not set("{[") & set(written.subject + written.text)
        assert max(map(len, written.text.splitlines())) <= 78
        assert kind.name
        assert kind.when.endswith(".")

    def test_text_and_html_hold_the_same_words(self):
        written = compose(NEWS, NEWS.subject, NEWS.body, {"namn": "Bo", "sak": "träffen"}, MailFrame("Så.", "/x/"))
        for paragraph in ("Hej Bo!", "Det är nytt.", "Det gäller träffen."):
            assert paragraph in written.text
            assert f">{paragraph}</p>" in written.html

    def test_whatever_a_value_holds_it_is_text(self):
        values = {"namn": "<b>Bo</b>", "sak": '<script>alert("x")</script> & {namn}\nBcc: c@d.se'}
        written = compose(NEWS, NEWS.subject, NEWS.body, values, MailFrame("<i>Så</i>."))
        assert "<script" not in written.html
        assert "<b>Bo" not in written.html
        assert "<i>" not in written.html
        assert "&lt;script&gt;" in written.html
        assert "<b>Bo</b>" in written.text, "plain text is plain"
        assert "{namn}" in written.text, "a value is not filled in once more"
        assert "\n" not in written.subject

    def test_a_long_paragraph_flows_and_an_address_is_whole(self):
        path = "/omgangar/" + "en-lang-adress-" * 10
        written = compose(NEWS, "x", "ord " * 100, {"namn": "Bo"}, MailFrame("Så.", path))
        assert any(line.endswith(path) for line in written.text.splitlines())
        assert all(len(line) <= 78 for line in written.text.splitlines() if "http" not in line)

    def test_without_an_address_to_answer_to_it_does_not_say_that_one_can(self):
        written = compose(NEWS, "x", "y", {"namn": "Bo"}, MailFrame("Så."))
        assert "Det går inte att svara på det här mejlet." in written.text

    def test_a_task_is_a_link_in_a_list(self, settings):
        settings.SITE_URL = "https://modell.exempel.invalid"
        values = {"namn": "Bo", "sak": "\n" + line_of_list("Läs målbilden", "/a/") + "\n" + line_of_list("Svara")}
        written = compose(NEWS, "x", "Kvar:\n\n{sak}", values, MailFrame("Så."))
        assert "– Läs målbilden\n  https://modell.exempel.invalid/a/\n– Svara\n" in written.text
        assert blocks_of(written.body)[1].items == (
            MailLine("Läs målbilden", "https://modell.exempel.invalid/a/"),
            MailLine("Svara"),
        )
        assert ">Läs målbilden</a>" in written.html
        assert "–" not in written.html

    def test_words_never_lead_to_another_site(self, settings):
        settings.SITE_URL = "https://modell.exempel.invalid"
        for address in ("https://annan.invalid/", "https://modell.exempel.invalid.annan.invalid/"):
            written = compose(NEWS, "x", f"– Läs målbilden\n  {address}", {"namn": "Bo"}, MailFrame("Så."))
            assert f'href="{address}"' not in written.html
            assert address in written.html

    def test_it_is_signed_by_the_contact_but_not_to_the_contact(self):
        contact, other = UserFactory(name="Petra Ek"), UserFactory()
        assert Envelope.to(other, reason="Så.", contact=contact).frame().signed_by == "Petra Ek"
        assert Envelope.to(contact, reason="Så.", contact=contact).frame().signed_by == ""

    def test_who_has_no_name_is_greeted_without_one(self):
        assert "Hej!" in compose(NEWS, "x", "y", {"namn": ""}, MailFrame("Så.")).text

    def test_who_has_no_account_is_not_told_to_choose(self):
        to = Envelope(address="a@exempel.invalid", name="Bo", reason="Så.")
        mail = queue_mail(kind=NEWS, key="k", to=to, values={"sak": "x"})
        assert "hur ofta" not in mail.text + mail.html

    def test_the_samples_are_of_nobody_real_and_of_fields_that_there_are(self):
        assert SAMPLES["namn"] == "Kim Exempel"
        assert set(SAMPLES) == {name for kind in all_kinds() for name in kind.fills()}
        assert set(SAMPLES_OF) <= {(kind.key, name) for kind in all_kinds() for name in kind.fills()}


class TestTheDigest:
    @pytest.fixture
    def daily(self, anna):
        actions.choose_rhythm(user=anna, rhythm=Rhythm.DAILY)
        return anna

    def sent(self, mailoutbox):
        return [mail.subject for mail in mailoutbox]

    def run(self, at, capture):
        with time_machine.travel(at, tick=False), capture(execute=True):
            tasks.send_digests()

    def test_two_matters_are_one_mail_at_seven(self, daily, mailoutbox, django_capture_on_commit_callbacks):
        capture = django_capture_on_commit_callbacks
        with time_machine.travel(WEDNESDAY_NOON, tick=False), capture(execute=True):
            for sak in ("träffen", "rapporten"):
                assert news(daily, sak).state == MailState.HELD
        self.run(THURSDAY_AT_7 - A_MINUTE, capture)
        assert mailoutbox == []
        for at in (THURSDAY_AT_7, THURSDAY_AT_7 + A_MINUTE, THURSDAY_AT_7 + timedelta(hours=9)):
            self.run(at, capture)
        assert self.sent(mailoutbox) == ["Sammandrag från Modell: två saker"]
        [mail] = mailoutbox
        for text in ("Nytt om träffen", "Det gäller träffen.", "Nytt om rapporten", "du är med om rapporten", "/mina-"):
            assert text in " ".join(mail.body.split())
            assert text in mail.alternatives[0].content
        assert mail.reply_to == ["leder@exempel.invalid"]
        row = Mail.objects.get(kind="digest")
        assert row.key == f"digest:{daily.pk}:2026-06-04"
        assert set(row.parts.values_list("state", flat=True)) == {MailState.DIGESTED}

    def test_a_missed_morning_is_made_up_for(self, daily, mailoutbox, django_capture_on_commit_callbacks):
        with time_machine.travel(WEDNESDAY_NOON, tick=False):
            news(daily)
        self.run(THURSDAY_AT_7 + timedelta(hours=20), django_capture_on_commit_callbacks)
        assert self.sent(mailoutbox) == ["Sammandrag från Modell: en sak"]

    def test_what_comes_after_seven_waits_for_the_next(self, daily, mailoutbox, django_capture_on_commit_callbacks):
        capture = django_capture_on_commit_callbacks
        with time_machine.travel(WEDNESDAY_NOON, tick=False):
            news(daily, "ett")
        self.run(THURSDAY_AT_7, capture)
        with time_machine.travel(THURSDAY_AT_7 + A_MINUTE, tick=False):
            news(daily, "två")
        self.run(THURSDAY_AT_7 + timedelta(hours=5), capture)
        assert len(mailoutbox) == 1
        self.run(THURSDAY_AT_7 + timedelta(days=1), capture)
        assert ["Det gäller ett." in mail.body for mail in mailoutbox] == [True, False]

    def test_seven_is_seven_in_winter_too(self):
        for month, hour in ((6, 5), (12, 6)):
            now = datetime(2026, month, 15, 23, tzinfo=UTC)
            assert digest.last_due(now).astimezone(UTC).hour == hour

    @pytest.mark.parametrize("waits", [True, False])
    def test_what_cannot_wait_does_not(self, daily, waits, mailoutbox, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            if waits:
                news(daily, files=[attach("brev.pdf", b"%PDF")])
            else:
                news(daily, kind=MailKind("at-once", "Nu", "Nu.", "Nu", "Nu {sak}.", ("sak",), waits=False))
        assert len(mailoutbox) == 1

    def test_changing_ones_mind_sends_what_was_held_each_by_itself(
        self, daily, mailoutbox, django_capture_on_commit_callbacks
    ):
        for sak in ("ett", "två"):
            news(daily, sak)
        with django_capture_on_commit_callbacks(execute=True):
            actions.choose_rhythm(user=daily, rhythm=Rhythm.AT_ONCE)
        assert sorted(self.sent(mailoutbox)) == ["Nytt om ett", "Nytt om två"]
        self.run(timezone.now() + timedelta(days=2), django_capture_on_commit_callbacks)
        assert len(mailoutbox) == 2

    @pytest.mark.parametrize("how", ["no choice left", "account gone"])
    def test_what_nobody_gathers_any_more_goes_out(self, daily, how, mailoutbox, django_capture_on_commit_callbacks):
        """Made while the choice was read as daily, and committed after it was changed."""
        news(daily)
        MailChoice.objects.all().delete() if how == "no choice left" else daily.delete()
        self.run(timezone.now(), django_capture_on_commit_callbacks)
        assert self.sent(mailoutbox) == ["Nytt om tiden"]

    def test_one_persons_trouble_is_not_anothers(
        self, daily, mailoutbox, monkeypatch, django_capture_on_commit_callbacks
    ):
        other = UserFactory()
        actions.choose_rhythm(user=other, rhythm=Rhythm.DAILY)
        with time_machine.travel(WEDNESDAY_NOON, tick=False):
            news(daily), news(other)
        gather = digest.gather

        def stumbling(user, now):
            return 1 / 0 if user == daily.pk else gather(user, now)

        with monkeypatch.context() as patched:
            patched.setattr(digest, "gather", stumbling)
            self.run(THURSDAY_AT_7, django_capture_on_commit_callbacks)
        assert [mail.to for mail in mailoutbox] == [[other.email]]
        self.run(THURSDAY_AT_7, django_capture_on_commit_callbacks)
        assert [mail.to for mail in mailoutbox] == [[other.email], [daily.email]]

    def test_parts_and_digest_change_together_or_not_at_all(self, daily, monkeypatch):
        with time_machine.travel(WEDNESDAY_NOON, tick=False):
            waiting_mail = news(daily)
        monkeypatch.setattr("mailings.querysets.MailQuerySet.update", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            digest.gather(daily.pk, THURSDAY_AT_7)
        waiting_mail.refresh_from_db()
        assert waiting_mail.state == MailState.HELD
        assert not Mail.objects.filter(kind="digest").exists()

    def test_the_page(self, client, anna):
        client.force_login(anna)
        page = reverse("follow_up:mail_choice")
        for unknown in ("varje timme", "weekly"):
            assert client.post(page, {"rhythm": unknown}).status_code == 422
        assert client.post(page, {"rhythm": "daily"}).status_code == 302
        assert MailChoice.objects.get(user=anna).rhythm == Rhythm.DAILY
        client.post(page, {"rhythm": "daily"})
        assert [e.data["what"] for e in AuditEvent.objects.filter(kind="mail_choice_changed")] == [
            "Ett sammandrag om dagen"
        ]


class TestWhatAPersonDecides:
    @pytest.fixture
    def mail(self):
        cohort = CohortFactory()
        return MailFactory(about=cohort.slug, state=MailState.UNCERTAIN, error="Bröts.", reply_to="a@exempel.invalid")

    def post(self, client, name, mail):
        return client.post(reverse(f"follow_up:{name}", args=[mail.pk]), follow=True)

    def test_it_stands_first_until_it_is_sent_again(
        self, client, leader, mail, mailoutbox, django_capture_on_commit_callbacks
    ):
        client.force_login(leader)
        page = reverse("follow_up:mail", args=[mail.about])
        assert "Behöver ditt beslut" in client.get(page).text
        mail.recipient.email = "ny-adress@exempel.invalid"
        mail.recipient.save()
        for _ in range(2):
            with django_capture_on_commit_callbacks(execute=True):
                assert self.post(client, "mail_resend", mail).status_code == 200
        [sent] = mailoutbox
        assert (sent.to, sent.reply_to) == (["ny-adress@exempel.invalid"], ["a@exempel.invalid"])
        mail.refresh_from_db()
        assert (mail.state, mail.resent_as.state) == (MailState.UNCERTAIN, MailState.SENT)
        assert mail.resent_as.message_id != mail.message_id
        after = client.get(page).text
        assert "Behöver ditt beslut" not in after
        assert "Skickat igen som ett nytt mejl" in after
        assert AuditEvent.objects.filter(kind="mail_resent").count() == 1

    def test_the_omgangs_page_says_so_to_skr_alone(self, client, leader, mail):
        page = reverse("overview:cohort", args=[mail.about])
        client.force_login(leader)
        assert "Ett mejl kan ha gått förlorat" in client.get(page).text
        client.force_login(DelegateFactory(participation__cohort=Cohort.objects.get()).user)
        assert "gått förlorat" not in client.get(page).text
        actions.leave_mail(mail=mail, by=leader)
        client.force_login(leader)
        assert "gått förlorat" not in client.get(page).text

    def test_or_is_let_be(self, client, leader, mail, mailoutbox):
        client.force_login(leader)
        for _ in range(2):
            assert "Behöver ditt beslut" not in self.post(client, "mail_leave", mail).text
        assert "ingen åtgärd behövs" in client.get(reverse("follow_up:mail", args=[mail.about])).text
        assert AuditEvent.objects.filter(kind="mail_left").count() == 1
        assert mailoutbox == []

    @pytest.mark.parametrize("state", [MailState.SENT, MailState.QUEUED, MailState.SENDING, MailState.DIGESTED])
    def test_what_is_not_uncertain_is_not_sent_again(self, client, leader, mail, state):
        Mail.objects.filter(pk=mail.pk).update(state=state)
        with pytest.raises(ActionRefused):
            actions.resend_mail(mail=mail, by=leader)
        client.force_login(leader)
        assert "Mejlet är inte osäkert längre" in self.post(client, "mail_resend", mail).text
        actions.leave_mail(mail=mail, by=leader)
        assert Mail.objects.get().left_at is None

    def test_the_list_is_the_omgangs_and_can_be_narrowed(self, client, leader, mail):
        sent = MailFactory(about=mail.about, state=MailState.SENT, subject="Ett skickat")
        MailFactory(about=CohortFactory().slug, subject="I en annan omgång")
        client.force_login(leader)
        page = reverse("follow_up:mail", args=[mail.about])
        everything = client.get(page).text
        assert sent.subject in everything
        assert "I en annan omgång" not in everything
        assert sent.subject not in client.get(page, {"state": "uncertain"}).text
        assert sent.subject in client.get(page, {"state": "sent", "kind": "invitation"}).text
        assert "Inget matchar filtret." in client.get(page, {"state": "sent", "kind": "digest"}).text
        assert client.get(page, {"state": "påhittat"}).status_code == 200

    def test_the_heading_says_how_it_stands(self, client, leader, mail):
        client.force_login(leader)
        page = reverse("follow_up:mail", args=[mail.about])
        assert '<h1 class="page-head__title">Ett mejl behöver ett beslut.</h1>' in client.get(page).text
        MailFactory(about=mail.about, state=MailState.HELD)
        MailFactory(about=mail.about, state=MailState.QUEUED)
        assert "Två mejl väntar på att skickas och ett behöver ett beslut." in client.get(page).text
        Mail.objects.update(state=MailState.SENT)
        assert "Inget mejl väntar." in client.get(page).text
        Mail.objects.all().delete()
        assert "Inga mejl är skickade än." in client.get(page).text

    def test_no_mail_falls_between_the_lists(self, client, leader):
        MailFactory(about="", subject="Om ingen omgång")
        MailFactory(about="borttagen", subject="Om en borttagen")
        MailFactory(about=CohortFactory().slug, subject="Om en som finns")
        client.force_login(leader)
        page = client.get(reverse("follow_up:skr_mail")).text
        shown = [subject in page for subject in ("Om ingen omgång", "Om en borttagen", "Om en som finns")]
        assert shown == [True, True, False]

    def test_one_is_read_as_it_was_sent_also_by_a_mail_program(self, client, leader):
        mail = news(UserFactory(), about=CohortFactory().slug)
        client.force_login(leader)
        page = client.get(reverse("follow_up:mail_one", args=[mail.pk])).text
        assert "Det gäller tiden." in page
        assert "du är med om tiden" in page
        answer = client.get(reverse("follow_up:mail_file", args=[mail.pk]))
        assert answer["Content-Type"] == "message/rfc822"
        assert mail.message_id.encode() in answer.content

    @pytest.mark.parametrize("role", ["process_leader", "administrator"])
    def test_a_personal_link_is_for_the_one_who_got_it(
        self, client, role, mailoutbox, django_capture_on_commit_callbacks
    ):
        writer = InterestWriterFactory()
        interest_mail.send_link(writer)
        mail = Mail.objects.get()
        Mail.objects.update(state=MailState.UNCERTAIN)
        client.force_login(UserFactory(skr_role=role))
        page = client.get(reverse("follow_up:mail_one", args=[mail.pk])).text
        file = client.get(reverse("follow_up:mail_file", args=[mail.pk])).content
        read = message_from_bytes(file, policy=policy.default)
        parts = [part.get_content() for part in read.walk() if not part.is_multipart()]
        for shown in (page, *parts):
            assert "Mejlet har en personlig länk och visas därför inte här." in shown
            assert writer.key not in shown
            assert "Här är din länk" not in shown
        assert len(parts) == 2
        assert (read["To"], read["Subject"], read["Message-ID"]) == (writer.email, mail.subject, mail.message_id)
        for shown in (writer.email, mail.subject, "Länk till intresseanmälan"):
            assert shown in page
        with django_capture_on_commit_callbacks(execute=True):
            self.post(client, "mail_resend", mail)
        [sent] = mailoutbox
        assert reverse("admission:interest", args=[writer.key]) in sent.body, "to the one it is for it goes whole"

    def test_every_kind_that_carries_such_a_link_says_so(self):
        writer = InterestWriterFactory(interest__state="submitted", interest__submitted_at=timezone.now())
        interest = writer.interest
        interest.cohort.contact = UserFactory()
        interest_mail.send_link(writer)
        interest_mail.send_cowriter(writer, writer)
        interest_mail.send_there(interest.cohort, interest.organisation, "annan@exempel.invalid", interest)
        interest_mail.send_asked(writer, "annan@exempel.invalid")
        about = {"cohort": interest.cohort, "organisation": interest.organisation, "asked_on": timezone.localdate()}
        interest_mail.send_unknown(InterestAsk.objects.create(email="okand@exempel.invalid", **about))
        interest_mail.send_received(interest)
        for state in interest_mail.ANSWER_KINDS:
            interest.state, interest.answered_on = state, timezone.localdate()
            interest.revision += 1
            interest_mail.send_answer(interest, "")
        mails = Mail.objects.all()
        assert {mail.kind for mail in mails} == {kind.key for kind in all_kinds() if kind.key.startswith("interest_")}
        kinds_with_key = {mail.kind for mail in mails if writer.key in mail.path + mail.text + mail.html}
        # The link to a new address is tried in tests/people/test_addresses.py, a code in tests/people/test_codes.py.
        assert kinds_with_key == {kind.key for kind in all_kinds() if kind.secret} - {"address_asked", "sign_in_code"}
        assert not any(kind.waits for kind in all_kinds() if kind.secret), "a digest is read where its parts are not"

    def test_a_kind_that_is_no_more_is_listed_all_the_same(self, client, leader):
        mail = MailFactory(about=CohortFactory().slug, kind="gammalt-slag")
        client.force_login(leader)
        assert "gammalt-slag" in client.get(reverse("follow_up:mail", args=[mail.about])).text


class TestSkrsWords:
    @pytest.fixture
    def page(self, client, leader):
        client.force_login(leader)
        return reverse("follow_up:mail_wording", args=[INVITATION.key])

    def seen(self, client, page):
        return client.get(page).context["form"]["seen"].value()

    def save(self, client, page, *, seen=None, **typed):
        posted = {"subject": "Välkommen till {omgang}", "body": "Hej.\r\n\r\nDu är {funktion}.", **typed}
        return client.post(page, {**posted, "seen": seen or self.seen(client, page)})

    def test_are_those_of_the_next_mail_and_the_trail_says_who(self, client, page, leader):
        assert self.save(client, page).status_code == 302
        values = {"organisation": "Provby", "funktion": "strateg", "omgang": "Provomgången"}
        mail = queue_mail(kind=INVITATION, key="k", to=Envelope.to(leader, reason="Så."), values=values)
        assert (mail.subject, mail.body) == ("Välkommen till Provomgången", "Hej.\n\nDu är strateg.")
        page = client.get(reverse("follow_up:mail_wordings")).text
        assert "SKR:s text" in page
        assert "Ett mejl har SKR:s egen text." in page
        [event] = AuditEvent.objects.filter(kind="mail_wording_changed")
        assert (event.actor, event.data["after"]) == (leader.name, "Välkommen till {omgang}")

    @pytest.mark.parametrize("wrong", ["{okänt}", "{Namn}", "{ namn }", "{}"])
    def test_what_cannot_be_filled_in_is_refused_with_what_can(self, client, page, wrong):
        answer = self.save(client, page, body=f"Hej {wrong}!")
        assert answer.status_code == 422
        errors = answer.context["form"].errors["body"]
        assert errors == [
            f"{wrong} går inte att fylla i. Du kan använda {{namn}}, {{omgang}}, {{organisation}} och {{funktion}}."
        ]
        assert answer.context["form"]["body"].value() == f"Hej {wrong}!"
        assert not Wording.objects.exists()

    def test_a_preview_shows_what_is_typed_and_stores_nothing(self, client, page):
        answer = self.save(client, page, body="Så här: {funktion}", preview="1")
        assert answer.status_code == 200
        assert "Så här: strateg" in answer.text
        assert answer.context["form"]["body"].value() == "Så här: {funktion}"
        assert not Wording.objects.exists()

    def test_nobodys_words_are_lost_when_two_write(self, client, page):
        seen = self.seen(client, page)
        assert self.save(client, page, seen=seen, subject="Först").status_code == 302
        answer = self.save(client, page, seen=seen, subject="Sedan")
        assert answer.status_code == 422
        assert Wording.objects.get().subject == "Först"
        assert [theirs.text for theirs in answer.context["form"].theirs] == ["Först"]
        assert self.save(client, page, seen=answer.context["form"]["seen"].value(), subject="Sedan").status_code == 302
        assert Wording.objects.get().subject == "Sedan"

    def test_the_same_again_is_no_change_and_ours_again_are_ours(self, client, page):
        for _ in range(2):
            self.save(client, page)
        assert AuditEvent.objects.filter(kind="mail_wording_changed").count() == 1
        self.save(client, page, subject=INVITATION.subject, body=INVITATION.body)
        assert not Wording.objects.exists()
        self.save(client, page)
        for _ in range(2):
            client.post(reverse("follow_up:mail_wording_reset", args=[INVITATION.key]))
        assert not Wording.objects.exists()
        assert AuditEvent.objects.filter(kind="mail_wording_changed").count() == 4

    def test_a_value_that_is_not_there_does_not_lose_the_mail(self, anna):
        Wording.objects.create(kind="news", subject="{funktion}", body="{funktion}")
        assert news(anna).subject == "Nytt om tiden"

    def test_a_kind_that_is_not_there_is_not_found(self, client, page):
        assert client.get(reverse("follow_up:mail_wording", args=["finns-inte"])).status_code == 404


class TestTheDemonstration:
    def test_shows_what_would_be_sent_and_only_there(self, client, settings):
        mail = news(UserFactory(name="Demo Person"))
        pages = [reverse("demo:demo_mail"), reverse("demo:demo_mail_one", args=[mail.pk])]
        assert ["Demo Person" in client.get(page).text for page in pages] == [True, True]
        settings.DEMO = False
        client.force_login(DelegateFactory().user)
        assert [client.get(page).status_code for page in pages] == [404, 404]
