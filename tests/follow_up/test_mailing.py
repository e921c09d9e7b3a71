"""SKR's own words by mail: to those who are chosen, in their own version, once, with the files, and seen afterwards."""

import threading
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from cohorts.enums import Function, Role, Status
from cohorts.models import CohortContact, Participation
from follow_up import tasks
from follow_up.actions import mailing as actions
from follow_up.forms.mailing import MailingChoiceForm
from follow_up.mailing.choosing import chosen_by
from follow_up.mailing.fields import FIELDS, empty_for, read_surroundings, refuse_unknown_fields
from follow_up.mailing.standing import standings
from follow_up.mailing.writing import as_read_by, contacts_of, seen_of
from follow_up.models import Mailing
from follow_up.overview import WEIGHT, meetings_to_watch
from follow_up.trail import FollowUpEvent
from follow_up.views import mailing as views
from kit.models import AuditEvent, Retention
from mailings import delivery
from mailings.actions import resend_mail
from mailings.enums import MailState
from mailings.erasing import MAIL
from mailings.models import Attachment, Mail
from meetings.enums import Rsvp
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    GroupFactory,
    GroupMentorFactory,
    MeetingFactory,
    ParticipationFactory,
    UserFactory,
)
from tests.process_factories import AgreementFactory, AttendanceFactory, PeriodFactory, PreparationFactory
from tests.refusing import refused

pytestmark = pytest.mark.django_db
TODAY, MEETS = date(2026, 11, 22), date(2026, 12, 3)
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def world(client):
    contact = UserFactory(name="Petra Kontakt", email="petra@exempel.invalid", skr_role="process_leader")
    cohort = CohortFactory(name="Modellkommuner 2026", slug="m26", contact=contact, ends_on=date(2027, 8, 31))
    meeting = MeetingFactory(cohort=cohort, name="Lärandeträff 1", key="larande-1", starts_on=MEETS)
    group = GroupFactory(cohort=cohort, name="Norra gruppen", key="norra")
    a = ParticipationFactory(cohort=cohort, organisation__name="Almby kommun", code="0001", group=group)
    b = ParticipationFactory(cohort=cohort, organisation__name="Bolby kommun", code="0002")
    mentor = ParticipationFactory(cohort=cohort, organisation__name="Mentorby kommun", role=Role.MENTOR, code="0003")
    people = {}
    for letter, participation in (("A", a), ("B", b), ("M", mentor)):
        for function in (Function.POLITICIAN, Function.MANAGER, Function.STRATEGIST):
            name = f"{function.label} {letter}"
            people[name] = DelegateFactory(participation=participation, function=function, user__name=name)
    client.force_login(contact)
    return SimpleNamespace(
        cohort=cohort,
        meeting=meeting,
        group=group,
        a=a,
        b=b,
        mentor=mentor,
        people=people,
        leader=contact,
        client=client,
    )


def choice(world, query=""):
    meetings = meetings_to_watch(world.cohort.meetings.select_related("cohort", "group"), timezone.localdate())
    form = MailingChoiceForm(QueryDict(query), cohort=world.cohort, meetings=meetings)
    assert form.is_valid(), form.errors
    return form.cleaned_data


def chosen(world, query=""):
    return [person.user.name for person in chosen_by(world.cohort, choice(world, query), timezone.localdate())]


def draft(world, query="", **words):
    mailing = actions.make_mailing(cohort=world.cohort, choice=choice(world, query), left_out=[], by=world.leader)
    words = {"subject": "Program för [organisation]", "body": "Hej igen, [förnamn]!", **words}
    Mailing.objects.filter(pk=mailing.pk).update(**words)
    return Mailing.objects.select_related("cohort__contact").get(pk=mailing.pk)


def send(mailing, by, till=None, seen=None):
    till = [person.user.pk for person in actions.addressees_of(mailing, timezone.localdate())] if till is None else till
    return actions.send_mailing(mailing=mailing, seen=seen or seen_of(mailing), till=till, by=by)


def page(name, *args):
    return reverse(f"follow_up:{name}", args=args)


class TestWhoIsChosen:
    def test_everyone_by_organisation_and_function(self, world):
        assert chosen(world) == [
            f"{function} {letter}" for letter in "ABM" for function in ("Politiker", "Chef", "Strateg")
        ]

    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ("funktion=strategist", ["Strateg A", "Strateg B", "Strateg M"]),
            ("funktion=strategist&funktion=manager&organisation=0002", ["Chef B", "Strateg B"]),
            ("roll=mentor&funktion=politician", ["Politiker M"]),
            ("grupp=norra", ["Politiker A", "Chef A", "Strateg A"]),
            ("sok=bolby&funktion=manager", ["Chef B"]),
            ("sok=finns+inte", []),
        ],
    )
    def test_by_function_role_group_organisation_and_name(self, world, query, names):
        assert chosen(world, query) == names

    def test_deputies_are_in_until_they_are_left_out(self, world):
        DelegateFactory(participation=world.a, function=Function.MANAGER, deputy=True, user__name="Ersättare A")
        assert "Ersättare A" in chosen(world)
        assert "Ersättare A" not in chosen(world, "ersattare=nej")

    def test_neither_a_closed_account_nor_who_has_left_or_is_not_there_yet(self, world):
        closed = world.people["Chef A"].user
        closed.is_active = False
        closed.save()
        Participation.objects.filter(pk=world.b.pk).update(status=Status.WITHDRAWN, withdrawn_on=TODAY)
        DelegateFactory(participation=world.a, starts_on=TODAY + timedelta(days=1), user__name="Kommer sen")
        assert chosen(world, "roll=participant") == ["Politiker A", "Strateg A"]

    def test_one_with_two_seats_is_one(self, world):
        DelegateFactory(participation=world.b, function=Function.STRATEGIST, user=world.people["Strateg A"].user)
        names = chosen(world, "funktion=strategist")
        assert names == ["Strateg A", "Strateg B", "Strateg M"]

    def test_who_has_not_signed_in(self, world):
        user = world.people["Chef A"].user
        user.last_login = timezone.now()
        user.save()
        assert "Chef A" not in chosen(world, "inloggning=nej")
        assert len(chosen(world, "inloggning=nej")) == 8


class TestWhoLacksWhat:
    def test_the_self_assessment_before_a_meeting(self, world):
        AssessmentFactory(participation=world.a, meeting=world.meeting, submitted=True)
        assert chosen(world, "saknar=assessment&traff=larande-1") == ["Politiker B", "Chef B", "Strateg B"]
        assert chosen(world, "saknar=assessment&traff=larande-1&funktion=strategist") == ["Strateg B"]

    def test_an_answer_is_lacking_in_the_person(self, world):
        AttendanceFactory(meeting=world.meeting, delegate=world.people["Chef A"], answer=Rsvp.YES)
        assert "Chef A" not in chosen(world, "saknar=answer&traff=larande-1")
        assert chosen(world, "saknar=answer&traff=larande-1&grupp=norra") == ["Politiker A", "Strateg A"]
        with time_machine.travel(world.meeting.invitation_due_on - timedelta(days=1), tick=False):
            assert chosen(world, "saknar=answer&traff=larande-1") == [], "nobody has been asked yet"

    def test_preparations_too(self, world):
        line = PreparationFactory(meeting=world.meeting, function=Function.MANAGER)
        line.ticks.create(delegate=world.people["Chef A"])
        assert chosen(world, "saknar=preparation&traff=larande-1") == ["Chef B"]

    def test_someone_to_represent_it(self, world):
        world.people["Strateg B"].delete()
        assert chosen(world, "saknar=composition&traff=larande-1") == ["Politiker B", "Chef B"]

    def test_the_mentors_yes(self, world):
        assert chosen(world, "saknar=mentor") == []
        GroupMentorFactory(group=world.group, participation=world.mentor)
        assert chosen(world, "saknar=mentor&funktion=strategist") == ["Strateg M"]

    def test_the_report_also_when_no_meeting_is_left(self, world):
        PeriodFactory(cohort=world.cohort, is_reporting=True, before=world.meeting, due_before=20)
        assert len(chosen(world, "saknar=report&traff=larande-1")) == 6
        world.a.reported = True
        world.a.save()
        with time_machine.travel(MEETS + timedelta(days=30), tick=False):
            assert chosen(world, "saknar=report") == ["Politiker B", "Chef B", "Strateg B"]

    def test_a_thing_of_a_meeting_needs_the_meeting(self, world):
        meetings = meetings_to_watch(world.cohort.meetings.all(), TODAY)
        form = MailingChoiceForm(QueryDict("saknar=assessment"), cohort=world.cohort, meetings=meetings)
        assert form.errors == {"traff": ["Välj en träff."]}

    def test_whatever_readiness_shows_can_be_chosen(self, world):
        for matter, _ in WEIGHT:
            assert isinstance(chosen(world, f"saknar={matter}&traff=larande-1"), list)
        AgreementFactory(meeting=world.meeting, owner=world.people["Chef B"], due_on=TODAY - timedelta(days=1))
        assert chosen(world, "saknar=agreement&traff=larande-1&funktion=manager") == ["Chef B"]

    def test_the_page_of_readiness_leads_here_with_what_weighs_most(self, world):
        text = world.client.get(page("readiness", "m26")).text
        address = f"{page('mailing_new', 'm26')}?traff=larande-1&amp;saknar=assessment"
        assert address in text
        assert "Sex personer får utskicket" in world.client.get(address.replace("&amp;", "&")).text


class TestWhatOneReads:
    def around(self, world, people):
        return read_surroundings(world.cohort, people, TODAY)

    def only_person(self, world, query):
        [person] = chosen_by(world.cohort, choice(world, query), TODAY)
        return person

    def test_each_field(self, world):
        MeetingFactory(
            cohort=world.cohort, kind="strategist_meeting", name="Strategträff 1", starts_on=date(2026, 12, 1)
        )
        person = self.only_person(world, "grupp=norra&funktion=strategist")
        around = self.around(world, [person])
        assert {name: value(person, around) for name, value in FIELDS.items()} == {
            "förnamn": "Strateg",
            "namn": "Strateg A",
            "organisation": "Almby kommun",
            "funktion": "strateg",
            "grupp": "Norra gruppen",
            "omgången": "Modellkommuner 2026",
            "nästa träff": "Strategträff 1, tisdag 1 december 2026",
            "nästa lärandeträff": "Lärandeträff 1, torsdag 3 december 2026",
            "sista dag för självskattningen": "torsdag 26 november 2026",
        }
        politician = self.only_person(world, "grupp=norra&funktion=politician")
        assert FIELDS["nästa träff"](politician, around) == "Lärandeträff 1, torsdag 3 december 2026"

    def test_two_seats_are_both_named(self, world):
        DelegateFactory(participation=world.b, function=Function.MANAGER, user=world.people["Strateg A"].user)
        person = self.only_person(world, "sok=strateg+a")
        assert FIELDS["organisation"](person, self.around(world, [person])) == "Almby kommun och Bolby kommun"
        assert FIELDS["funktion"](person, self.around(world, [person])) == "strateg och chef"

    def test_an_unknown_field_is_refused_by_its_name(self, world):
        mailing = draft(world)
        facts = {"mailing": mailing, "answers_to": world.leader, "seen": "", "by": world.leader}
        with refused("[efternamn] och [x]"):
            actions.write_mailing(subject="Hej", body="[Förnamn] [efternamn] [x] [omgången]", **facts)
        with refused("[] går inte att fylla i."):
            actions.write_mailing(subject="Hej []", body="Hej", **facts)
        answer = world.client.post(page("mailing", mailing.pk), {"subject": "Hej", "body": "Hej [efternamn]!"})
        assert answer.status_code == 422
        assert "[efternamn] går inte att fylla i. Du kan använda [förnamn]" in answer.text
        assert "Hej [efternamn]!" in answer.text
        refuse_unknown_fields("[FÖRNAMN] och [nästa  träff]", "body")

    def test_a_value_is_never_read_as_a_field(self, world):
        user = world.people["Strateg A"].user
        user.name = "[namn] {namn}"
        user.save()
        person = self.only_person(world, "grupp=norra&funktion=strategist")
        made = as_read_by(draft(world, body="Hej [namn] {omgang}!"), person, self.around(world, [person]))
        assert "Hej [namn] {namn} {omgang}!" in made.text

    def test_a_field_that_is_empty_for_some_is_told(self, world):
        people = chosen_by(world.cohort, choice(world), TODAY)
        sentences = empty_for(["[grupp]", "[namn] [grupp]"], people, self.around(world, people))
        assert sentences == [
            "Sex personer har inget värde för [grupp] och läser ingenting där: "
            "Politiker B, Chef B, Strateg B och tre till."
        ]
        mailing = draft(world, "organisation=0002&funktion=manager", body="Er grupp är [grupp].")
        assert "En person har inget värde för [grupp]" in world.client.get(page("mailing_send", mailing.pk)).text

    def test_lists_and_links_are_so_in_the_mail_and_no_markup_gets_in(self, world):
        body = "Här är enkäten: https://exempel.invalid/a?b=1&c=2\n\n- Ett\n- Två, se https://exempel.invalid\n\n<b>Nej</b>"
        person = self.only_person(world, "grupp=norra&funktion=strategist")
        made = as_read_by(draft(world, body=body), person, self.around(world, [person]))
        assert 'href="https://exempel.invalid/a?b=1&amp;c=2"' in made.html
        assert made.html.count("<li") == 2
        assert 'href="https://exempel.invalid"' in made.html
        assert "&lt;b&gt;Nej&lt;/b&gt;" in made.html
        assert "– Ett" in made.text or "- Ett" in made.text

    def test_it_is_read_as_whoever_one_chooses(self, world):
        mailing = draft(world, "funktion=strategist")
        at = page("mailing_send", mailing.pk)
        first = world.client.get(at).text
        assert "Så läser Strateg A mejlet" in first
        assert "<b>Program för Almby kommun</b>" in first
        as_b = world.client.get(f"{at}?som={world.people['Strateg B'].user_id}").text
        assert "<b>Program för Bolby kommun</b>" in as_b
        assert "Du får mejlet för att du är strateg i Bolby kommun." in as_b
        assert "Skicka till tre personer" in as_b


class TestWhoAnswersReach:
    def test_the_contact_first_then_those_with_a_task_then_oneself(self, world):
        support, me = UserFactory(name="Stina Stöd"), UserFactory(name="Jag", skr_role="administrator")
        CohortContact.objects.create(cohort=world.cohort, user=support, task="support")
        assert list(contacts_of(world.cohort, me).items()) == [
            (world.leader, "projektledare"),
            (support, "administrativt stöd"),
            (me, "du själv"),
        ]
        mailing = draft(world, "organisation=0002")
        assert mailing.answers_to == world.leader
        world.client.post(
            page("mailing", mailing.pk),
            {
                "subject": "Hej",
                "body": "Hej",
                "answers_to": support.pk,
                "seen": actions.seen_of(mailing) and _seen(mailing),
            },
        )
        mailing.refresh_from_db()
        assert mailing.answers_to == support
        send(mailing, world.leader)
        assert set(Mail.objects.values_list("reply_to", flat=True)) == {support.email}
        assert "Stina Stöd" in Mail.objects.first().text

    def test_an_omgang_without_a_contact_answers_whoever_wrote(self, world):
        world.cohort.contact = None
        world.cohort.save()
        assert draft(world).answers_to == world.leader


def _seen(mailing):
    from kit.staleness import content_of, digest

    return digest(content_of(mailing, "subject", "body", "answers_to"))


class TestSending:
    def test_once_to_each_whoever_presses(self, world, mailoutbox, django_capture_on_commit_callbacks):
        mailing = draft(world, "funktion=strategist")
        with django_capture_on_commit_callbacks(execute=True):
            assert send(mailing, world.leader) == 3
            assert send(mailing, world.leader) == 0
            assert send(mailing, UserFactory(skr_role="administrator")) == 0
        assert sorted(mail.subject for mail in mailoutbox) == [
            "Program för Almby kommun",
            "Program för Bolby kommun",
            "Program för Mentorby kommun",
        ]
        assert {tuple(mail.reply_to) for mail in mailoutbox} == {("petra@exempel.invalid",)}
        event = AuditEvent.objects.get(kind=FollowUpEvent.MAILING_SENT)
        assert (event.target, event.data["what"]) == (
            "Modellkommuner 2026",
            "”Program för [organisation]”, till tre personer",
        )

    def test_the_worker_is_told_once_for_all(self, world, monkeypatch, django_capture_on_commit_callbacks):
        """Without a broker each call waits for half a second, and the sender with it."""
        calls = []
        monkeypatch.setattr("kit.broker.tell_worker", lambda task, *arguments: calls.append((task.name, arguments)))
        with django_capture_on_commit_callbacks(execute=True):
            send(draft(world), world.leader)
        assert calls == [("mailings.tasks.send_waiting", ())]

    def test_by_the_page_twice(self, world):
        mailing = draft(world, "funktion=strategist")
        at = page("mailing_send", mailing.pk)
        till = ",".join(str(world.people[f"Strateg {letter}"].user_id) for letter in "ABM")
        posted = {"seen": seen_of(mailing), "till": till}
        for sentence in ("Utskicket är på väg till tre personer.", "Utskicket är redan skickat"):
            assert sentence in world.client.post(at, posted, follow=True).text
        assert Mail.objects.count() == 3

    def test_nobody_gets_it_unseen_and_nobody_who_has_done_it_since(self, world):
        mailing = draft(world, "saknar=assessment&traff=larande-1&funktion=strategist")
        shown = [person.user.pk for person in actions.addressees_of(mailing, TODAY)]
        DelegateFactory(participation=world.b, function=Function.STRATEGIST, user__name="Ny B")
        AssessmentFactory(participation=world.a, meeting=world.meeting, submitted=True)
        assert send(mailing, world.leader, till=shown) == 1
        assert Mail.objects.get().recipient == world.people["Strateg B"].user

    def test_what_a_colleague_has_changed_is_read_first(self, world):
        mailing = draft(world)
        seen = seen_of(mailing)
        Mailing.objects.update(body="Något annat")
        with refused("Någon har ändrat utskicket sedan du öppnade sidan."):
            send(mailing, world.leader, seen=seen)
        mailing.refresh_from_db()
        seen = seen_of(mailing)
        actions.add_mailing_file(mailing=mailing, file=ContentFile(b"a;b\n", "lista.csv"), by=world.leader)
        with refused("Någon har ändrat utskicket sedan du öppnade sidan."):
            send(mailing, world.leader, seen=seen)
        assert not Mail.objects.exists()

    def test_to_nobody_or_without_words_it_is_not_sent(self, world):
        mailing = draft(world, "sok=finns+inte")
        with refused("Ingen av dem som du har valt får utskicket längre."):
            send(mailing, world.leader)
        assert "Ingen får utskicket som det är valt nu." in world.client.get(page("mailing_send", mailing.pk)).text
        empty = draft(world, body="")
        assert "Skriv ett ämne och en text först." in world.client.get(page("mailing_send", empty.pk)).text

    def test_what_is_sent_is_not_changed(self, world):
        mailing = draft(world)
        send(mailing, world.leader)
        ways = (
            lambda: actions.choose_people(mailing=mailing, choice={}, left_out=[], by=world.leader),
            lambda: actions.add_mailing_file(mailing=mailing, file=ContentFile(b"a", "a.txt"), by=world.leader),
            lambda: actions.remove_mailing(mailing=mailing, by=world.leader),
            lambda: actions.write_mailing(
                mailing=mailing, subject="a", body="b", answers_to=world.leader, seen="", by=world.leader
            ),
        )
        for way in ways:
            with refused("Utskicket är redan skickat och går inte att ändra."):
                way()
        for name in ("mailing_people", "mailing_files", "mailing_send"):
            assert world.client.get(page(name, mailing.pk)).url == page("mailing", mailing.pk)

    @pytest.mark.parametrize(("most", "sent"), [(9, 9), (8, None)])
    def test_so_many_an_hour_and_no_more(self, world, monkeypatch, most, sent):
        from kit.limits import Hourly

        monkeypatch.setattr(actions, "MAILS_AN_HOUR", Hourly("own_words", most, actions.MAILS_AN_HOUR.says))
        mailing = draft(world)
        if sent:
            assert send(mailing, world.leader) == sent
            return
        with refused("Du kan skicka högst 8 mejl i timmen."):
            send(mailing, world.leader)
        assert not Mail.objects.exists()
        mailing.refresh_from_db()
        assert not mailing.is_sent


@pytest.mark.django_db(transaction=True)
def test_two_at_skr_in_the_same_second_send_it_once(world):
    mailing = draft(world, "funktion=strategist")
    other, seen = UserFactory(skr_role="administrator"), seen_of(mailing)
    till = [person.user.pk for person in actions.addressees_of(mailing, TODAY)]
    numbers, start = [], threading.Barrier(2)

    def press(by):
        start.wait(60)
        numbers.append(actions.send_mailing(mailing=mailing, seen=seen, till=till, by=by))
        connection.close()

    threads = [threading.Thread(target=press, args=[by]) for by in (world.leader, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(numbers) == [0, 3]
    assert Mail.objects.count() == 3


class TestDrafts:
    def test_the_whole_way(self, world, django_capture_on_commit_callbacks):
        client, at = world.client, page("mailing_new", "m26")
        shown = client.get(f"{at}?funktion=strategist")
        assert "Tre personer får utskicket" in shown.text
        keep = [world.people[f"Strateg {letter}"].user_id for letter in "AB"]
        made = client.post(f"{at}?funktion=strategist", {"choice": "funktion=strategist", "till": keep})
        mailing = Mailing.objects.get()
        assert made.url == page("mailing", mailing.pk)
        assert list(mailing.left_out.all()) == [world.people["Strateg M"].user]
        assert "Två personer får utskicket" in client.get(made.url).text
        words = {"subject": "Hej", "body": "Hej [förnamn]", "answers_to": world.leader.pk, "seen": _seen(mailing)}
        assert client.post(made.url, {**words, "read": "1"}).url == page("mailing_send", mailing.pk)
        assert "Skicka till två personer" in client.get(page("mailing_send", mailing.pk)).text
        people = client.get(page("mailing_people", mailing.pk)).text
        assert people.count('name="till"') == 3
        assert people.count(" checked>") == 2
        client.post(page("mailing_people", mailing.pk), {"choice": "grupp=norra", "till": keep[:1]})
        assert [person.user.name for person in actions.addressees_of(Mailing.objects.get(), TODAY)] == ["Strateg A"]
        assert "Utkast" in client.get(page("mailings", "m26")).text
        client.post(page("mailing_remove", mailing.pk))
        assert not Mailing.objects.exists()
        assert AuditEvent.objects.filter(kind=FollowUpEvent.MAILING_REMOVED).count() == 1

    def test_somebody_must_be_left(self, world):
        at = page("mailing_new", "m26")
        answer = world.client.post(at, {"choice": "funktion=strategist"}, follow=True)
        assert "Välj minst en person." in answer.text
        world.client.post(at, {"choice": "funktion=okand", "till": [1]})
        assert not Mailing.objects.exists()

    def test_a_choice_that_there_is_not_is_told(self, world):
        answer = world.client.get(f"{page('mailing_new', 'm26')}?grupp=okand")
        assert answer.status_code == 422
        assert "Ingen får utskicket" in answer.text

    def test_a_long_list_is_paged_and_goes_whole(self, world, monkeypatch):
        monkeypatch.setattr(views, "MOST_TICKED", 8)
        monkeypatch.setattr(views, "PER_PAGE", 4)
        shown = world.client.get(page("mailing_new", "m26")).text
        assert "Listan är för lång för att ta bort enstaka personer." in shown
        assert "Sida 1 av 3" in shown
        assert 'name="till"' not in shown
        world.client.post(page("mailing_new", "m26"), {"choice": ""})
        assert len(actions.addressees_of(Mailing.objects.get(), TODAY)) == 9

    def test_two_who_write_at_once_lose_nothing(self, world):
        mailing = draft(world)
        seen = _seen(mailing)
        words = {"subject": "Min", "body": "Min text", "answers_to": world.leader.pk, "seen": seen}
        Mailing.objects.update(body="Någon annans")
        answer = world.client.post(page("mailing", mailing.pk), words)
        assert answer.status_code == 422
        assert "Min text" in answer.text
        assert "Någon annans" in answer.text

    def test_a_removed_draft(self, world):
        mailing = draft(world)
        Mailing.objects.all().delete()
        with refused("Utkastet är borttaget."):
            send(mailing, world.leader)

    @pytest.mark.parametrize(("days", "is_there"), [(365, True), (366, False)])
    def test_it_goes_when_its_mails_are_erased_or_nobody_has_touched_it(self, world, days, is_there):
        send(draft(world), world.leader)
        draft(world)
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            tasks.remove_old_mailings()
        assert Mailing.objects.count() == (2 if is_there else 0)

    @pytest.mark.parametrize(("days", "is_there"), [(100, True), (101, False)])
    def test_it_is_kept_as_long_as_skr_has_chosen_for_mail(self, world, days, is_there):
        Retention.objects.create(key=MAIL.key, days=100)
        send(draft(world), world.leader)
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            tasks.remove_old_mailings()
        assert Mailing.objects.exists() is is_there

    def test_in_a_rehearsal_the_pages_say_that_nothing_is_sent(self, world, mailoutbox):
        type(world.cohort).objects.update(rehearsal=True)
        mailing = draft(world, "funktion=strategist")
        at = page("mailing_send", mailing.pk)
        asked = world.client.get(at)
        assert "Tre personer skulle få mejlet. Det skrivs, men en provomgång skickar inget." in asked.text
        answer = world.client.post(
            at, {name: asked.context["form"].initial[name] for name in ("seen", "till")}, follow=True
        )
        assert "Utskicket är skrivet till tre personer. En provomgång skickar inget." in answer.text
        assert "Tre mejl är skrivna. Inget skickas." in answer.text
        assert "väntar på det" not in answer.text
        assert mailoutbox == []


class TestFiles:
    def add(self, mailing, name, content, by):
        actions.add_mailing_file(mailing=mailing, file=ContentFile(content, name), by=by)

    def test_stored_once_with_a_sensible_name_and_carried_by_each(
        self, world, mailoutbox, django_capture_on_commit_callbacks
    ):
        mailing = draft(world, "funktion=strategist")
        at = page("mailing_files", mailing.pk)
        world.client.post(at, {"file": SimpleUploadedFile("C:\\Mina dokument\\Program för träffen.PDF", PDF)})
        with django_capture_on_commit_callbacks(execute=True):
            send(mailing, world.leader)
        assert Attachment.objects.get().name == "Program för träffen.pdf"
        assert len(default_storage.listdir("bilagor")[1]) == 1
        for mail in mailoutbox:
            [part] = mail.attachments
            assert part.get_filename() == "Program för träffen.pdf"
            assert part.get_payload(decode=True) == PDF
        answer = world.client.get(page("mailing_file", mailing.pk, Attachment.objects.get().pk))
        assert b"".join(answer.streaming_content) == PDF
        assert "Program%20f%C3%B6r%20tr%C3%A4ffen.pdf" in answer["Content-Disposition"]

    def test_so_many_so_large_of_these_kinds_and_each_once(self, world, monkeypatch):
        mailing = draft(world)
        self.add(mailing, "a.txt", b"a", world.leader)
        with refused("Filen finns redan här."):
            self.add(mailing, "a.txt", b"a", world.leader)
        with refused("Filen är av ett slag som inte tas emot."):
            self.add(mailing, "a.exe", b"MZ\x00", world.leader)
        monkeypatch.setattr(actions, "MB", 1)
        with refused("Bilagorna får vara högst 7 MB tillsammans"):
            self.add(mailing, "b.txt", b"b" * 7, world.leader)
        self.add(mailing, "b.txt", b"b" * 6, world.leader)
        monkeypatch.undo()
        for number in range(3):
            self.add(mailing, f"{number}.txt", b"c", world.leader)
        with refused("Ett utskick får ha högst 5 bilagor."):
            self.add(mailing, "d.txt", b"d", world.leader)

    def test_removed_from_the_last_draft_it_is_gone(self, world, django_capture_on_commit_callbacks):
        first, second = draft(world), draft(world)
        for mailing in (first, second):
            self.add(mailing, "a.txt", b"a", world.leader)
        [file] = Attachment.objects.all()
        with django_capture_on_commit_callbacks(execute=True):
            world.client.post(page("mailing_file_remove", first.pk, file.pk))
        assert default_storage.exists(file.file.name)
        with django_capture_on_commit_callbacks(execute=True):
            world.client.post(page("mailing_remove", second.pk))
        assert not default_storage.exists(file.file.name)
        assert not Attachment.objects.exists()

    def test_one_that_is_gone_fails_the_mail(self, world):
        mailing = draft(world, "organisation=0001&funktion=manager")
        self.add(mailing, "a.txt", b"a", world.leader)
        send(mailing, world.leader)
        default_storage.delete(Attachment.objects.get().file.name)
        delivery.deliver(Mail.objects.get().pk)
        shown = world.client.get(page("mailing", mailing.pk)).text
        assert "Bilagan a.txt finns inte kvar, så mejlet skickades inte." in shown
        assert "Ingen har fått det och en har kanske inte fått det." in shown


class TestAfterwards:
    def test_who_got_it_who_waits_and_who_did_not(self, world):
        mailing = draft(world, "funktion=strategist")
        send(mailing, world.leader)
        states = {"Strateg A": MailState.SENT, "Strateg B": MailState.QUEUED, "Strateg M": MailState.FAILED}
        for name, state in states.items():
            Mail.objects.filter(recipient__name=name).update(state=state, sent_at=timezone.now())
        shown = world.client.get(page("mailing", mailing.pk)).text
        assert "En har fått det, en väntar på det och en har kanske inte fått det." in shown
        assert shown.index(">Strateg M<") < shown.index(">Strateg B<") < shown.index(">Strateg A<")
        assert "En har fått det" in world.client.get(page("mailings", "m26")).text
        again = resend_mail(mail=Mail.objects.get(recipient__name="Strateg M"), by=world.leader)
        Mail.objects.filter(pk=again.pk).update(state=MailState.SENT)
        assert standings(world.cohort)[mailing.stem].words == "Två har fått det och en väntar på det."

    def test_two_mailings_are_told_apart(self, world):
        for query in ("funktion=strategist", "funktion=manager&organisation=0001"):
            send(draft(world, query), world.leader)
        totals = [standings(world.cohort)[mailing.stem].total for mailing in Mailing.objects.order_by("pk")]
        assert totals == [3, 1]

    def test_the_directory_leads_here_however_long_it_is(self, world):
        directory = reverse("people:directory", args=["m26"])
        text = world.client.get(f"{directory}?grupp=norra&sok=strateg").text
        assert f"{page('mailing_new', 'm26')}?sok=strateg&amp;grupp=norra&amp;inloggning=" in text
        assert "mailto:?bcc" not in text
        world.client.force_login(world.people["Strateg A"].user)
        assert "mailto:?bcc" in world.client.get(directory).text
        for _ in range(41 - 9):
            DelegateFactory(participation=world.a)
        assert "Listan är för lång för ett mejl till alla." in world.client.get(directory).text


def test_its_kind_is_own_words_and_its_text_is_nobodys_wording(world):
    """OWN_WORDS stands in the list of kinds, to filter by, and has no text to change there."""
    assert "Utskick från SKR" in world.client.get(page("mail_wordings")).text
    assert world.client.get(page("mail_wording", "own_words")).status_code == 404
    assert "Utskick från SKR" in world.client.get(page("mail", "m26")).text or not Mail.objects.exists()
